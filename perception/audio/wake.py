"""The wake word: microWakeWord (Kevin Ahrendt, Apache-2.0) as packed in `pymicro-wakeword`.

https://github.com/kahrendt/microWakeWord: small streaming models made for microcontrollers, about
3 ms of one core for a second of sound. The models lie inside the package; nothing is fetched.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from perception.codes import PerceptionCode
from perception.types import RATE, Samples, UserError

_DEAF = 2 * RATE  # one word stays in the model for more than a second
_WORDS = {
    "okay_nabu": "Okay Nabu",
    "hey_jarvis": "Hey Jarvis",
    "hey_mycroft": "Hey Mycroft",
    "alexa": "Alexa",
}


def wake_words() -> dict[str, str]:
    """The words there are: the id for settings, and how it is said."""
    return dict(_WORDS)


class WakeWord:
    """Listens for one word in 16 kHz mono sound; for one thread."""

    def __init__(self, word: str) -> None:
        """`word` is an id of `wake_words`; UserError for another one, or without the library."""
        if word not in _WORDS:
            raise UserError(PerceptionCode.WAKE_WORD_UNKNOWN, word=word, words=", ".join(_WORDS))
        try:
            import pymicro_wakeword as library

            self._model: Any = library.MicroWakeWord.from_builtin(library.Model(word))
        except (ImportError, OSError, ValueError) as error:
            raise UserError(PerceptionCode.WAKE_WORD_UNUSABLE, reason=error) from error
        self.word = word
        self._features: Any = library.MicroWakeWordFeatures()
        self._deaf = 0

    def push(self, samples: Samples) -> bool:
        """Take any number of samples; whether the word has just ended in them, once each time."""
        self._deaf = max(0, self._deaf - len(samples))
        loud = np.clip(np.nan_to_num(samples) * 32767.0, -32768.0, 32767.0)
        heard = False
        for features in self._features.process_streaming(loud.astype("<i2").tobytes()):
            if self._model.process_streaming(features) and not self._deaf:
                heard, self._deaf = True, _DEAF
        return heard

    def reset(self) -> None:
        """Forget the past, as after a gap in the sound."""
        self._features.reset()
        self._model.reset()
        self._deaf = 0
