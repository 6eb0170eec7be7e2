"""Segmentation: cuts a stream of tokens into segments to be moderated, shown and spoken.

The first sentence is cut early (`agent.turn.segmentation`), so that the voice can start; the rest
are whole. Inside a code fence a piece is a line.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agent.dialogue import Token

_LONGEST = 600
_CLOSERS = "\"'”’)]*_»"
_WIDE_ENDS = "。！？；"
_ABBREVIATION = re.compile(
    r"(?:(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|No|vs|etc|approx|ca|cf|fig|e\.g|i\.e|a\.m|p\.m)"
    r"|(?:^|\n)\s*\d{1,3})\.$",
    re.IGNORECASE,
)
CITED = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class TextSegment:
    """A segment of text with the geometric mean of its tokens' probabilities.

    `ended` is empty, or why the answer ended after this piece (`stop` or `length`). `ends` is
    False where its sentence goes on in the next piece.
    """

    text: str
    confidence: float
    ended: str
    ends: bool = True


class Segmenter:
    """The segmenter of generated text: takes tokens one at a time."""

    def __init__(self) -> None:
        self._text = ""
        self._logs = list[float]()
        self._fenced, self._eager, self._given = False, True, ""

    def push(self, token: Token) -> list[TextSegment]:
        """The pieces that this token completes; joined, all of them are the answer."""
        if not (token.text or token.ended):
            return []
        self._text += token.text
        if token.text.strip():
            self._logs.append(math.log(max(token.probability, 1e-6)))
        found = list[TextSegment]()
        while cut := self._cut():
            found.append(self._take(*cut, ""))
        if token.ended:
            found.append(self._take(len(self._text), True, token.ended))
        return found

    def _cut(self) -> tuple[int, bool] | None:
        """Where a piece ends, and whether its sentence does."""
        if end := _end(self._text, self._fenced):
            early = self._eager and early_end(self._text[:end], self._given)
            return (early, False) if early and early < end else (end, True)
        if not self._fenced and self._eager and (end := early_end(self._text, self._given)):
            return end, False
        return (_last_space(self._text), False) if len(self._text) > _LONGEST else None

    def _take(self, end: int, ends: bool, ended: str) -> TextSegment:
        text, self._text = self._text[:end], self._text[end:]
        self._fenced = self._fenced != (text.count("```") % 2 == 1)
        if ends and (self._given + text).strip():
            self._eager = False
        self._given = "" if ends else self._given + text
        piece = TextSegment(text, _mean(self._logs), ended, ends)
        self._logs = []
        return piece


def pieces(tokens: Iterable[Token]) -> Iterator[TextSegment]:
    """Pieces of an answer; joined, they are its text."""
    cutter = Segmenter()
    for token in tokens:
        # The loop goes on to the end of `tokens`: the engine has its own work to finish.
        yield from cutter.push(token)


def cited(text: str, known: Iterable[int]) -> tuple[int, ...]:
    """The evidence ids that a text cites, each once, in order."""
    there = set(known)
    found = (int(match) for match in CITED.findall(text))
    return tuple(dict.fromkeys(number for number in found if number in there))


def _mean(logs: list[float]) -> float:
    return math.exp(sum(logs) / len(logs)) if logs else 1.0


def _end(text: str, fenced: bool) -> int:
    """Where the first sentence of `text` ends, or 0 while it may still grow."""
    if fenced or text.lstrip().startswith("```"):
        return text.find("\n") + 1
    for place, mark in enumerate(text):
        if mark == "\n":
            return _after_newlines(text, place)
        if mark in _WIDE_ENDS:
            return _after_closers(text, place + 1)
        if mark in ".!?" and _is_stop(text, place):
            return _after_space(text, place + 1)
    return 0


def _is_stop(text: str, place: int) -> bool:
    end = _after_closers(text, place + 1)
    if end >= len(text) or not text[end].isspace():
        return False
    return text[place] != "." or not _ABBREVIATION.search(text[: place + 1])


def _after_closers(text: str, place: int) -> int:
    while place < len(text) and text[place] in _CLOSERS:
        place += 1
    return place


def _after_space(text: str, place: int) -> int:
    place = _after_closers(text, place)
    while place < len(text) and text[place] == " ":
        place += 1
    return place


def _after_newlines(text: str, place: int) -> int:
    # A blank line belongs to the piece before it; it is complete once something else follows.
    end = place
    while end < len(text) and text[end] == "\n":
        end += 1
    return end if end < len(text) or end - place > 1 else 0


def _last_space(text: str) -> int:
    return text.rfind(" ", 0, _LONGEST) + 1 or _LONGEST


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
