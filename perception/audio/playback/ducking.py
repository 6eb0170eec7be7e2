"""Ducking: a gain that moves without a click."""

from __future__ import annotations

import numpy as np

from perception.types import Samples


class Gain:
    """A factor for a stream of blocks at `rate`, which slides to where it is sent."""

    def __init__(self) -> None:
        self.value = 1.0
        self._target = 1.0
        self._seconds = 0.0

    def send(self, target: float, seconds: float) -> None:
        """Go to `target`; the whole way from 0 to 1 would take `seconds`."""
        self._target, self._seconds = target, seconds

    def jump(self, value: float) -> None:
        """Be there at once."""
        self.value = self._target = value

    def apply(self, block: Samples, rate: int) -> Samples:
        """The block at this volume."""
        if self.value == self._target:
            return block if self.value == 1.0 else block * np.float32(self.value)
        step = 1.0 / max(1.0, self._seconds * rate)
        low, high = sorted((self.value, self._target))
        way = np.arange(1, block.size + 1) * (step if self._target > self.value else -step)
        values = np.clip(self.value + way, low, high).astype(np.float32)
        if block.size:
            self.value = float(values[-1])
        if abs(self.value - self._target) < step:
            self.value = self._target
        return np.asarray(block * values, np.float32)
