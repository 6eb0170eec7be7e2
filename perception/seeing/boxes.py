"""Arithmetic of boxes: corners in, fractions out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from perception.types import Box

Corners = NDArray[np.float32]
"""Boxes as rows of left, top, right, bottom."""


def to_box(left: float, top: float, right: float, bottom: float) -> Box:
    """A box from corners in fractions, cut at the picture's edges."""
    left, right = (min(1.0, max(0.0, float(value))) for value in (left, right))
    top, bottom = (min(1.0, max(0.0, float(value))) for value in (top, bottom))
    return Box(left, top, max(0.0, right - left), max(0.0, bottom - top))


def overlap(one: Box, other: Box) -> float:
    """Shared area over joint area (intersection over union), 0 to 1."""
    shared = _shared(one, other)
    joint = one.width * one.height + other.width * other.height - shared
    return shared / joint if joint > 0 else 0.0


def inside(inner: Box, outer: Box) -> float:
    """Which part of `inner` lies in `outer`, 0 to 1."""
    area = inner.width * inner.height
    return _shared(inner, outer) / area if area > 0 else 0.0


def joined(boxes: list[Box]) -> Box:
    """The smallest box that holds all of them."""
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right = max(box.left + box.width for box in boxes)
    bottom = max(box.top + box.height for box in boxes)
    return Box(left, top, right - left, bottom - top)


def _shared(one: Box, other: Box) -> float:
    width = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    height = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return max(0.0, width) * max(0.0, height)


def keep_best(corners: Corners, scores: NDArray[np.float32], most_overlap: float) -> list[int]:
    """Non-maximum suppression: indices of the boxes that stay, best first."""
    order = np.argsort(-scores, kind="stable")
    areas = (corners[:, 2] - corners[:, 0]) * (corners[:, 3] - corners[:, 1])
    kept: list[int] = []
    while order.size:
        best, rest = int(order[0]), order[1:]
        kept.append(best)
        low = np.maximum(corners[best, :2], corners[rest, :2])
        high = np.minimum(corners[best, 2:], corners[rest, 2:])
        shared = np.prod(np.maximum(high - low, 0), axis=1)
        joint = areas[best] + areas[rest] - shared
        order = rest[shared <= most_overlap * np.maximum(joint, 1e-9)]
    return kept
