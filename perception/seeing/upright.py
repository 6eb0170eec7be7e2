"""Which way up a page is, and where its lines lie when it is put upright."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from perception.seeing.layout import Rect
from perception.seeing.textmodel import Quads
from perception.types import Pixels

SURE = 0.9
PROBES = 3
LONGEST_PROBE = 8.0
"""Of the height of a line: enough letters to see which way up they are."""

CLEARLY_LONG = 1.5
Read = Callable[[Pixels], tuple[str, float]]


def sizes(quads: Quads) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Length along the top edge and down the left edge of each box, in pixels."""
    across = np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1)
    down = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    return np.maximum(across, 1), np.maximum(down, 1)


def turned(quads: Quads, quarters: int) -> Quads:
    """The same boxes with corners named anew, for text turned `quarters` times clockwise.

    The first corner is the top left one of the *text*.
    """
    return np.roll(quads, -quarters, axis=1)


def cut_out(pixels: Pixels, quad: NDArray[np.float32], part: float = 1.0) -> Pixels:
    """The line in a box, upright; `part` of its length from the start."""
    import cv2

    across, down = sizes(quad[None])
    wide, high = max(1, round(float(across[0]) * part)), max(1, round(float(down[0])))
    ends = quad[0] + (quad[1] - quad[0]) * part, quad[3] + (quad[2] - quad[3]) * part
    corners = np.stack([quad[0], ends[0], ends[1], quad[3]]).astype(np.float32)
    target = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    line = cv2.warpPerspective(
        pixels, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(line, np.uint8)


def quarter_turns(pixels: Pixels, quads: Quads, read: Read) -> int:
    """How often the page is turned clockwise by 90 degrees: 0 to 3.

    Lines tell it to a half turn by their shape; which half, a few of them tell when they are read
    both ways.
    """
    across, down = sizes(quads)
    lying = float(across[across >= CLEARLY_LONG * down].sum())
    standing = float(down[down >= CLEARLY_LONG * across].sum())
    ways = (1, 3) if standing > lying else (0, 2)
    first = _confidence(pixels, turned(quads, ways[0]), read)
    if first >= SURE:
        return ways[0]
    return ways[0] if first >= _confidence(pixels, turned(quads, ways[1]), read) else ways[1]


def _confidence(pixels: Pixels, quads: Quads, read: Read) -> float:
    """How well the most telling lines can be read."""
    across, down = sizes(quads)
    # Long enough for several letters, and the taller the clearer.
    worth = np.minimum(across / down, LONGEST_PROBE) * np.minimum(down, 48)
    total, letters = 0.0, 0
    for index in np.argsort(-worth, kind="stable")[:PROBES]:
        part = min(1.0, LONGEST_PROBE * float(down[index] / across[index]))
        text, confidence = read(cut_out(pixels, quads[index], part))
        total += confidence * len(text)
        letters += len(text)
    return total / letters if letters else 0.0


def level(quads: Quads) -> list[Rect]:
    """The boxes on a page that is turned so that most lines are level."""
    across, down = sizes(quads)
    edges = quads[:, 1] - quads[:, 0]
    long = across >= CLEARLY_LONG * down
    angles = np.arctan2(edges[:, 1], edges[:, 0])
    angle = _weighted_median(angles[long], across[long]) if long.any() else 0.0
    turn = np.array([[np.cos(-angle), -np.sin(-angle)], [np.sin(-angle), np.cos(-angle)]])
    corners = quads @ turn.T.astype(np.float32)
    low, high = corners.min(axis=1), corners.max(axis=1)
    return [
        Rect(index, float(low[index, 0]), float(low[index, 1]), *map(float, high[index]))
        for index in range(len(quads))
    ]


def _weighted_median(values: NDArray[np.float32], weights: NDArray[np.float32]) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])
