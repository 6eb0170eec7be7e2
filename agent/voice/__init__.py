"""Engines that speak: what a voice is, and how a file of this folder offers one.

A file of this folder is one engine. It says so with a frozen `ENGINE`; `agent.engines.registry`
finds it, and nothing else knows its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from perception.types import Samples


@dataclass(frozen=True, slots=True)
class Prosody:
    """Prosody: `rate` 1 is the voice's own pace, `semitones` move its pitch.

    `said_as` are words with what to say in their place. An engine takes the nearest rate and
    pitch that it can do.
    """

    rate: float = 1.0
    semitones: float = 0.0
    said_as: tuple[tuple[str, str], ...] = ()


NORMALLY = Prosody()


class Voice(Protocol):
    """Text to speech; `rate` is samples a second."""

    name: str
    rate: int

    def speak(
        self, text: str, before: str = "", ends: bool = True, how: Prosody = NORMALLY
    ) -> Iterator[Samples]:
        """Sound of one sentence, in the pieces in which it becomes ready.

        `before` is the part of the same sentence that was spoken already, and `ends` is False
        where the sentence goes on after `text`: joined, the pieces sound like one.
        """
        ...

    def can_speak(self, text: str) -> bool:
        """Whether the voice can read this text; where not, it is only shown."""
        ...


@dataclass(frozen=True, slots=True)
class VoiceEngine:
    """A voice as the settings and the assembly see it; `title` is plain English.

    `languages` are two-letter codes; `load` takes the number of threads and gives a warm voice.
    """

    name: str
    title: str
    languages: tuple[str, ...]
    load: Callable[[int], Voice]
