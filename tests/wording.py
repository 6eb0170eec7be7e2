"""Comparing what real models say: by words, without case and punctuation."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NEGATIONS = frozenset(
    [
        "no",
        "not",
        "none",
        "nothing",
        "cannot",
        "can't",
        "don't",
        "doesn't",
        "isn't",
        "wasn't",
        "unable",
        "unclear",
        "unknown",
    ]
)


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def share(wanted: str, said: str) -> float:
    """How many of the `wanted` words were said, 0 to 1; each as often as it is wanted."""
    rest = words(said)
    found = 0
    for word in words(wanted):
        if word in rest:
            rest.remove(word)
            found += 1
    return found / max(1, len(words(wanted)))


def denies(text: str) -> bool:
    """Whether a text says in some way that something is not so or not known."""
    return not _NEGATIONS.isdisjoint(words(text))
