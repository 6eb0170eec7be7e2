"""Text in a picture, in reading order, whichever way up it is held."""

from __future__ import annotations

from collections.abc import Generator, Sequence

import numpy as np

from perception.seeing.boxes import joined, to_box
from perception.seeing.layout import reading_order
from perception.seeing.textmodel import Quads, TextModel
from perception.seeing.upright import (
    CLEARLY_LONG,
    cut_out,
    level,
    quarter_turns,
    sizes,
    turned,
)
from perception.types import (
    Box,
    Item,
    Pixels,
    Snapshot,
)

SOURCE = "pp-ocrv6"
LEAST_CONFIDENCE = 0.5
LEAST_FOR_SHORT = {1: 0.9, 2: 0.9, 3: 0.75}
"""By letters: rings and stripes are easily taken for an O or an l."""

LARGEST_SHORT = 0.25
"""Of the picture's area: two letters that fill it are rather its outlines."""

FIRST_LOOK = 1280
MOST_PIXELS = 4_000_000
MUCH_REDUCED, PART, PART_LOOK = 0.8, 0.6, 960
LARGEST_UP = 4.0
GOOD_AREA = 500_000
SMALL_LINE, GOOD_LINE = 15.0, 22.0
_MARGIN = 0.15
_LONG_STRIP = 6.0
STANDING = 2.0


class Reader:
    """Reads what is written in a picture."""

    def __init__(self, threads: int) -> None:
        self._model = TextModel(threads)

    def find(self, snapshot: Snapshot) -> tuple[Item, ...]:
        """All lines in reading order; the label is the text."""
        return tuple(self.steps(snapshot))[-1]

    def steps(self, snapshot: Snapshot) -> Generator[tuple[Item, ...], None, None]:
        """The lines read so far, after each piece of work; close it to stop."""
        pixels, shift = _with_margin(snapshot.pixels)
        quads = self._detect(pixels)
        yield ()
        if not len(quads):
            return
        turns = quarter_turns(pixels, quads, self._model.read)
        upright = turned(quads, turns)
        yield ()
        lines: list[Item] = []
        for row in _order(upright):
            pieces = [self._read(pixels, quads[index], upright[index]) for index in row]
            line = _join([piece for piece in pieces if piece is not None])
            if line is not None and _is_likely(line):
                lines.append(_moved(line, pixels, snapshot.pixels, shift))
            yield tuple(lines)

    def _detect(self, pixels: Pixels) -> Quads:
        """Lines of text; looked at again, larger, where they are small or none is seen."""
        area, longest = pixels.shape[0] * pixels.shape[1], max(pixels.shape[:2])
        scale = min(FIRST_LOOK / longest, LARGEST_UP)
        if scale > 1:
            scale = min(scale, max(1.0, (GOOD_AREA / area) ** 0.5))
        quads = self._model.detect(pixels, scale)
        if not len(quads):
            return self._search(pixels) if scale < MUCH_REDUCED else quads
        line = float(np.percentile(np.minimum(*sizes(quads)), 30)) * scale
        wanted = scale * GOOD_LINE / line if line < SMALL_LINE else scale
        larger = min(wanted, (MOST_PIXELS / area) ** 0.5, LARGEST_UP)
        if larger < 1.25 * scale:
            return quads
        again = self._model.detect(pixels, larger)
        return again if len(again) else quads

    def _search(self, pixels: Pixels) -> Quads:
        """A little text in a large picture: the detector misses it in so much else.

        Four overlapping parts tell where there is some, and that place is looked at alone.
        """
        height, width = pixels.shape[:2]
        down, across = round(height * PART), round(width * PART)
        spots: list[Quads] = []
        for top in (0, height - down):
            for left in (0, width - across):
                part = pixels[top : top + down, left : left + across]
                found = self._model.detect(part, min(1.0, PART_LOOK / max(part.shape[:2])))
                spots.append(found + np.array([left, top], np.float32))
        points = np.concatenate(spots).reshape(-1, 2)
        if not len(points):
            return points.reshape(-1, 4, 2)
        room = PART_LOOK * 0.1
        left, top = (max(0, int(value)) for value in points.min(axis=0) - room)
        right, bottom = (int(value) for value in points.max(axis=0) + room)
        place = pixels[top:bottom, left:right]
        scale = min(1.0, FIRST_LOOK / max(place.shape[:2]))
        return self._model.detect(place, scale) + np.array([left, top], np.float32)

    def _read(self, pixels: Pixels, quad: Quads, upright: Quads) -> Item | None:
        """One piece of a line; what stands across the page is tried both ways."""
        across, down = (float(side[0]) for side in sizes(upright[None]))
        ways = [upright]
        if down >= CLEARLY_LONG * across:
            ways = [turned(upright[None], 1)[0], turned(upright[None], 3)[0]]
        text, confidence = max(
            (self._model.read(cut_out(pixels, way)) for way in ways), key=lambda read: read[1]
        )
        if confidence < LEAST_CONFIDENCE or not text:
            return None
        height, width = pixels.shape[:2]
        low, high = quad.min(axis=0), quad.max(axis=0)
        box = to_box(low[0] / width, low[1] / height, high[0] / width, high[1] / height)
        return Item(text, box, confidence, SOURCE)


def _order(upright: Quads) -> list[list[int]]:
    """Rows in reading order; what stands across the page (a side note) comes last."""
    across, down = sizes(upright)
    rects = level(upright)
    standing = down >= STANDING * across
    lying = reading_order([rect for rect in rects if not standing[rect.index]])
    return lying + [[rect.index] for rect in rects if standing[rect.index]]


def _is_likely(line: Item) -> bool:
    letters = sum(letter.isalnum() for letter in line.label)
    if letters > 3:
        return True
    if letters < 3 and line.box.width * line.box.height > LARGEST_SHORT:
        return False
    return line.confidence >= LEAST_FOR_SHORT.get(letters, LEAST_FOR_SHORT[1])


def _with_margin(pixels: Pixels) -> tuple[Pixels, tuple[int, int]]:
    """The picture with a margin (columns, rows) where it is a strip: the detector needs some."""
    height, width = pixels.shape[:2]
    rows = max(0, round(width / _LONG_STRIP - height) // 2) if width > height else 0
    columns = max(0, round(height / _LONG_STRIP - width) // 2) if height > width else 0
    if min(height, width) < 64:
        rows, columns = max(rows, round(height * _MARGIN) + 4), max(columns, round(width * _MARGIN))
    if not rows and not columns:
        return pixels, (0, 0)
    sides = ((rows, rows), (columns, columns), (0, 0))
    return np.pad(pixels, sides, mode="edge"), (columns, rows)


def _moved(line: Item, padded: Pixels, original: Pixels, shift: tuple[int, int]) -> Item:
    """A line found on the padded picture, placed on the original."""
    if shift == (0, 0):
        return line
    (tall, wide), (height, width) = padded.shape[:2], original.shape[:2]
    box = line.box
    left, top = (box.left * wide - shift[0]) / width, (box.top * tall - shift[1]) / height
    place = to_box(left, top, left + box.width * wide / width, top + box.height * tall / height)
    return Item(line.label, place, line.confidence, line.source)


def _join(pieces: Sequence[Item]) -> Item | None:
    """Pieces of a row as one line, its confidence weighted by letters."""
    if not pieces:
        return None
    letters = sum(len(piece.label) for piece in pieces)
    confidence = sum(piece.confidence * len(piece.label) for piece in pieces) / letters
    box: Box = joined([piece.box for piece in pieces])
    return Item(" ".join(piece.label for piece in pieces), box, confidence, SOURCE)
