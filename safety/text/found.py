"""A piece of personal data in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """Characters `start` to `end` are `category`, with a score of 0 to 1; `note` names the kind."""

    category: str
    start: int
    end: int
    score: float
    note: str


def near(text: str, start: int, width: int = 40) -> str:
    """The lower-case text shortly before `start`, where the word for a number stands."""
    return text[max(0, start - width) : start].lower()
