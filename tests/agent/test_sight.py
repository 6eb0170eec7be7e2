"""The camera's thread: previews, the newest scene, trouble told once, off when closed."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from agent.camera_input import CameraInput, look_at
from agent.events import Failed, Preview
from perception.codes import PerceptionCode
from perception.messages import Notice, notice
from perception.picture import encode
from perception.seeing.eyes import VisionPipeline
from perception.types import Quality, Scene, Snapshot, UserError
from tests.engines import ScriptedEyes

Told = queue.SimpleQueue[Preview | Failed]


def _picture() -> bytes:
    return encode(Snapshot(np.full((90, 120, 3), 200, np.uint8), 0.0))


@pytest.fixture
def sight(tmp_path: Path) -> tuple[CameraInput, Told]:
    (tmp_path / "view.jpg").write_bytes(_picture())
    told: Told = queue.SimpleQueue()
    return CameraInput(lambda: cast(VisionPipeline, ScriptedEyes(["EXIT"])), told.put), told


def _until(told: Told, wanted: Callable[[Preview | Failed], bool]) -> Preview | Failed:
    while not wanted(event := told.get(timeout=30)):
        pass
    return event


def test_previews_and_the_newest_scene(sight: tuple[CameraInput, Told], tmp_path: Path) -> None:
    looking, told = sight
    looking.open(f"file:{tmp_path / 'view.jpg'}")
    event = _until(told, lambda e: isinstance(e, Preview) and e.scene is not None)
    assert isinstance(event, Preview) and event.jpeg[:2] == b"\xff\xd8"
    scene = looking.scene()
    assert scene is not None and scene.texts[0].label == "EXIT"
    looking.close()
    assert looking.scene() is None
    assert not any(t.name in {"look", "camera"} for t in threading.enumerate())


def test_a_camera_that_is_not_there_is_told(sight: tuple[CameraInput, Told]) -> None:
    looking, told = sight
    looking.open("file:/nowhere/at/all.avi")
    event = _until(told, lambda e: isinstance(e, Failed))
    assert isinstance(event, Failed) and event.message and event.hint
    looking.close()


def test_switching_off_never_waits_and_leaves_nothing(
    sight: tuple[CameraInput, Told], tmp_path: Path
) -> None:
    stuck, let_go = threading.Event(), threading.Event()

    def eyes() -> VisionPipeline:
        stuck.set()
        let_go.wait(30)
        return cast(VisionPipeline, ScriptedEyes(["EXIT"]))

    _, told = sight
    looking = CameraInput(eyes, told.put)
    source = f"file:{tmp_path / 'view.jpg'}"
    looking.open(source)
    assert stuck.wait(30)
    looking.open("")
    looking.open(source)
    looking.open("")
    let_go.set()
    looking.close()
    assert looking.scene() is None and told.empty()


def test_several_pictures_are_one_scene() -> None:
    eyes = cast(VisionPipeline, ScriptedEyes(["one"]))
    *_, scene = look_at(eyes, (_picture(), _picture()))
    assert [item.label for item in scene.texts] == ["one", "one"]


def test_a_broken_picture_is_told() -> None:
    eyes = cast(VisionPipeline, ScriptedEyes([]))
    with pytest.raises(UserError):
        list(look_at(eyes, (b"not a picture",)))


def test_a_reduced_picture_is_noted() -> None:
    eyes = cast(VisionPipeline, ScriptedEyes(["one"]))
    large = encode(Snapshot(np.full((10, 5000, 3), 200, np.uint8), 0.0))
    notes: list[Notice] = []
    list(look_at(eyes, (_picture(), large), notes.append))
    assert [note.message for note in notes] == [
        "The picture was reduced from 5000 × 10 to 4096 × 8 pixels."
    ]


def test_a_picture_that_was_given_is_not_to_be_moved_like_a_camera() -> None:
    class Cut(ScriptedEyes):
        def look(self, snapshot: Snapshot) -> Iterator[Scene]:
            for scene in super().look(snapshot):
                advice = notice(PerceptionCode.TEXT_CUT_OFF_LEFT)
                yield replace(scene, quality=Quality(0.5, 1.0, advice))

    *_, scene = look_at(cast(VisionPipeline, Cut(["one"])), (_picture(),))
    assert scene.quality.advice is not None
    assert "camera" not in str(scene.quality.advice) and "left" in str(scene.quality.advice)
