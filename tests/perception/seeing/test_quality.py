"""A picture that cannot be used is said so, with what to do about it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from perception.codes import PerceptionCode as Code
from perception.messages import notice
from perception.seeing.quality import aim, assess
from perception.types import Pixels, Quality, Snapshot
from tests.perception.seeing.drawing import (
    item,
    monitor,
    plain,
    shot,
    written,
)


def _blurred(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), 4), np.uint8)


@pytest.mark.parametrize(
    ("pixels", "code"),
    [
        (plain(1, 1), Code.PICTURE_TOO_SMALL),
        (plain(640, 480, 2), Code.PICTURE_BLACK),
        (plain(), Code.PICTURE_OF_ONE_COLOUR),
        ((monitor() * 0.2).astype(np.uint8), Code.PICTURE_DARK),
        (_blurred(monitor()), Code.PICTURE_BLURRED),
    ],
)
def test_advice(pixels: Pixels, code: Code) -> None:
    advice = assess(shot(pixels)).advice
    assert advice is not None and advice.code == code


def test_a_good_picture_needs_no_advice() -> None:
    quality = assess(shot(monitor()))
    assert quality.advice is None and 0.3 < quality.brightness < 0.8 and quality.sharpness > 50


def test_a_dark_screen_with_bright_letters_is_not_dark() -> None:
    assert assess(shot(written([(50, 50, "$ ls")], ink=230, paper=10))).advice is None


def test_a_reduced_picture_says_so() -> None:
    reduced = notice(Code.PICTURE_REDUCED, shown="9 × 9", width=8, height=8)
    assert assess(Snapshot(monitor(), 0.0, reduced)).advice == reduced


def test_text_tells_how_to_aim() -> None:
    good = Quality(0.5, 500.0)
    small = [item("l1ttl3 t3xt", 0.4, 0.4, 0.05, 0.006, confidence=0.6)]
    cut = [item("the begin", 0.5, 0.1 * n, 0.5, 0.05) for n in range(3)]
    assert aim(good, small).advice == notice(Code.TEXT_TOO_SMALL)
    assert aim(good, cut).advice == notice(Code.TEXT_CUT_OFF_RIGHT)
    assert aim(good, [item("EXIT", 0.3, 0.3, 0.4)]).advice is None
    assert aim(good, ()) == good


def test_text_that_was_read_proves_that_the_picture_is_sharp() -> None:
    blurred = Quality(0.5, 5.0, notice(Code.PICTURE_BLURRED))
    assert aim(blurred, [item("EXIT", 0.3, 0.3, 0.4, confidence=0.97)]).advice is None
    assert aim(blurred, [item("FX1T", 0.3, 0.3, 0.4, confidence=0.6)]) == blurred
