"""Engines that speak."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from perception.types import Samples


class Voice(Protocol):
    """Text to speech; `rate` is samples a second."""

    name: str
    rate: int

    def speak(self, text: str, before: str = "", ends: bool = True) -> Iterator[Samples]:
        """Sound of one sentence, in the pieces in which it becomes ready.

        `before` is the part of the same sentence that was spoken already, and `ends` is False
        where the sentence goes on after `text`: joined, the pieces sound like one.
        """
        ...

    def can_speak(self, text: str) -> bool:
        """Whether the voice can read this text; where not, it is only shown."""
        ...
