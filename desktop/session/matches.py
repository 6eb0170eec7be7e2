"""Where searched words stand in a text, and the piece of the text around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BEFORE = 24
_ROOM = 90


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text on one line; `spans` are begin and end of each match in it."""

    text: str
    spans: tuple[tuple[int, int], ...]


def phrase(typed: str) -> re.Pattern[str] | None:
    """Finds what was typed as it stands, in any case and over line ends; None for nothing."""
    words = typed.split()
    return re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE) if words else None


def any_word(typed: str) -> re.Pattern[str] | None:
    """Finds each word that was typed; None for nothing."""
    words = sorted(set(typed.split()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE) if words else None


def spans(pattern: re.Pattern[str] | None, text: str) -> list[tuple[int, int]]:
    """Begin and end of each match."""
    return [found.span() for found in pattern.finditer(text)] if pattern is not None else []


def excerpt(pattern: re.Pattern[str] | None, text: str) -> Excerpt | None:
    """What stands around the first match, cut openly between words; None without a match."""
    line = " ".join(text.split())
    first = pattern.search(line) if pattern is not None else None
    if first is None:
        return None
    start = max(0, first.start() - _BEFORE)
    if start:
        space = line.find(" ", start, first.start())
        start = space + 1 if space >= 0 else start
    end = min(len(line), start + _ROOM)
    shown = f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"
    return Excerpt(shown, tuple(spans(pattern, shown)))
