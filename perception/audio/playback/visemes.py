"""Visemes: the shape of a mouth that would make this sound, how far open, and how wide."""

from __future__ import annotations

import numpy as np

from perception.types import Samples

_QUIET, _LOUD = -42.0, -14.0  # dB of full scale: closed, wide open
_LOW, _MIDDLE, _HIGH = 250.0, 1_300.0, 4_500.0
_ROUND, _SPREAD = -22.0, 0.0  # dB of the upper band against the lower
_ATTACK, _RELEASE = 0.65, 0.35  # the share of the way that is gone in one step
_NEUTRAL = 0.5
CLOSED = (0.0, _NEUTRAL)


def mouth(samples: Samples, rate: int) -> tuple[float, float]:
    """`(open, wide)`, each 0 to 1, of about 40 ms of speech; silence is `(0, 0.5)`.

    Openness follows the loudness. Width follows the balance of the bands in which the second
    formant lies: low for rounded lips (oo, 800 Hz), high for spread ones (ee, 2300 Hz); see
    Peterson and Barney, Control Methods Used in a Study of the Vowels, 1952.
    """
    if samples.size < rate // 200:
        return CLOSED
    loudness = 10 * np.log10(float(np.mean(np.square(samples))) + 1e-12)
    opened = float(np.clip((loudness - _QUIET) / (_LOUD - _QUIET), 0.0, 1.0))
    if opened == 0.0:
        return CLOSED
    power = np.square(np.abs(np.fft.rfft(samples * np.hanning(samples.size))))
    pitch = np.fft.rfftfreq(samples.size, 1 / rate)
    lower = float(power[(pitch >= _LOW) & (pitch < _MIDDLE)].sum())
    upper = float(power[(pitch >= _MIDDLE) & (pitch < _HIGH)].sum())
    balance = 10 * np.log10((upper + 1e-12) / (lower + 1e-12))
    return opened, float(np.clip((balance - _ROUND) / (_SPREAD - _ROUND), 0.0, 1.0))


def follow(
    before: tuple[float, float], target: tuple[float, float], attack: float = _ATTACK
) -> tuple[float, float]:
    """One step of about 40 ms from one shape towards another: lips open faster than they close."""
    opening = attack if target[0] > before[0] else _RELEASE
    opened = before[0] + opening * (target[0] - before[0])
    wide = before[1] + _RELEASE * (target[1] - before[1])
    return (0.0 if opened < 0.01 else opened), wide
