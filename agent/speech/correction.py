"""What the user puts right: "no, it is Siobhan", "I said X, not Y", "it's spelled S-I-O-B-H-A-N".

Only a sentence that is nothing but a correction counts, and only where the word it corrects was
there in what was heard before. Everything else teaches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import msgspec

from perception.hearing.transcription.hot_words import likeness, skeleton
from perception.languages import NEVER, each, usable

_ALIKE = 0.5
_SOUNDS_ALIKE = 0.75
_LONGEST = 3
_PARTS = {
    "name": r"[^\s,.;:!?，。！？、]+(?: [^\s,.;:!?]+){0,2}",
    "letters": r"(?:[^\W\d_](?:[\s.,-]+|$)){2,30}",
}
"""What every language's patterns may use."""


class _CorrectionFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a language's `corrections.toml` holds."""

    corrections: tuple[str, ...]
    names_only: str = ""
    spelled: tuple[str, ...] = ()
    everyday: str = ""
    parts: dict[str, str] = {}


class _Form(NamedTuple):
    pattern: re.Pattern[str]
    names_only: bool = False


class _Forms(NamedTuple):
    spelled: tuple[re.Pattern[str], ...]
    meant: tuple[_Form, ...]
    everyday: re.Pattern[str]


@cache
def _forms() -> _Forms:
    spelled, meant, everyday = list[re.Pattern[str]](), list[_Form](), list[str]()
    for file in each("corrections.toml", _CorrectionFile).values():
        parts = {**file.parts, **{k: v for k, v in _PARTS.items() if k not in file.parts}}

        def pattern(text: str, parts: dict[str, str] = parts) -> re.Pattern[str]:
            return re.compile(usable(text, parts), re.IGNORECASE)

        spelled += map(pattern, file.spelled)
        meant += [_Form(pattern(text)) for text in file.corrections]
        meant += [_Form(pattern(file.names_only), True)] if file.names_only else []
        everyday += [usable(file.everyday)] if file.everyday else []
    return _Forms(
        tuple(spelled), tuple(meant), re.compile("|".join(everyday) or NEVER, re.IGNORECASE)
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
    for pattern in _forms().spelled:
        if found := pattern.fullmatch(plain):
            letters = re.findall(r"[^\W\d_]", found["letters"])
            return "".join(letters).capitalize(), "", True
    for form in _forms().meant:
        if found := form.pattern.fullmatch(plain):
            wrong = found.groupdict().get("wrong") or ""
            word = found["word"].strip("*_\"'“”")
            if form.names_only and not word[:1].isupper():
                return None
            return word, wrong.strip("*_\"'“”"), bool(wrong)
    return None


def _is_special(word: str, tokens: Callable[[str], int]) -> bool:
    """A name or a term, not an everyday word that anybody may say at any time."""
    if _forms().everyday.fullmatch(word) or word.isdigit():
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
