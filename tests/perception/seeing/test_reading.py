"""Reading with the real networks, on pages that are drawn here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from perception.picture import open_picture
from perception.seeing.reading import Reader
from perception.types import Pixels
from tests.perception.seeing.drawing import plain, shot, written

pytestmark = pytest.mark.slow

DATA = Path(__file__).parent / "data"
LEFT = ("The train left before seven", "and the lamps were still on", "along the empty streets")
RIGHT = ("Nobody had lost a glove so", "the conductor went away to", "drink his tea with lemon")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    yield Reader(2)


def _columns() -> Pixels:
    lines = [(40, 40 + 44 * n, text) for n, text in enumerate(LEFT)]
    lines += [(500, 40 + 44 * n, text) for n, text in enumerate(RIGHT)]
    return written(lines, 940, 260, 28)


def _text(reader: Reader, pixels: Pixels) -> list[str]:
    return [line.label for line in reader.find(shot(pixels))]


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_columns_are_read_whichever_way_up(reader: Reader, quarters: int) -> None:
    assert _text(reader, np.rot90(_columns(), quarters)) == [*LEFT, *RIGHT]


def test_a_slanted_page(reader: Reader) -> None:
    sheet = written([(60, 60 + 60 * n, text) for n, text in enumerate(LEFT)], 640, 320)
    turn = cv2.getRotationMatrix2D((320, 160), 9, 1)
    slanted = cv2.warpAffine(sheet, turn, (640, 320), borderValue=(235, 235, 235))
    assert _text(reader, np.asarray(slanted, np.uint8)) == list(LEFT)


def test_rows_of_a_receipt_stay_together(reader: Reader) -> None:
    rows = (("Milk", "3.49"), ("Wholemeal bread", "2.80"), ("Eggs", "5.15"), ("TOTAL", "11.44"))
    cells = [(30, 30 + 50 * n, name) for n, (name, _) in enumerate(rows)]
    cells += [(380, 30 + 50 * n, price) for n, (_, price) in enumerate(rows)]
    assert _text(reader, written(cells, 480, 260, 26)) == [" ".join(row) for row in rows]


def test_boxes_lie_where_the_text_is_also_when_it_is_turned(reader: Reader) -> None:
    sheet = written([(60, 40, "EXIT ONLY")], 640, 480, 48)
    (upright,) = reader.find(shot(sheet))
    assert 0.05 < upright.box.left < 0.12 and upright.box.top < 0.15
    (turned,) = reader.find(shot(np.rot90(sheet, 2)))
    assert turned.label == "EXIT ONLY"
    assert turned.box.left + turned.box.width == pytest.approx(1 - upright.box.left, abs=0.02)


def test_chinese(reader: Reader) -> None:
    pixels = open_picture(DATA / "label_zh.png", 0.0).pixels
    assert _text(reader, pixels) == ["每日三次，饭后服用。", "请放在儿童不易接触处"]


def test_chinese_in_columns_from_the_right(reader: Reader) -> None:
    pixels = open_picture(DATA / "columns_zh.png", 0.0).pixels
    assert _text(reader, pixels) == ["清晨的火车在七点", "离开车站"]


@pytest.mark.parametrize(("width", "height", "size"), [(130, 22, 13), (1500, 40, 24)])
def test_strips_and_small_print(reader: Reader, width: int, height: int, size: int) -> None:
    assert _text(reader, written([(6, 2, "Way out")], width, height, size)) == ["Way out"]


def test_small_text_in_a_large_picture_is_looked_at_twice(reader: Reader) -> None:
    sheet = written([(900, 500, "Open the side door"), (900, 520, "and wait")], 2200, 1200, 14)
    assert _text(reader, sheet) == ["Open the side door", "and wait"]


def test_nothing_is_read_where_nothing_is_written(reader: Reader) -> None:
    assert _text(reader, plain()) == []
    noise = np.random.default_rng(1).integers(0, 255, (300, 400, 3)).astype(np.uint8)
    assert _text(reader, noise) == []


def test_reading_grows_and_can_be_stopped(reader: Reader) -> None:
    steps = reader.steps(shot(_columns()))
    counts = [len(next(steps)) for _ in range(4)]
    steps.close()
    assert counts == [0, 0, 1, 2]
