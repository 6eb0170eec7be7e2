"""Pictures that the tests draw themselves."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from perception.types import (
    Box,
    Item,
    Pixels,
    Snapshot,
)


def plain(width: int = 640, height: int = 480, grey: int = 230) -> Pixels:
    """A sheet of one grey."""
    return np.full((height, width, 3), grey, np.uint8)


def written(
    lines: Sequence[tuple[int, int, str]],
    width: int = 640,
    height: int = 480,
    size: int = 32,
    *,
    ink: int = 10,
    paper: int = 235,
) -> Pixels:
    """A sheet with text, each at its left and top."""
    image = Image.fromarray(plain(width, height, paper))
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size)
    for left, top, text in lines:
        draw.text((left, top), text, font=font, fill=(ink, ink, ink))
    return np.array(image, np.uint8)


def shot(pixels: Pixels, at: float = 0.0) -> Snapshot:
    """A snapshot of some pixels."""
    return Snapshot(np.ascontiguousarray(pixels), at)


def monitor() -> Pixels:
    """A computer monitor on a foot."""
    sheet = np.full((480, 640, 3), (200, 190, 170), np.uint8)
    cv2.rectangle(sheet, (120, 80), (520, 330), (25, 25, 28), -1)
    cv2.rectangle(sheet, (135, 95), (505, 315), (70, 130, 200), -1)
    cv2.rectangle(sheet, (290, 330), (350, 390), (40, 40, 44), -1)
    cv2.ellipse(sheet, (320, 395), (110, 18), 0, 0, 360, (40, 40, 44), -1)
    return sheet


def clock() -> Pixels:
    """A wall clock."""
    sheet = np.full((480, 640, 3), (230, 225, 215), np.uint8)
    cv2.circle(sheet, (320, 240), 200, (60, 40, 30), -1)
    cv2.circle(sheet, (320, 240), 185, (250, 250, 250), -1)
    for hour in range(12):
        angle, text = np.pi * hour / 6, str(hour or 12)
        place = (int(320 + 150 * np.sin(angle)) - 14 * len(text), int(252 - 150 * np.cos(angle)))
        cv2.putText(sheet, text, place, 0, 1.1, (0, 0, 0), 3)
    cv2.line(sheet, (320, 240), (320, 120), (0, 0, 0), 8)
    cv2.line(sheet, (320, 240), (400, 290), (0, 0, 0), 10)
    return sheet


def portrait(size: int = 200) -> Pixels:
    """A person from the chest up, shaded enough for a detector; three times `size` square."""
    side, unit = size * 3, float(size)
    sheet = np.full((side, side, 3), (120, 130, 140), np.float32)
    rows, columns = np.mgrid[0:side, 0:side].astype(np.float32)
    middle = side // 2

    def oval(right: float, down: float, wide: float, high: float) -> NDArray[np.float32]:
        across = (columns - middle - right * unit) / (wide * unit)
        along = (rows - middle - down * unit) / (high * unit)
        return np.asarray(across**2 + along**2, np.float32)

    def paint(shape: NDArray[np.float32], colour: tuple[int, int, int]) -> None:
        cover = np.clip((1 - shape) * 8, 0, 1)[..., None]
        sheet[:] = sheet * (1 - cover) + np.array(colour, np.float32) * cover

    def shade(shape: NDArray[np.float32], share: float) -> None:
        sheet[:] = sheet * (1 - np.exp(-shape * 1.3)[..., None] * share)

    paint(oval(0, -0.15, 0.85, 1.0), (45, 32, 25))
    paint(oval(0, 1.5, 1.2, 0.6), (60, 70, 110))
    paint(oval(0, 0.95, 0.32, 0.5), (175, 130, 105))
    paint(oval(0, 0.05, 0.66, 0.92), (214, 168, 140))
    for way in (-1, 1):
        shade(oval(way * 0.27, -0.11, 0.22, 0.15), 0.45)
        paint(oval(way * 0.27, -0.08, 0.125, 0.06), (235, 230, 225))
        paint(oval(way * 0.27, -0.08, 0.06, 0.06), (40, 28, 20))
        paint(oval(way * 0.27, -0.27, 0.18, 0.035), (55, 38, 28))
        shade(oval(way * 0.12, 0.27, 0.06, 0.05), 0.5)
    shade(oval(0.1, 0.1, 0.06, 0.25), 0.2)
    paint(oval(0, 0.5, 0.24, 0.075), (165, 80, 80))
    paint(oval(0, 0.495, 0.22, 0.012), (90, 35, 40))
    noise = np.random.default_rng(0).normal(0, 4, sheet.shape)
    return (cv2.GaussianBlur(sheet, (0, 0), 3) + noise).clip(0, 255).astype(np.uint8)


def item(
    label: str,
    left: float,
    top: float,
    width: float = 0.1,
    height: float = 0.1,
    *,
    confidence: float = 0.9,
) -> Item:
    """An item at a place."""
    return Item(label, Box(left, top, width, height), confidence, "test")
