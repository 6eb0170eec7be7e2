"""Speech to text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from perception.types import Heard, Utterance


@dataclass(frozen=True, slots=True)
class Hints:
    """What helps to hear.

    `languages` are two-letter codes: one is taken for granted, among several the spoken one is
    found out, none means any. `words` are names and terms that are likely. `before` is what a
    hearing of the beginning of the same utterance found. `quick` looks once and never again: for
    utterances that are still being said. `instead` are pairs of a word that was wrongly heard
    before and the one that was meant: where the sound allows both, it is the second.
    """

    languages: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    before: str = ""
    quick: bool = False
    instead: tuple[tuple[str, str], ...] = ()


NO_HINTS = Hints()


class Hearing(Protocol):
    """A speech recogniser."""

    name: str
    device: str

    def hear(self, utterance: Utterance, hints: Hints = NO_HINTS) -> Iterator[Heard]:
        """What was said: growing results, the last of them `final`.

        Silence and noise give one final `Heard` with an empty text.
        """
        ...
