"""A voice over our own sound: the likelihood tells whose it is, before the canceller lets it by."""

from __future__ import annotations

import numpy as np
import pytest

from perception.audio.own_sound import SIZE, OwnSound
from perception.types import Samples

_RATE = 16_000


def _tone(pitches: tuple[float, ...], seconds: float) -> Samples:
    times = np.arange(int(seconds * _RATE)) / _RATE
    return np.asarray(sum(0.05 * np.sin(2 * np.pi * p * times) for p in pitches), np.float32)


def _echo(far: Samples) -> Samples:
    return np.asarray(0.3 * np.tanh(3 * far), np.float32)


@pytest.fixture
def learned() -> OwnSound:
    """Knows that everything comes back at a third, distorted."""
    own = OwnSound()
    far = _tone((200.0, 700.0), 2.0)
    near = _echo(far)
    for at in range(0, far.size - SIZE, SIZE // 2):
        own.likelihood(near[at : at + SIZE], far[at : at + SIZE])
    return own


def test_a_distorted_echo_is_our_own(learned: OwnSound) -> None:
    far = _tone((200.0, 700.0), 0.1)[:SIZE]
    _, careful = learned.likelihood(_echo(far), far)
    assert careful > 0.8


def test_another_voice_is_not(learned: OwnSound) -> None:
    far = _tone((200.0, 700.0), 0.1)[:SIZE]
    near = _echo(far) + _tone((430.0, 1900.0), 0.1)[:SIZE]
    assert max(learned.likelihood(near, far)) < 0.2


def test_without_our_sound_nothing_is_ours() -> None:
    near = _tone((430.0,), 0.1)[:SIZE]
    assert OwnSound().likelihood(near, np.zeros(SIZE, np.float32)) == (0.0, 0.0)
