"""A voice has faded where it is 25 dB under what it was."""

from __future__ import annotations

import numpy as np

from perception.audio.turns.loudness import Loudness
from perception.types import Samples


def _frame(loudness: float) -> Samples:
    return (np.random.default_rng(1).standard_normal(512) * loudness).astype(np.float32)


def test_a_voice_fades_into_a_quiet_room() -> None:
    voice = Loudness()
    assert not any(voice.faded(_frame(0.1), 0.9) for _ in range(30))
    assert voice.faded(_frame(0.001), 0.9)


def test_in_a_noisy_room_nothing_fades() -> None:
    voice = Loudness()
    for _ in range(30):
        voice.faded(_frame(0.1), 0.9)
    assert not voice.faded(_frame(0.02), 0.1)


def test_a_soft_voice_after_a_loud_one_is_no_fading_for_long() -> None:
    voice = Loudness()
    for _ in range(30):
        voice.faded(_frame(0.3), 0.9)
    faded = [voice.faded(_frame(0.01), 0.9) for _ in range(60)]
    assert faded[0]
    assert not faded[-1]
