"""From a device's blocks to 16 kHz mono chunks: the way of every microphone's sound."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.types import RATE, AudioChunk, Samples

_FORGET = 0.98  # a block: half a second or so
_GAP = 0.1
_FOLLOW = 0.05


class Mono:
    """Mixes channels by their energy, so that one live channel of eight is not drowned."""

    def __init__(self, channels: int) -> None:
        self._energy = np.zeros(channels)

    def mix(self, frames: NDArray[np.float32]) -> Samples:
        """Shape (n, channels) to shape (n,)."""
        if frames.shape[1] == 1:
            return np.ascontiguousarray(frames[:, 0])
        self._energy = _FORGET * self._energy + np.mean(np.square(frames), axis=0)
        total = self._energy.sum()
        weights = self._energy / total if total > 0 else np.full_like(self._energy, 0.0)
        return np.asarray(frames @ weights.astype(np.float32), dtype=np.float32)


class Converter:
    """Blocks of one stream to chunks at 16 kHz, each with the time of its first sample."""

    def __init__(self, rate: int, channels: int) -> None:
        self._rate, self._mono = rate, Mono(channels)
        self._resampler: Any = None
        if rate != RATE:
            import soxr  # type: ignore[import-untyped]

            self._resampler = soxr.ResampleStream(rate, RATE, 1, dtype="float32")
        self._held = 0.0

    def convert(self, frames: NDArray[np.float32], at: float) -> AudioChunk | None:
        """The chunk that this block completes; `at` is when its first sample was recorded."""
        samples = self._mono.mix(frames)
        start = at - self._held
        if self._resampler is not None:
            samples = self._resampler.resample_chunk(samples)
        self._held += frames.shape[0] / self._rate - samples.size / RATE
        return AudioChunk(samples, RATE, start) if samples.size else None


class Clock:
    """Steadies the times of chunks: a device's word jitters, the count of its samples does not."""

    def __init__(self) -> None:
        self._next: float | None = None
        self.jumped = False
        """Whether the last chunk did not follow the one before: a gap, or another device."""

    def steady(self, chunk: AudioChunk) -> AudioChunk:
        """The chunk with the time that fits those before it."""
        error = chunk.at - self._next if self._next is not None else 0.0
        self.jumped = self._next is None or abs(error) > _GAP
        at = chunk.at if self.jumped or self._next is None else self._next + _FOLLOW * error
        self._next = at + chunk.samples.size / chunk.rate
        return AudioChunk(chunk.samples, chunk.rate, at)
