"""All recognisers together, and the camera in front of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, pairwise
from pathlib import Path

import cv2
import pytest

from perception.camera import Camera
from perception.fusion import describe, evidence
from perception.looking import View, watch
from perception.picture import encode
from perception.seeing.eyes import VisionPipeline
from tests.perception.seeing.drawing import (
    monitor,
    plain,
    portrait,
    shot,
    written,
)


@pytest.fixture(scope="module")
def eyes(models: Callable[[str], Path]) -> Iterator[VisionPipeline]:
    yield VisionPipeline(models("centerface"), models("efficientnet-lite0"), 2)


def test_a_scene_grows_and_nothing_that_was_seen_is_lost(eyes: VisionPipeline) -> None:
    sheet = written([(40, 40, "Room 12"), (40, 100, "Do not enter")], 800, 600)
    sheet[250:550, 450:750] = cv2.resize(portrait(), (300, 300), interpolation=cv2.INTER_AREA)
    scenes = list(eyes.look(shot(sheet, 7.0)))
    assert [text.label for text in scenes[-1].texts] == ["Room 12", "Do not enter"]
    assert len(scenes[-1].people) == 1 and scenes[-1].at == 7.0
    assert all(len(a.texts) <= len(b.texts) for a, b in pairwise(scenes))
    told = describe(evidence(None, scenes[-1]))
    assert '"Room 12 / Do not enter"' in told and "1 person: right" in told


def test_things_are_told_with_their_place(eyes: VisionPipeline) -> None:
    scene = list(eyes.look(shot(monitor())))[-1]
    assert "1 computer monitor: middle" in describe(evidence(None, scene))


def test_a_picture_of_one_pixel_is_said_to_be_too_small(eyes: VisionPipeline) -> None:
    (scene,) = eyes.look(shot(plain(1, 1)))
    assert "too small to see anything" in describe(evidence(None, scene))


def test_looking_can_be_stopped_between_any_two_steps(eyes: VisionPipeline) -> None:
    picture = shot(written([(40, 40, "Room 12")]))
    for steps in range(1, 8):
        look = eyes.look(picture)
        list(islice(look, steps))
        look.close()
    assert list(eyes.look(picture))[-1].texts[0].label == "Room 12"


def test_a_camera_that_shows_a_picture(eyes: VisionPipeline, tmp_path: Path) -> None:
    file = tmp_path / "door.jpg"
    file.write_bytes(encode(shot(written([(40, 40, "Room 12")]))))
    camera = Camera(f"file:{file}")
    views = watch(camera.newest, eyes.look, lambda: False)
    fresh = next(view for view in views if view is not None and view.fresh)
    views.close()
    camera.close()
    assert isinstance(fresh, View) and fresh.scene is not None
    assert [text.label for text in fresh.scene.texts] == ["Room 12"]
