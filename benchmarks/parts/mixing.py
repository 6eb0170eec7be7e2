"""Harder speech from clean speech: noise at a given distance, and rooms. Always the same draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.types import Samples

DISTANCES_DB = (20, 10, 5, 0)


def add_noise(speech: Samples, noise: Samples, distance: float, seed: int) -> Samples:
    """Noise below the speech by `distance` dB, repeated or cut to its length."""
    begin = int(np.random.default_rng(seed).integers(0, max(1, len(noise) - len(speech))))
    looped = np.resize(noise[begin:] if len(noise) - begin >= len(speech) else noise, len(speech))
    power = float(np.mean(np.square(speech))), float(np.mean(np.square(looped)))
    gain = np.sqrt(power[0] / max(power[1], 1e-12)) * 10 ** (-distance / 20)
    return _safe(speech + gain * looped)


def in_room(speech: Samples, response: Samples) -> Samples:
    """Speech convolved with a room's impulse response, its first arrival kept in place."""
    size = 1 << int(np.ceil(np.log2(len(speech) + len(response))))
    spectrum = np.fft.rfft(speech, size) * np.fft.rfft(response, size)
    first = int(np.abs(response).argmax())
    return _safe(np.fft.irfft(spectrum, size)[first : first + len(speech)])


def mixtures(
    speech: Samples, noises: Sequence[Samples], rooms: Sequence[Samples], seed: int
) -> Iterator[tuple[str, Samples]]:
    """Each distance with one of the noises, and each room, named."""
    for number, distance in enumerate(DISTANCES_DB if noises else ()):
        noise = noises[(seed + number) % len(noises)]
        yield f"noise {distance} dB", add_noise(speech, noise, distance, seed + number)
    for number, room in enumerate(rooms):
        yield f"room {number + 1}", in_room(speech, room)


def _safe(samples: NDArray[np.floating[Any]]) -> Samples:
    peak = float(np.abs(samples).max(initial=0.0))
    return (samples / max(1.0, peak / 0.99)).astype(np.float32)
