"""The words of a sentence that carry its claim: what it adds to what was said before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.turn.attribution import NUMBERS
from agent.turn.segmentation import CITED

MOST_WORDS = 3
_TELLING = 2.0
"""The weight of names; beside numbers and names, other words are not looked at."""
_TOKEN = re.compile(
    r"\d+(?:[.,:/-]\d+)*|[^\W\d_\u3040-\u30ff\u3400-\u9fff]+(?:['’-][^\W\d_]+)*"
    r"|[\u3040-\u30ff\u3400-\u9fff]+"
)
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_VERDICT = re.compile(r"\s*(yes|no|是的?|不是|有的?|没有|对|不对)(?=[^\w]|$)", re.I)
"""Yes or no at the beginning of a sentence."""
_EMPTY = frozenset(
    _TOKEN.findall(
        "a an and any are as at based be been but by can cannot could did do does for from given "
        "had has have here how i if in into is it it's its just me my no not of on or our out "
        "shown shows so some text than that that's the their them then there there's these they "
        "this those to up according was we were what when where which who will with would yes you "
        "your document camera picture image line evidence data called named located says said "
        "states stated also information provided provide given leaflet am pm o'clock"
    )
)
_FRAME = re.compile(rf"{CITED.pattern}|根据|提供|信息|显示|资料|内容|图片|画面|文件")
"""Marks, and in Chinese the words by which an answer names what it was shown."""
_EMPTY_WIDE = frozenset(
    "的了是在有和与就都也很吗呢吧我你他她它们这那个为以于从到对把被会能可要上下中里及或"
)


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A telling word of a sentence: where it begins and ends there."""

    start: int
    end: int
    text: str


def key_words(sentence: str, before: str) -> tuple[KeyWord, ...]:
    """The most telling words of a sentence, in their order; empty where it says nothing.

    `before` is the question with what was answered before. A sentence that has only words of those
    may still choose among them: then these count.
    """
    masked = _FRAME.sub(lambda match: " " * len(match[0]), sentence)
    every = [*_content(masked)]
    known = {_same(found.text) for found in _content(before)}
    new = [*_new(every, known, before)]
    if verdict := _VERDICT.match(masked):
        # The rest of the sentence follows from it.
        new = [KeyWord(verdict.start(1), verdict.end(1), verdict[1])]
    ranked = sorted(new or every, key=lambda found: -_weight(found, sentence))
    strong = [found for found in ranked if _weight(found, sentence) >= _TELLING]
    chosen = (strong or ranked)[:MOST_WORDS]
    return tuple(sorted(chosen, key=lambda found: found.start))


def overlap(text: str, other: str) -> float:
    """How much of the telling words of `text` stand in `other`, from 0 to 1; numbers count more."""
    wanted = {_same(found.text): _weight(found, text) for found in _pieces(text)}
    there = {_same(found.text) for found in _pieces(other)}
    total = sum(wanted.values())
    return sum(weight for word, weight in wanted.items() if word in there) / total if total else 0.0


def _content(text: str) -> Iterator[KeyWord]:
    for match in _TOKEN.finditer(text):
        if _same(match[0]) not in _EMPTY:
            yield KeyWord(match.start(), match.end(), match[0])


def _pieces(text: str) -> Iterator[KeyWord]:
    """As `_content`, with text that has no spaces in pairs of signs."""
    for found in _content(text):
        if not _WIDE.search(found.text):
            yield found
            continue
        for at in range(max(1, len(found.text) - 1)):
            piece = found.text[at : at + 2]
            if not _EMPTY_WIDE.intersection(piece):
                yield KeyWord(found.start + at, found.start + at + len(piece), piece)


def _new(every: list[KeyWord], known: set[str], before: str) -> Iterator[KeyWord]:
    for found in every:
        if _WIDE.search(found.text):
            yield from _new_signs(found, before)
        elif _same(found.text) not in known:
            yield found


def _new_signs(run: KeyWord, before: str) -> Iterator[KeyWord]:
    """The parts of a run of Chinese that do not stand in `before`."""
    old = [False] * len(run.text)
    for at in range(len(run.text) - 1):
        if run.text[at : at + 2] in before:
            old[at] = old[at + 1] = True
    part = "".join(
        " " if was or sign in _EMPTY_WIDE else sign for was, sign in zip(old, run.text, strict=True)
    )
    for match in re.finditer(r"\S+", part):
        yield KeyWord(run.start + match.start(), run.start + match.end(), match[0])


def _same(word: str) -> str:
    """One spelling for a word and its plural, for a number in digits and in words."""
    plain = word.casefold().replace("’", "'")
    plain = NUMBERS.get(plain, plain)
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and plain.isascii() else plain


def _weight(found: KeyWord, sentence: str) -> float:
    """Numbers tell the most, then names, then long words."""
    if found.text[0].isdigit():
        return 3.0
    if found.text[0].isupper() and sentence[: found.start].strip():
        return 2.0
    return 1.0 + min(len(found.text), 10) / 20
