"""Faces by CenterFace (Xu et al., CenterFace: Joint Face Detection and Alignment, 2019; MIT)."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from perception.conversion import convert_once
from perception.inference import open_session
from perception.seeing.boxes import keep_best, to_box
from perception.types import Item, Snapshot

SOURCE = "centerface"
THRESHOLD = 0.5
LONGEST = 640
MOST_OVERLAP = 0.3
_STRIDE = 4


class Faces:
    """Finds faces. `model` is the folder with the published `model.onnx`.

    Its input size is fixed in the file; a copy with free sizes is written once to
    `model/converted`.
    """

    def __init__(self, model: Path, threads: int) -> None:
        file = convert_once(free_sizes, [model / "model.onnx"], "free-sizes.onnx")
        self._session = open_session(file, threads)
        self._input: str = self._session.get_inputs()[0].name

    def find(self, snapshot: Snapshot) -> tuple[Item, ...]:
        """Faces, surest first; the label is `face`."""
        import cv2

        height, width = snapshot.pixels.shape[:2]
        scale = min(1.0, LONGEST / max(height, width))
        sides = [max(32, math.ceil(side * scale / 32) * 32) for side in (width, height)]
        small = cv2.resize(snapshot.pixels, sides, interpolation=cv2.INTER_AREA)
        values = small.astype(np.float32).transpose(2, 0, 1)[None]
        heat, size, offset = self._session.run(None, {self._input: values})[:3]
        rows, columns = np.nonzero(heat[0, 0] >= THRESHOLD)
        scores = heat[0, 0, rows, columns]
        spans = np.exp(np.minimum(size[0, :, rows, columns], 8.0)) * _STRIDE
        places = (np.stack([rows, columns], 1) + offset[0, :, rows, columns] + 0.5) * _STRIDE
        low, high = places - spans / 2, places + spans / 2
        corners = np.concatenate([low[:, ::-1], high[:, ::-1]], axis=1) / (sides * 2)
        kept = keep_best(corners.astype(np.float32), scores, MOST_OVERLAP)
        return tuple(
            Item("face", to_box(*corners[index]), float(scores[index]), SOURCE) for index in kept
        )


def free_sizes(draft: Path, model: Path) -> None:
    """The recipe of the model with free height and width."""
    import onnx

    network = onnx.load(str(model))
    weights = {weight.name for weight in network.graph.initializer}
    pictures = [value for value in network.graph.input if value.name not in weights]
    for value in (*pictures, *network.graph.output):
        sizes = value.type.tensor_type.shape.dim
        sizes[0].dim_value = 1
        for size, name in zip(sizes[2:], ("height", "width"), strict=True):
            size.dim_param = name if value in pictures else f"{name}4"
    # Weights that are also inputs could be replaced in a run, and are then not folded.
    del network.graph.input[:]
    network.graph.input.extend(pictures)
    del network.graph.value_info[:]
    draft.write_bytes(network.SerializeToString())
