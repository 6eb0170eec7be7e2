"""The pre-roll buffer: the microphone's last sound, since speech begins before it is noticed."""

from __future__ import annotations

from collections import deque

import numpy as np

from perception.types import AudioChunk, Samples


class PreRoll:
    """The pre-roll buffer: chunks of one rate. Sample numbers never change; times may have gaps."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._chunks: deque[tuple[int, AudioChunk]] = deque()
        self._end = 0
        self.until = 0.0
        """When the last sample ended."""

    @property
    def end(self) -> int:
        """The number of the next sample."""
        return self._end

    def add(self, chunk: AudioChunk) -> None:
        """Append a chunk."""
        self._chunks.append((self._end, chunk))
        self._end += chunk.samples.size
        self.until = chunk.at + chunk.samples.size / self._rate

    def forget(self, at: float) -> None:
        """Drop the chunks that had ended at this time."""
        while self._chunks:
            chunk = self._chunks[0][1]
            if chunk.at + chunk.samples.size / self._rate > at:
                return
            self._chunks.popleft()

    def number(self, at: float) -> int:
        """The number of the first sample at or after this time; `end` where there is none yet."""
        for first, chunk in reversed(self._chunks):
            into = round((at - chunk.at) * self._rate)
            if into > chunk.samples.size:
                return min(first + chunk.samples.size, self._end)
            if into >= 0:
                return first + into
        return self._chunks[0][0] if self._chunks else self._end

    def time(self, number: int) -> float:
        """When sample `number` was recorded."""
        for first, chunk in reversed(self._chunks):
            if first <= number:
                return chunk.at + (number - first) / self._rate
        return self._chunks[0][1].at if self._chunks else self.until

    def read(self, start: int, stop: int) -> Samples:
        """The samples from `start` to before `stop`, as far as they are kept."""
        parts: list[Samples] = []
        for first, chunk in reversed(self._chunks):
            if first + chunk.samples.size <= start:
                break
            if first < stop:
                parts.append(chunk.samples[max(0, start - first) : stop - first])
        return np.concatenate(parts[::-1]) if parts else np.zeros(0, np.float32)
