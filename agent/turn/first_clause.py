"""Where the first sentence of an answer may be cut before its end, so that the voice can start.

A cut never falls inside a number, a name, an abbreviation, code, Markdown, a citation such as
[1], an address or an amount of money, and not after a word that leans on the next one.
"""

from __future__ import annotations

import re

_FIRST_WORDS = 3
_NEXT_WORDS = 9
_FIRST_CLAUSE_WORDS = 2
_CLAUSE_WORDS = 4
_WIDE_CLAUSE = 4
_LEANING = frozenset(
    word
    for line in (
        "a an the this that these those my your his her its our their of to in on at by for from",
        "with as and or but nor so if than then into onto over under per about between no not",
        "very more most less least is are was were be been am will would can could may might must",
        "shall should do does did has have had there it he she they we you i i'm it's you're",
        "we're that's there's what's let's which who whom whose where when while because since",
        "until unless whether how what why mr mrs ms dr prof st no vs etc approx ca cf fig",
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen",
        "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy",
        "eighty ninety hundred thousand million billion half quarter point minus plus times",
        "percent",
    )
    for word in line.split()
)
_PARTICLES = tuple(
    ["van", "von", "de", "der", "den", "di", "da", "del", "du", "la", "le", "bin", "al", "of"]
)
_SPACE = re.compile(r" +(?=\S)")
_PLAIN_WORD = re.compile(r"[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*[,;]?")
_NEXT_WORD = re.compile(r"([^\W\d_]+)(.?)", re.DOTALL)
_BLOCK = re.compile(r"\s*(?:[-*+>|#`]|\d{1,3}[.)])")


def early_end(text: str, begun: str) -> int:
    """Where a piece of a sentence may end in `text`, after its space; 0 where nowhere yet.

    `begun` is the part of the sentence that was given already; the first piece is the shortest.
    """
    if _BLOCK.match(begun + text):
        return 0
    least = _NEXT_WORDS if begun else _FIRST_WORDS
    clause = _CLAUSE_WORDS if begun else _FIRST_CLAUSE_WORDS
    wide = _wide_clause(text)
    for space in _SPACE.finditer(text):
        if wide and wide <= space.start():
            return wide
        before, place = text[: space.start()], space.end()
        words = before.split()
        if not words or _is_open(begun + before):
            continue
        if len(words) >= clause and _is_clause(words[-1], text[place:]):
            return place
        if len(words) >= least and _is_safe(words[-1], text[place:]):
            return place
    return wide


def _is_open(before: str) -> bool:
    """Whether code, emphasis, a quotation or a bracket is not closed yet."""
    pairs = any(before.count(left) > before.count(right) for left, right in ("()", "[]", "“”"))
    return pairs or any(before.count(mark) % 2 for mark in '`*_"') or "|" in before


def _is_clause(last: str, after: str) -> bool:
    return last[-1] in ",;:" and last[-2:-1].isalnum() and after[0].isalpha()


def _is_safe(last: str, after: str) -> bool:
    following = _NEXT_WORD.match(after)
    if following is None or last.casefold() in _LEANING or not _PLAIN_WORD.fullmatch(last):
        return False
    if last[0].islower():
        return True
    # Perhaps a name: it ends before a small word that belongs to none, as far as it is there.
    word, complete = following[1], bool(following[2])
    if complete:
        return word[0].islower() and word not in _PARTICLES
    return word[0].islower() and not any(name.startswith(word) for name in _PARTICLES)


def _wide_clause(text: str) -> int:
    ends = (found.end() for found in re.finditer("[，：]", text))
    return next((end for end in ends if end > _WIDE_CLAUSE), 0)
