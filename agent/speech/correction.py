"""What the user puts right: "no, it is Siobhan", "I said X, not Y", "it's spelled S-I-O-B-H-A-N".

Only a sentence that is nothing but a correction counts, and only where the word it corrects was
there in what was heard before. Everything else teaches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from perception.hearing.transcription.hot_words import likeness, skeleton

_ALIKE = 0.5
_SOUNDS_ALIKE = 0.75
_LONGEST = 3
_NAME = r"[^\s,.;:!?，。！？、]+(?: [^\s,.;:!?]+){0,2}"
_LETTERS = r"(?:[^\W\d_](?:[\s.,-]+|$)){2,30}"
_NO = r"(?:(?:no+|nope|sorry|wait|actually|oh)[\s,.!]+)*"
_MEANT = (
    r"(?:i (?:said|meant|mean)|(?:it|that)(?:'s| is| was)|(?:the|my|her|his|their) name(?:'s| is))"
)
_UNASKED = rf"i (?:said|meant) (?P<word>{_NAME})"
_EN = (
    rf"{_NO}{_MEANT} (?P<word>{_NAME}),? (?:and )?not (?P<wrong>{_NAME})",
    rf"{_NO}(?:{_MEANT} )?not (?P<wrong>{_NAME})(?:,| but|, but)(?: {_MEANT})? (?P<word>{_NAME})",
    rf"(?:(?:no+|nope|sorry|wait|actually)[\s,.!]+)+{_MEANT} (?P<word>{_NAME})",
    _UNASKED,
)
_SPELLED = (
    rf"{_NO}(?:it(?:'s| is)|that(?:'s| is)|you|i) (?:spell(?:ed)?|spelt|written)(?: it| that| as)*"
    rf"[:\s,]+"
    rf"(?P<letters>{_LETTERS})",
    rf"{_NO}(?:the )?spelling is[:\s,]+(?P<letters>{_LETTERS})",
)
_ZH_WORD = r"[^，。！？,.!?\s]{1,12}"
_ZH = (
    rf"(?:不对?[，,\s]*)*(?:我说的)?不是(?P<wrong>{_ZH_WORD}?)[，,\s]*(?:而是|我说的是|应该是|是)(?P<word>{_ZH_WORD})",
    rf"(?:不对?[，,\s]*)*(?:我说的是|应该是)(?P<word>{_ZH_WORD}?)[，,\s]*不是(?P<wrong>{_ZH_WORD})",
    rf"(?:不对?[，,\s]+)+(?:应该|我说的)?是(?P<word>{_ZH_WORD})",
)
_TIMES = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|i",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Correction:
    """`word` was meant where `instead_of` was heard.

    `again` is the sentence before with the word put right: what the user wants answered. `said_as`
    is how the voice should say the word, empty where it is to read it. `teaches` is False where
    both are everyday words: then the answer is put right, and nothing is learned.
    """

    word: str
    instead_of: str
    again: str
    said_as: str
    teaches: bool


def correction(
    text: str, before: str, tokens: Callable[[str], int], heard: bool = True
) -> Correction | None:
    """What `text` puts right of `before`, the user's words of the turn before.

    `tokens` tells how many tokens the dialogue model needs for a word: names need several,
    everyday words one. `heard` says that `before` was spoken: then what was misheard tells how
    the word sounds.
    """
    found = _understood(text)
    if found is None or not before.strip():
        return None
    word, wrong, sure = found
    span = _span(before, wrong) if wrong else _closest(before, word)
    if span is None:
        return None
    instead_of = before[span[0] : span[1]]
    special = _is_special(word, tokens)
    if instead_of.casefold() == word.casefold() or not (special or sure):
        return None
    sounds = skeleton(instead_of) == skeleton(word) or likeness(instead_of, word) >= _SOUNDS_ALIKE
    said_as = instead_of if heard and special and sounds and word.isascii() else ""
    again = before[: span[0]] + word + before[span[1] :]
    return Correction(word, instead_of, again, said_as, special)


def _understood(text: str) -> tuple[str, str, bool] | None:
    """The word, the wrong one if it is named, and whether the form leaves no doubt."""
    plain = text.strip().rstrip(".!。！ ")
    for pattern in _SPELLED:
        if found := re.fullmatch(pattern, plain, re.IGNORECASE):
            letters = re.findall(r"[^\W\d_]", found["letters"])
            return "".join(letters).capitalize(), "", True
    for pattern in (*_EN, *_ZH):
        if found := re.fullmatch(pattern, plain, re.IGNORECASE):
            wrong = found.groupdict().get("wrong") or ""
            word = found["word"].strip("*_\"'“”")
            if pattern == _UNASKED and not word[:1].isupper():
                return None
            return word, wrong.strip("*_\"'“”"), bool(wrong)
    return None


def _is_special(word: str, tokens: Callable[[str], int]) -> bool:
    """A name or a term, not an everyday word that anybody may say at any time."""
    if _TIMES.fullmatch(word) or word.isdigit():
        return False
    if not word.isascii():
        return True
    return tokens(" " + word.lower()) > len(word.split())


def _span(before: str, wrong: str) -> tuple[int, int] | None:
    edge = r"\b" if wrong.isascii() else ""
    found = re.search(rf"{edge}{re.escape(wrong)}{edge}", before, re.IGNORECASE)
    return found.span() if found else _closest(before, wrong, 0.8)


def _closest(before: str, word: str, least: float = _ALIKE) -> tuple[int, int] | None:
    """The words of `before` that sound most like `word`, by their places; None where none does."""
    if not word.isascii():
        return _closest_characters(before, word)
    words = [found.span() for found in re.finditer(r"[\w'’-]+", before)]
    best, span = least, None
    for first in range(len(words)):
        for last in range(first, min(len(words), first + _LONGEST)):
            start, end = words[first][0], words[last][1]
            alike = likeness(before[start:end], word) - 0.02 * (last - first)
            if alike > best:
                best, span = alike, (start, end)
    return span


def _closest_characters(before: str, word: str) -> tuple[int, int] | None:
    """In scripts without spaces: as many characters, at least half of them the same."""
    size = len(word)
    scores = [
        (sum(a == b for a, b in zip(before[at : at + size], word, strict=False)), -at)
        for at in range(len(before) - size + 1)
    ]
    most, at = max(scores, default=(0, 0))
    return (-at, -at + size) if size > 1 and most * 2 >= size else None
