"""The pieces of a visit that are looked for at its end; of each only keyed hashes are kept.

A piece is a window of twelve characters, or some neighbouring pixels or samples. Each is kept in
the encodings in which a program may hold it. Nothing here makes a second copy of what was said that
is longer than a character: the prover would find it in its own process.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop.kiosk.forgetting.secret import VisitKey

CHARACTERS = 12
ANCHOR, STRIDE = 8, 4
SHORTEST = ANCHOR + STRIDE - 1
"""A piece of so many bytes holds eight neighbouring ones that begin at a multiple of four."""
LONGEST = 64
MOST = 64
_FORMS = 4
_PRIME = (1 << 61) - 1
_ROWS_OF_PICTURE, _PIXELS, _SAMPLES = 8, 16, 32
_WORD = (1 << 32) - 1
ROW = np.dtype([("hash", "<u4"), ("before", "<u2"), ("length", "<u2"), ("digest", "<u8")])

Bytes = npt.NDArray[np.uint8]


class PieceKind(StrEnum):
    """Where a piece comes from."""

    TYPED = "typed"
    SAID = "said"
    ANSWERED = "answered"
    SHOWN = "shown"


class Pieces:
    """A bounded, random choice of the pieces of one visit. Safe to share between threads."""

    def __init__(self, key: VisitKey, public: Iterable[str] = ()) -> None:
        """`public` are texts that are no visitor's: of the profile, its buttons and its answers."""
        self.multipliers = (key.number(0, 4) | 1, key.number(4, 4) | 1)
        self.base = key.number(8, 8) % _PRIME
        self._random, self._lock = random.SystemRandom(), threading.Lock()
        shape = (len(PieceKind), MOST, _FORMS * STRIDE)
        self._rows = np.zeros(shape, ROW)
        self._seen = dict.fromkeys(PieceKind, 0)
        self._public = {self._of_text(text, at) for text in public for at in _every(text)}

    def add(self, kind: PieceKind, data: str | bytes | npt.NDArray[Any]) -> None:
        """Remember pieces of a text, of an encoded file, of a picture (rows first) or of sound."""
        with self._lock:
            if isinstance(data, str):
                self._add_text(kind, data)
            elif isinstance(data, bytes):
                self._add_samples(kind, np.frombuffer(data, np.uint8))
            elif data.ndim == 3 and data.dtype == np.uint8 and data.shape[2] in (3, 4):
                self._add_picture(kind, data)
            else:
                for row in np.atleast_2d(data)[:: max(1, len(np.atleast_2d(data)) // 8)]:
                    self._add_samples(kind, row.reshape(-1).view(np.uint8))

    def chosen(self) -> npt.NDArray[Any]:
        """The hashes of at most `MOST` pieces, spread over the kinds: a row a piece."""
        with self._lock:
            counts = [min(MOST, self._seen[kind]) for kind in PieceKind]
            while sum(counts) > MOST:
                counts[counts.index(max(counts))] -= 1
            return np.concatenate([self._rows[at][:count] for at, count in enumerate(counts)])

    def digest(self, data: Bytes, start: int, length: int) -> int:
        """The keyed hash of so many bytes from `start`."""
        value = length
        for place in range(start, start + length):
            value = (value * self.base + int(data[place]) + 1) % _PRIME
        return value

    def destroy(self) -> None:
        """Overwrite the hashes and forget the numbers that they were made with."""
        with self._lock:
            self._rows[...] = np.zeros((), ROW)
            self._seen = dict.fromkeys(PieceKind, 0)
            self._public.clear()
            self.multipliers, self.base = (0, 0), 0

    def _add_text(self, kind: PieceKind, text: str) -> None:
        highest = max(map(ord, text), default=0)
        forms = ["utf-8", "utf-16-le"]
        forms += ["latin-1"] if 127 < highest < 256 else []
        forms += ["utf-32-le"] if highest > 0xFFFF else []
        for at in _windows(text):
            last = min(len(text), at + CHARACTERS)
            if len({text[place] for place in range(at, last)}) < 3:
                continue
            if self._of_text(text, at) not in self._public:
                self._keep(kind, [_encoded(text, at, last, form) for form in forms])

    def _add_picture(self, kind: PieceKind, picture: npt.NDArray[np.uint8]) -> None:
        height, width = picture.shape[:2]
        for y in range(0, height, max(1, height // _ROWS_OF_PICTURE)):
            if width < _PIXELS:
                return
            x = self._random.randrange(width - _PIXELS + 1)
            pixels = picture[y, x : x + _PIXELS]
            orders = [(0, 1, 2), (2, 1, 0), (0, 1, 2, -1), (2, 1, 0, -1)]
            self._keep(kind, [_ordered(pixels, order) for order in orders])

    def _add_samples(self, kind: PieceKind, data: Bytes) -> None:
        for _ in range(min(_ROWS_OF_PICTURE, len(data) // _SAMPLES)):
            start = self._random.randrange((len(data) - _SAMPLES) // 4 + 1) * 4
            piece = np.zeros(_SAMPLES, np.uint8)
            piece[:] = data[start : start + _SAMPLES]
            self._keep(kind, [piece])

    def _keep(self, kind: PieceKind, forms: list[Bytes]) -> None:
        """Put one piece among the chosen, each with the same chance; its bytes are overwritten."""
        rows = np.zeros(_FORMS * STRIDE, ROW)
        kept = 0
        for form in forms:
            if len(form) >= SHORTEST and _tells_apart(form):
                rows[kept : kept + STRIDE] = list(self._hashes(form))
                kept += STRIDE
            form[:] = 0
        if not kept:
            return
        seen = self._seen[kind]
        self._seen[kind] = seen + 1
        place = seen if seen < MOST else self._random.randrange(seen + 1)
        if place < MOST:
            self._rows[list(PieceKind).index(kind), place] = rows

    def _hashes(self, form: Bytes) -> Iterator[tuple[int, int, int, int]]:
        digest = self.digest(form, 0, len(form))
        for before in range(STRIDE):
            low, high = (
                sum(int(form[before + word * 4 + k]) << (8 * k) for k in range(4))
                for word in range(2)
            )
            by_low, by_high = self.multipliers
            yield (low * by_low + high * by_high) & _WORD, before, len(form), digest

    def _of_text(self, text: str, at: int) -> int:
        value = 7
        for place in range(at, min(len(text), at + CHARACTERS)):
            value = (value * self.base + ord(text[place]) + 1) % _PRIME
        return value


def _windows(text: str) -> list[int]:
    """Where windows begin that cover a text without gaps; a short text is one."""
    last = max(0, len(text) - CHARACTERS)
    return [*range(0, last, CHARACTERS), last] if text else []


def _every(text: str) -> range:
    return range(max(1, len(text) - CHARACTERS + 1))


def _encoded(text: str, first: int, last: int, form: str) -> Bytes:
    """These characters, encoded one by one into memory that is overwritten later."""
    room = np.zeros(4 * (last - first), np.uint8)
    end = 0
    for place in range(first, last):
        for byte in text[place].encode(form, "surrogatepass"):
            room[end] = byte
            end += 1
    return room[:end]


def _ordered(pixels: npt.NDArray[np.uint8], order: tuple[int, ...]) -> Bytes:
    """Pixels with their channels in this order; -1 stands for an opaque alpha."""
    piece = np.full((len(pixels), len(order)), 255, np.uint8)
    for place, channel in enumerate(order):
        if channel >= 0:
            piece[:, place] = pixels[:, channel]
    return piece.reshape(-1)


def _tells_apart(form: Bytes) -> bool:
    """Whether its first bytes are not the same over and over, as in much of any memory."""
    return len({int(form[place]) for place in range(SHORTEST)}) > 2
