"""Where somebody speaks in an utterance that is heard again and again while it grows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from perception.audio import vad
from perception.audio.vad import (
    CHUNK,
    Stretch,
    VoiceActivity,
    find_speech,
)
from perception.types import RATE, Samples

_LONGEST_S = 60.0
_QUIET = 1e-4
_SAME_GAIN = 1.4


@dataclass(slots=True)
class _Followed:
    """One utterance so far: its sound, how it was raised, and the voice in its whole chunks."""

    turn: str
    samples: Samples
    gain: float
    stream: vad.VoiceActivityStream
    found: list[float] = field(default_factory=list)


class Activity:
    """`find_speech` that looks only at what is new of the utterance that it saw last."""

    def __init__(self, voice: VoiceActivity) -> None:
        self._voice = voice
        self._followed: _Followed | None = None

    def stretches(self, turn: str, samples: Samples) -> list[Stretch]:
        """The voiced stretches of the 16 kHz mono samples; see `find_speech`."""
        seconds = len(samples) / RATE
        peak = float(np.abs(samples).max(initial=0.0))
        if seconds > _LONGEST_S or peak <= _QUIET:
            return find_speech(self._voice, samples)
        gain = min(0.5 / peak, 30.0) if peak < 0.5 else 1.0
        followed = self._followed
        if followed is None or not _goes_on(followed, turn, samples, gain):
            followed = _Followed(turn, samples[:0], gain, self._voice.stream())
        self._followed = followed
        return vad.stretches(_follow(followed, samples), seconds)


def _goes_on(old: _Followed, turn: str, samples: Samples, gain: float) -> bool:
    same_gain = 1 / _SAME_GAIN <= gain / old.gain <= _SAME_GAIN
    before = len(old.samples)
    return turn == old.turn and same_gain and np.array_equal(old.samples, samples[:before])


def _follow(followed: _Followed, samples: Samples) -> list[float]:
    """The probability of a voice in each whole chunk; what is left over is under 32 ms."""
    raised = (samples * np.float32(followed.gain)).astype(np.float32)
    whole = len(samples) // CHUNK
    for number in range(len(followed.found), whole):
        followed.found.append(followed.stream.push(raised[number * CHUNK : (number + 1) * CHUNK]))
    followed.samples = samples[: whole * CHUNK]
    return followed.found
