"""Speech to text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from perception.types import Heard, Utterance


class Hearing(Protocol):
    """A speech recogniser."""

    name: str
    device: str

    def hear(self, utterance: Utterance, language: str = "") -> Iterator[Heard]:
        """What was said: growing results, the last of them `final`.

        `language` is a two-letter code, or empty to detect it. Silence and noise give one final
        `Heard` with an empty text.
        """
        ...
