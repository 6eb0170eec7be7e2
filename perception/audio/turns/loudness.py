"""How loud a voice is, and whether it has just fallen silent."""

from __future__ import annotations

import numpy as np

from perception.types import Samples

_VOICED = 0.5
_FADED = 0.056  # -25 dB
_FORGET = 0.98  # a frame: the voice of two seconds ago counts half


class Loudness:
    """Follows one microphone, frame after frame."""

    def __init__(self) -> None:
        self._voice = 0.0

    def faded(self, frame: Samples, voice: float) -> bool:
        """Whether this frame is 25 dB quieter than the voice lately; `voice` is Silero's word.

        In a noisy room no frame is: there the probability alone tells.
        """
        loudness = float(np.sqrt(np.mean(np.square(frame))))
        self._voice *= _FORGET
        if voice >= _VOICED:
            self._voice = max(self._voice, loudness)
        return loudness < _FADED * self._voice
