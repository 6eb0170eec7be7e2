"""Speech to text: what a recogniser is, and how a file of this folder offers one.

A file of this folder is one engine. It says so with a frozen `ENGINE`; `agent.engines.registry`
finds it, and nothing else knows its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from perception.types import Transcript, Utterance


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

    def hear(self, utterance: Utterance, hints: Hints = NO_HINTS) -> Iterator[Transcript]:
        """What was said: growing results, the last of them `final`.

        Silence and noise give one final `Transcript` with an empty text.
        """
        ...


@dataclass(frozen=True, slots=True)
class HearingSource:
    """What a recogniser is loaded from: its model's folder and that of voice activity."""

    model: Path
    activity: Path
    device: str
    threads: int


@dataclass(frozen=True, slots=True)
class HearingEngine:
    """A recogniser as the settings and the assembly see it; `title` is plain English.

    `model` and `activity` are ids of the catalogue. `tunable` says that it also runs the user's
    own training of that model.
    """

    name: str
    title: str
    model: str
    load: Callable[[HearingSource], Hearing]
    activity: str = "silero-vad"
    tunable: bool = False
