"""hibari: English speech at a hundredth of real time on one core, with its voice in the package.

Model card: https://huggingface.co/maureesewilliams/hibari (Apache-2.0), distilled from Kokoro-82M.
Its further voices fetch themselves from the network, so only the packaged one is ever named here.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import numpy as np

from agent.voice import Voice
from agent.voice.spoken import pieces, spoken
from perception.types import Samples

_PACKAGED = "heart"
# The longest text given to the model at once. It pads nothing and splits only at commas, so a
# text without any would be one pass of many seconds before the first sample.
_LONGEST = 240


class Hibari:
    """The packaged voice; float32 mono at 24 kHz, a piece a sentence or long clause."""

    name = "hibari"

    def __init__(self, threads: int, speed: float = 1.0) -> None:
        import hibari  # type: ignore[import-untyped]

        self.rate: int = hibari.SAMPLE_RATE
        self._speed = speed
        self._model: Any = hibari.Hibari(voice=_PACKAGED, threads=max(1, threads))
        self._lock = threading.Lock()
        self._model("Ready.")  # the dictionaries load at the first word: do it now

    def can_speak(self, text: str) -> bool:
        """Whether most of `text` is in the letters that this voice reads."""
        return bool(spoken(text))

    def speak(self, text: str, before: str = "", ends: bool = True) -> Iterator[Samples]:
        """Sound of `text`, Markdown or plain; nothing where there is nothing to say.

        Words in a script that the voice cannot read are named ("Chinese text"), never dropped.
        """
        for piece in pieces(spoken(text), _LONGEST):
            with self._lock:
                ready = [np.asarray(part, dtype=np.float32) for part in self._stream(piece)]
            yield from (np.clip(part, -1.0, 1.0) for part in ready if part.size)

    def _stream(self, text: str) -> Iterator[Any]:
        parts: Iterator[Any] = self._model.stream(text, speed=self._speed)
        return parts


def load(threads: int, speed: float = 1.0) -> Voice:
    """The voice, warm. `speed` is 0.5 (slow) to 2 (fast)."""
    return Hibari(threads, speed)
