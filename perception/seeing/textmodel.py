"""The two networks of PP-OCRv6 (PaddlePaddle, Apache-2.0), from the files in RapidOCR's wheel.

Du et al., PP-OCR: A Practical Ultra Lightweight OCR System, 2020, and its later reports. The
wheel's own pipeline would fetch files that it misses; here its two files are opened directly,
and nothing is ever fetched.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.codes import PerceptionCode
from perception.inference import open_session
from perception.types import Pixels, UserError

Quads = NDArray[np.float32]
"""Boxes as four corners each, (n, 4, 2) in pixels: top left, top right, bottom right, bottom
left."""

LINE_HEIGHT = 48
NARROWEST, WIDEST = 48, 3200
_DETECTOR, _RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_MULTIPLE = 32


class TextModel:
    """Finds lines of text, and reads one line at a time."""

    def __init__(self, threads: int) -> None:
        from rapidocr.ch_ppocr_det.utils import DBPostProcess

        folder = _models_folder()
        self._detector = open_session(folder / _DETECTOR, threads)
        self._recogniser = open_session(folder / _RECOGNISER, threads)
        self._inputs = [
            session.get_inputs()[0].name for session in (self._detector, self._recogniser)
        ]
        known = self._recogniser.get_modelmeta().custom_metadata_map["character"]
        self._letters = ["", *known.splitlines(), " "]
        # Thresholds are those that RapidOCR ships for this detector.
        self._boxes: Any = DBPostProcess(
            thresh=0.3, box_thresh=0.5, max_candidates=1000, unclip_ratio=1.6, use_dilation=True
        )

    def detect(self, pixels: Pixels, scale: float) -> Quads:
        """Lines of text in a picture that is looked at `scale` times its size."""
        import cv2

        height, width = pixels.shape[:2]
        sides = [max(1, round(side * scale / _MULTIPLE)) * _MULTIPLE for side in (width, height)]
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        small = cv2.resize(pixels, sides, interpolation=way)
        heat = self._detector.run(None, {self._inputs[0]: _normal(small)})[0]
        quads, _ = self._boxes(heat, (height, width))
        return np.asarray(quads, np.float32).reshape(-1, 4, 2)

    def read(self, line: Pixels) -> tuple[str, float]:
        """The text of one upright line, and the mean probability of its letters."""
        import cv2

        height, width = line.shape[:2]
        wide = min(WIDEST, max(1, round(width * LINE_HEIGHT / height)))
        way = cv2.INTER_AREA if height > LINE_HEIGHT else cv2.INTER_LINEAR
        small = cv2.resize(line, (wide, LINE_HEIGHT), interpolation=way)
        values = _normal(small)
        if wide < NARROWEST:
            values = np.pad(values, ((0, 0), (0, 0), (0, 0), (0, NARROWEST - wide)))
        chances = self._recogniser.run(None, {self._inputs[1]: values})[0][0]
        best = chances.argmax(axis=1)
        fresh = np.concatenate([[True], best[1:] != best[:-1]]) & (best > 0)
        if not fresh.any():
            return "", 0.0
        text = "".join(self._letters[index] for index in best[fresh])
        return text.strip(), float(chances.max(axis=1)[fresh].mean())


def _normal(pixels: NDArray[Any]) -> NDArray[np.float32]:
    """(1, 3, height, width), blue first, -1 to 1."""
    values = pixels[:, :, ::-1].astype(np.float32) / 127.5 - 1
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])


def _models_folder() -> Path:
    spec = find_spec("rapidocr")
    if spec is None or not spec.submodule_search_locations:
        raise UserError(PerceptionCode.RAPIDOCR_MISSING)
    return Path(next(iter(spec.submodule_search_locations))) / "models"
