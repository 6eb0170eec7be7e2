"""Sounds of a room in which somebody works, made up: keyboard, doors and coughs.

No free recordings of these were at hand. A key is two short bursts of bright noise, a door a dull
thump with a rattle after it, a cough a burst of breath through three formants, without a voice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from perception.types import RATE, Samples

_SECONDS = 20.0
_Make: TypeAlias = Callable[[np.random.Generator], Samples]
_FORMANTS = ((600.0, 1.0), (1_300.0, 0.7), (2_600.0, 0.4))


def bumps(seed: int = 5) -> dict[str, Samples]:
    """Twenty seconds of each, at 16 kHz, peaks of half of full scale."""
    dice = np.random.default_rng(seed)
    return {
        "keyboard": _scattered(dice, _key, (0.08, 0.35)),
        "door": _scattered(dice, _door, (2.0, 4.0)),
        "cough": _scattered(dice, _cough, (1.2, 3.0)),
    }


def _scattered(dice: np.random.Generator, make: _Make, pauses: tuple[float, float]) -> Samples:
    sound = np.zeros(int(_SECONDS * RATE), np.float32)
    at = 0.3
    while True:
        one = make(dice) * dice.uniform(0.4, 1.0)
        start = int(at * RATE)
        if start + one.size > sound.size:
            return np.asarray(0.5 * sound / np.abs(sound).max(), np.float32)
        sound[start : start + one.size] += one
        at += dice.uniform(*pauses)


def _key(dice: np.random.Generator) -> Samples:
    """Down and, some 60 ms later, up."""
    down, up = _burst(dice, 0.04, 0.006, 1_500, 7_000), _burst(dice, 0.03, 0.004, 2_000, 7_000)
    gap = int(dice.uniform(0.05, 0.08) * RATE)
    sound = np.zeros(gap + up.size + down.size, np.float32)
    sound[: down.size] += down
    sound[gap : gap + up.size] += 0.5 * up
    return sound


def _door(dice: np.random.Generator) -> Samples:
    thump, rattle = _burst(dice, 0.5, 0.08, 40, 300), _burst(dice, 0.3, 0.05, 300, 4_000)
    thump[: rattle.size] += 0.2 * rattle
    return thump


def _cough(dice: np.random.Generator) -> Samples:
    """One or two bursts of 0.25 s."""
    parts: list[Samples] = []
    for _ in range(int(dice.integers(1, 3))):
        shift = dice.uniform(0.85, 1.15)
        bands = [
            share * _burst(dice, 0.25, 0.07, shift * pitch * 0.8, shift * pitch * 1.25)
            for pitch, share in _FORMANTS
        ]
        parts += [np.sum(bands, axis=0).astype(np.float32), np.zeros(RATE // 20, np.float32)]
    return np.concatenate(parts)


def _burst(
    dice: np.random.Generator, seconds: float, decay: float, low: float, high: float
) -> Samples:
    """Noise between two pitches that decays by `decay` seconds."""
    size = int(seconds * RATE)
    spectrum = np.fft.rfft(dice.standard_normal(size))
    pitch = np.fft.rfftfreq(size, 1 / RATE)
    spectrum[(pitch < low) | (pitch > high)] = 0
    noise = np.fft.irfft(spectrum, size)
    noise *= np.exp(-np.arange(size) / RATE / decay)
    return np.asarray(noise / np.abs(noise).max(), np.float32)
