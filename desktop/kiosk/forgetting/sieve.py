"""Finds pieces in bytes by their keyed hashes, at the speed of memory, without knowing them."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop.kiosk.forgetting.pieces import LONGEST, Bytes, Pieces

BUFFER = 4 << 20
OVERLAP = 2 * LONGEST
_BLOCK = 1 << 16
"""Words that are hashed at once: what they need stays in the cache."""
_BITS = 18


class Sieve:
    """What is needed to look for the chosen pieces; read only, and shared by the readers."""

    def __init__(self, pieces: Pieces) -> None:
        chosen = pieces.chosen()
        self.count = len(chosen)
        kept = chosen["length"] > 0
        self._rows = chosen[kept]
        self._piece = np.nonzero(kept)[0]
        order = np.argsort(self._rows["hash"], kind="stable")
        self._rows, self._piece = self._rows[order], self._piece[order]
        self._hashes = np.ascontiguousarray(self._rows["hash"])
        self._pieces = pieces
        self._low, self._high = (np.uint32(each) for each in pieces.multipliers)
        self._first = np.zeros(1 << _BITS, np.bool_)
        self._first[self._rows["hash"] >> (32 - _BITS)] = True

    def found(self, data: Bytes, room: tuple[npt.NDArray[Any], ...]) -> Iterator[int]:
        """The number of each piece in these bytes, as often as it is there."""
        if not len(self._rows):
            return
        words = data[: len(data) // 4 * 4].view("<u4")
        for start in range(0, len(words) - 1, _BLOCK - 1):
            block = words[start : start + _BLOCK]
            for at in self._anchors(block, room):
                yield from self._checked(data, (start + int(at[0])) * 4, int(at[1]))

    def _anchors(
        self, block: npt.NDArray[np.uint32], room: tuple[npt.NDArray[Any], ...]
    ) -> Iterator[tuple[int, int]]:
        count = len(block) - 1
        low, high, places, hit = (each[:count] for each in room)
        np.multiply(block[:-1], self._low, out=low)
        np.multiply(block[1:], self._high, out=high)
        np.add(low, high, out=low)
        np.right_shift(low, 32 - _BITS, out=places, casting="unsafe")
        np.take(self._first, places, out=hit, mode="clip")
        likely = np.flatnonzero(hit)
        values = low[likely]
        first = np.minimum(np.searchsorted(self._hashes, values), len(self._hashes) - 1)
        for at in likely[self._hashes[first] == values]:
            yield int(at), int(low[at])

    def _checked(self, data: Bytes, at: int, value: int) -> Iterator[int]:
        """The pieces whose whole hash fits here."""
        first = int(np.searchsorted(self._hashes, np.uint32(value)))
        while first < len(self._rows) and int(self._hashes[first]) == value:
            _, before, length, digest = self._rows[first].item()
            start = at - before
            if (
                start >= 0
                and start + length <= len(data)
                and self._pieces.digest(data, start, length) == digest
            ):
                yield int(self._piece[first])
            first += 1


def room() -> tuple[npt.NDArray[Any], ...]:
    """What `found` computes in; it holds hashes alone."""
    kinds: tuple[Any, ...] = (np.uint32, np.uint32, np.intp, np.bool_)
    return tuple(np.zeros(_BLOCK, kind) for kind in kinds)


class ReadBuffer:
    """What is searched goes through here; its own pages are left out of the search."""

    def __init__(self) -> None:
        self.memory = mmap.mmap(-1, BUFFER)
        self.data = np.frombuffer(self.memory, np.uint8)

    @property
    def pages(self) -> tuple[int, int]:
        """Where it lies in this process."""
        start = int(self.data.ctypes.data)
        return start, start + BUFFER

    def wipe(self) -> None:
        """Overwrite what went through it."""
        self.data[:] = 0
