"""Everyday objects by SSD-MobileNetV2, trained on Open Images (MediaPipe, Apache-2.0).

Liu et al., SSD: Single Shot MultiBox Detector, 2016; Sandler et al., MobileNetV2, 2018.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.inference import open_session
from perception.seeing.boxes import keep_best, to_box
from perception.types import Item, Snapshot

SOURCE = "ssd-mobilenet-v2"
SIDE = 300
MAPS = (19, 10, 5, 3, 2, 1)
THRESHOLD = 0.45
MOST_OVERLAP = 0.5
_HERE = Path(__file__).parent


class Objects:
    """Finds people, animals and things of 23 classes; labels are lower-case English words."""

    def __init__(self, threads: int) -> None:
        self._session = open_session(_HERE / "objects.onnx", threads, arena=True)
        self._input: str = self._session.get_inputs()[0].name
        lines = (_HERE / "objects.txt").read_text(encoding="utf-8").splitlines()
        self.labels = tuple(line.strip().lower() for line in lines if line.strip())
        self._anchors = _anchors()

    def find(self, snapshot: Snapshot) -> tuple[Item, ...]:
        """Objects of a picture, surest first."""
        import cv2

        small = cv2.resize(snapshot.pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        values = (small.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None]
        offsets, logits = self._session.run(None, {self._input: values})
        scores = 1 / (1 + np.exp(-logits[0, :, 1:]))
        corners = _decode(offsets[0], self._anchors)
        found: list[Item] = []
        for kind, label in enumerate(self.labels):
            likely = np.flatnonzero(scores[:, kind] >= THRESHOLD)
            for index in keep_best(corners[likely], scores[likely, kind], MOST_OVERLAP):
                row = likely[index]
                box, score = to_box(*corners[row]), float(scores[row, kind])
                found.append(Item(label, box, score, SOURCE))
        return tuple(sorted(found, key=lambda item: -item.confidence))


def _anchors() -> NDArray[np.float32]:
    """Centres and sizes (y, x, height, width) of the 1,917 anchors, in fractions."""
    scales = [0.2 + 0.15 * step for step in range(len(MAPS))]
    rows: list[NDArray[Any]] = []
    for level, cells in enumerate(MAPS):
        scale = scales[level]
        after = scales[level + 1] if level + 1 < len(MAPS) else 1.0
        pairs = [(scale, ratio) for ratio in (1.0, 2.0, 0.5, 3.0, 1 / 3)]
        pairs.append((float(np.sqrt(scale * after)), 1.0))
        if level == 0:
            pairs = [(0.1, 1.0), (scale, 2.0), (scale, 0.5)]
        sizes = [(size / np.sqrt(ratio), size * np.sqrt(ratio)) for size, ratio in pairs]
        centres = (np.arange(cells) + 0.5) / cells
        y, x = np.meshgrid(centres, centres, indexing="ij")
        places = np.repeat(np.stack([y.ravel(), x.ravel()], 1), len(sizes), axis=0)
        rows.append(np.concatenate([places, np.tile(sizes, (cells * cells, 1))], axis=1))
    return np.concatenate(rows).astype(np.float32)


def _decode(offsets: NDArray[np.float32], anchors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Corners (left, top, right, bottom) in fractions; the coder's scales are 10, 10, 5, 5."""
    centres = offsets[:, :2] / 10 * anchors[:, 2:] + anchors[:, :2]
    halves = np.exp(np.minimum(offsets[:, 2:] / 5, 8.0)) * anchors[:, 2:] / 2
    low, high = centres - halves, centres + halves
    return np.stack([low[:, 1], low[:, 0], high[:, 1], high[:, 0]], axis=1)
