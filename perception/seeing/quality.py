"""How usable a picture is, and how to take a better one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from perception.codes import PerceptionCode
from perception.messages import notice
from perception.types import Item, Quality, Snapshot

LONGEST = 640
"""Pictures are compared at this size, so that numbers of cameras can be compared."""

SMALLEST = 16
VERY_DARK, DARK, BRIGHT = 0.05, 0.18, 0.35
FLAT = 0.03
BLURRED = 0.42
FAINTEST_EDGE = 1.5
SMALL_TEXT = 0.012
HARD_TO_READ, WELL_READ = 0.75, 0.9
AT_EDGE = 0.004
_GIVEN: Mapping[str, PerceptionCode] = {
    PerceptionCode.TEXT_CUT_OFF_LEFT: PerceptionCode.TEXT_CUT_OFF_LEFT_GIVEN,
    PerceptionCode.TEXT_CUT_OFF_RIGHT: PerceptionCode.TEXT_CUT_OFF_RIGHT_GIVEN,
    PerceptionCode.PICTURE_BLURRED: PerceptionCode.PICTURE_BLURRED_GIVEN,
}
_DISPROVED = (PerceptionCode.PICTURE_BLURRED, PerceptionCode.PICTURE_OF_ONE_COLOUR)


@dataclass(frozen=True, slots=True)
class Measures:
    """Brightness of the mean and of the brightest parts, contrast, and the sharpness of edges.

    Edges are sharp above 0.7; blurred by two pixels of 640 they fall below 0.4.
    """

    brightness: float
    brightest: float
    contrast: float
    sharpness: float
    edges: float


def measure(snapshot: Snapshot) -> Measures:
    """Look at a picture as light and dark only."""
    import cv2

    grey = cv2.cvtColor(snapshot.pixels, cv2.COLOR_RGB2GRAY)
    scale = LONGEST / max(grey.shape)
    if scale < 1:
        size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    second = cv2.Laplacian(grey, cv2.CV_32F)
    slope = np.hypot(
        cv2.Sobel(grey, cv2.CV_32F, 1, 0, ksize=3), cv2.Sobel(grey, cv2.CV_32F, 0, 1, ksize=3)
    )
    slope /= 8
    low, high = np.percentile(grey, (1, 99.9)) / 255
    steep = slope >= max(FAINTEST_EDGE, float(np.percentile(slope, 95)))
    edges = float(np.abs(second)[steep].mean() / slope[steep].mean()) if steep.any() else 0.0
    return Measures(
        float(grey.mean() / 255), float(high), float(high - low), float(second.var()), edges
    )


def assess(snapshot: Snapshot) -> Quality:
    """The quality of a picture, with the one piece of advice that helps most."""
    height, width = snapshot.pixels.shape[:2]
    seen = measure(snapshot)
    advice = snapshot.note
    if min(height, width) < SMALLEST:
        advice = notice(PerceptionCode.PICTURE_TOO_SMALL, width=width, height=height)
    elif seen.brightness < VERY_DARK and seen.brightest < DARK:
        advice = notice(PerceptionCode.PICTURE_BLACK)
    elif seen.contrast < FLAT:
        advice = notice(PerceptionCode.PICTURE_OF_ONE_COLOUR)
    elif seen.brightness < DARK and seen.brightest < BRIGHT:
        advice = notice(PerceptionCode.PICTURE_DARK)
    elif seen.edges < BLURRED:
        advice = notice(PerceptionCode.PICTURE_BLURRED)
    return Quality(seen.brightness, seen.sharpness, advice)


def aim(quality: Quality, texts: Sequence[Item]) -> Quality:
    """The same with advice on text that is too small or cut off, where there was none.

    Text that was read well proves a picture sharp, whatever its edges say.
    """
    if not texts:
        return quality
    sure = sum(item.confidence * len(item.label) for item in texts)
    sure /= sum(len(item.label) for item in texts)
    if quality.advice and quality.advice.code in _DISPROVED and sure >= WELL_READ:
        quality = replace(quality, advice=None)
    if quality.advice:
        return quality
    heights = sorted(min(item.box.width, item.box.height) for item in texts)
    if sure < HARD_TO_READ and heights[len(heights) // 2] < SMALL_TEXT:
        return replace(quality, advice=notice(PerceptionCode.TEXT_TOO_SMALL))
    if sure < HARD_TO_READ:
        return replace(quality, advice=notice(PerceptionCode.TEXT_HARD_TO_READ))
    side = _cut_side(texts)
    if side:
        return replace(quality, advice=notice(side))
    return quality


def of_given(quality: Quality) -> Quality:
    """The same for a picture that was given: no camera can be moved or held still for it."""
    advice = quality.advice
    other = _GIVEN.get(advice.code) if advice is not None else None
    return quality if other is None else replace(quality, advice=notice(other))


def _cut_side(texts: Sequence[Item]) -> str:
    """The advice where two lines or more end at an edge, or nothing."""
    boxes = [item.box for item in texts]
    ends = {
        PerceptionCode.TEXT_CUT_OFF_LEFT: sum(box.left < AT_EDGE for box in boxes),
        PerceptionCode.TEXT_CUT_OFF_RIGHT: sum(box.left + box.width > 1 - AT_EDGE for box in boxes),
    }
    side = max(ends, key=lambda name: ends[name])
    return side if ends[side] >= 2 and ends[side] * 3 >= len(boxes) else ""
