"""A voice in one file: a short tone for every word.

Put it into `agent/voice/`, or install it as a package of its own with this in pyproject.toml:

    [project.entry-points."candor.voice"]
    tone = "tone_voice:ENGINE"

Then choose it: `voice_engine = "tone"` in settings.toml.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from agent.voice import NORMALLY, Prosody, Voice, VoiceEngine
from perception.types import Samples

_RATE = 24_000
_SECONDS = 0.15


class ToneVoice:
    """A tone a word; see `agent.voice.Voice`."""

    name = "tone"
    rate = _RATE

    def speak(
        self, text: str, before: str = "", ends: bool = True, how: Prosody = NORMALLY
    ) -> Iterator[Samples]:
        """Longer words sound lower."""
        for word in text.split():
            seconds = np.arange(int(_RATE * _SECONDS / how.rate)) / _RATE
            tone = np.sin(2 * np.pi * 880 / max(1, len(word)) * seconds)
            yield (0.2 * tone).astype(np.float32)

    def can_speak(self, text: str) -> bool:
        """It has a tone for everything."""
        return bool(text.strip())


def _load(threads: int) -> Voice:
    return ToneVoice()


ENGINE = VoiceEngine("tone", "Tones", ("en", "zh"), _load)
