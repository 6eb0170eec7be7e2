"""What the speaker gives out, by the time at which it sounds: the reference of the canceller."""

from __future__ import annotations

import threading

import numpy as np

from perception.types import Samples

_KEPT_SECONDS = 2.0
_SLIP = 0.03  # seconds between clock and count that are no jitter any more
_FOLLOW = 0.002
_STILL = 1e-4
_TAIL = 0.2
_BREAK = 0.05  # seconds without sound after which the device may start late
_UNSURE = 0.3


class FarEnd:
    """The last two seconds given to the device, filled in one thread and read in another.

    The device's own word for when a block sounds jitters by milliseconds; the count of samples
    does not. So the time of the first sample is followed slowly, and set anew only after a gap.
    """

    def __init__(self) -> None:
        self.rate = 48_000
        self._lock = threading.Lock()
        self._origin, self._end = 0.0, 0
        self._samples: Samples = np.zeros(0, np.float32)
        self._loud_until = self._sure_at = 0.0

    def put(self, block: Samples, rate: int, at: float) -> None:
        """The device took `block`, which begins to sound at the monotonic time `at`."""
        with self._lock:
            if rate != self.rate or not self._samples.size:
                self._begin(rate, at)
            error = at - (self._origin + self._end / rate)
            if abs(error) > _BREAK:
                self._sure_at = at + _UNSURE
            if error > _SLIP:  # nothing was played in between
                self._append(
                    np.zeros(min(int(error * rate), int(_KEPT_SECONDS * rate)), np.float32)
                )
                self._origin = at - self._end / rate
            elif error < -_SLIP:
                self._origin += error
            else:
                self._origin += _FOLLOW * error
            self._append(block)
            if block.size and float(np.max(np.abs(block))) > _STILL:
                self._loud_until = self._origin + self._end / rate

    def take_back(self, count: int) -> None:
        """The last `count` samples will not sound."""
        with self._lock:
            count = min(count, self._samples.size)
            self._samples = self._samples[: self._samples.size - count]
            self._end -= count
            self._loud_until = min(self._loud_until, self._origin + self._end / self.rate)

    def sounds(self, at: float) -> bool:
        """Whether anything left the speaker at this time, or shortly before."""
        with self._lock:
            return at - _TAIL < self._loud_until

    def unsure(self, at: float) -> bool:
        """Whether playing has only begun: a device that wakes up says wrong times at first."""
        with self._lock:
            return at < self._sure_at and at - _TAIL < self._loud_until

    def index(self, at: float) -> float:
        """The number of the sample that sounds at this time."""
        with self._lock:
            return (at - self._origin) * self.rate

    def read(self, start: int, count: int) -> Samples:
        """The samples from number `start`; silence where there are none."""
        found = np.zeros(count, np.float32)
        with self._lock:
            first = self._end - self._samples.size
            left, right = max(start, first), min(start + count, self._end)
            if left < right:
                found[left - start : right - start] = self._samples[left - first : right - first]
        return found

    def _begin(self, rate: int, at: float) -> None:
        self.rate, self._origin, self._end = rate, at, 0
        self._sure_at = at + _UNSURE
        self._samples = np.zeros(0, np.float32)

    def _append(self, samples: Samples) -> None:
        kept = self._samples[
            max(0, self._samples.size + samples.size - int(_KEPT_SECONDS * self.rate)) :
        ]
        self._samples = np.concatenate([kept, samples])
        self._end += samples.size
