"""Segmentation of text into phrases for synthesis, and what of it was said before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from agent.voice.text.normalise import pieces

_CLOSERS = " \t\n\"'”’)]*_`~"
_STICKS = ",.;:!?)…”’"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to say at once. `ends` is False where the sentence goes on after them."""

    text: str
    ends: bool


def phrases(
    said: str, ends: bool, longest: int, sentences: Callable[[str], list[str]]
) -> Iterator[Phrase]:
    """Phrases of at most `longest` characters; `sentences` cuts a line into sentences."""
    texts = [sentence for line in said.split("\n") for sentence in sentences(line)]
    for number, sentence in enumerate(texts):
        parts = list(pieces(sentence, longest))
        whole = ends or number < len(texts) - 1
        for place, part in enumerate(parts):
            yield Phrase(part, whole and place == len(parts) - 1)


def continued(text: str, before: str, ends: bool, spoken: Callable[[str], str]) -> tuple[str, str]:
    """What was said of the sentence before, and what is to be said now.

    `spoken` turns what is shown into what is said. The first is empty where `text` cannot be
    read as going on from `before`.
    """
    if not before.strip():
        return "", _open(spoken(text), text, ends)
    prefix = _open(spoken(before), before, False)
    whole = spoken(before + text)
    rest = whole[len(prefix) :]
    if not prefix or not whole.startswith(prefix) or rest[:1].isalnum():
        return "", _open(spoken(text), text, ends)
    return prefix, _open(rest, text, ends)


def glued(prefix: str, text: str) -> str:
    """Both in one line."""
    return f"{prefix}{text}" if not prefix or text[:1] in _STICKS else f"{prefix} {text}"


def _open(said: str, shown: str, ends: bool) -> str:
    """Without the full stop that a list item or heading gets, where it goes on."""
    if not ends and said.endswith(".") and not shown.rstrip(_CLOSERS).endswith("."):
        return said[:-1]
    return said
