"""Sources of pictures: files, a stream over loopback, and all that can go wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from perception.camera import Camera, CameraSource, parse_source
from perception.looking import (
    CUT,
    View,
    cells,
    changed,
    watch,
)
from perception.picture import encode
from perception.types import (
    Quality,
    Scene,
    Snapshot,
    UserError,
)
from tests.waiting import until

PATIENCE = 20.0


def _grey(value: int) -> Snapshot:
    return Snapshot(np.full((48, 64, 3), value, np.uint8), 0.0)


def _clip(file: Path, frames: int = 6, rate: float = 20.0) -> Path:
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), rate, (64, 48))
    for number in range(frames):
        writer.write(np.full((48, 64, 3), 20 + 30 * number, np.uint8))
    writer.release()
    return file


@contextmanager
def _opened(source: str) -> Iterator[Camera]:
    camera = Camera(source)
    try:
        yield camera
    finally:
        camera.close()


def _trouble(camera: Camera) -> UserError:
    assert until(lambda: camera.trouble is not None, PATIENCE)
    assert camera.trouble is not None
    return camera.trouble


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("camera:0", CameraSource("camera", "0")),
        (" /dev/video2 ", CameraSource("camera", "/dev/video2")),
        ("file:clip.avi?loop=1", CameraSource("file", "clip.avi", True)),
        ("file:clip.avi?loop=0", CameraSource("file", "clip.avi")),
        ("file:C:\\my pictures\\a.jpg", CameraSource("file", "C:\\my pictures\\a.jpg")),
        ("file:///home/a/b.png", CameraSource("file", "/home/a/b.png")),
        ("rtsp://10.0.0.2/live?x=1", CameraSource("stream", "rtsp://10.0.0.2/live?x=1")),
        ("http://127.0.0.1:1/a.mjpg", CameraSource("stream", "http://127.0.0.1:1/a.mjpg")),
    ],
)
def test_a_source_is_one_string(text: str, source: CameraSource) -> None:
    assert parse_source(text) == source


@pytest.mark.parametrize("text", ["", "camera:", "camera:front", "file:", "ftp://a/b", "0\x00"])
def test_what_is_no_source_is_said(text: str) -> None:
    with pytest.raises(UserError, match="not a camera"):
        Camera(text)


def test_a_picture_is_shown_again_and_again(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(encode(_grey(90)))
    with _opened(f"file:{tmp_path / 'a.jpg'}") as camera:
        first = camera.newest(0.0, PATIENCE)
        assert first is not None and abs(int(first.pixels.mean()) - 90) < 3
        second = camera.newest(first.at, PATIENCE)
        assert second is not None and second.at > first.at


def test_a_clip_runs_to_its_end_in_order(tmp_path: Path) -> None:
    with _opened(f"file:{_clip(tmp_path / 'a.avi')}") as camera:
        seen: list[int] = []
        at = 0.0
        while not camera.ended:
            frame = camera.newest(at, 0.2)
            if frame is not None:
                at = frame.at
                seen.append(int(frame.pixels.mean()))
        assert len(seen) >= 2 and seen == sorted(seen)
        assert camera.trouble is None


def test_a_clip_that_loops_begins_again(tmp_path: Path) -> None:
    with _opened(f"file:{_clip(tmp_path / 'a.avi')}?loop=1") as camera:
        at, means = 0.0, [0]
        end = time.monotonic() + PATIENCE
        while not any(b < a for a, b in pairwise(means)):
            frame = camera.newest(at, 0.5)
            assert time.monotonic() < end
            if frame is not None:
                at = frame.at
                means.append(int(frame.pixels.mean()))
        assert not camera.ended


def test_only_the_newest_frame_is_kept(tmp_path: Path) -> None:
    with _opened(f"file:{_clip(tmp_path / 'a.avi', 8, 40.0)}") as camera:
        assert until(lambda: camera.ended, PATIENCE)
        frame = camera.newest(0.0, 0.0)
        assert frame is not None and frame.pixels.mean() > 200
        assert camera.newest(frame.at, 0.0) is None


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("camera:63", "cannot be opened"),
        ("file:/nowhere/a.avi", "no file"),
        ("file:/nowhere/a.jpg", "cannot be read"),
        ("http://127.0.0.1:9/a.mjpg", "Nothing answers"),
    ],
)
def test_a_source_that_is_not_there_is_said(source: str, message: str) -> None:
    with _opened(source) as camera:
        trouble = _trouble(camera)
        assert message in trouble.message and trouble.hint
        assert camera.newest(0.0, 0.0) is None


def test_a_text_file_is_no_video(tmp_path: Path) -> None:
    (tmp_path / "a.avi").write_text("no film")
    with _opened(f"file:{tmp_path / 'a.avi'}") as camera:
        assert "not a video" in _trouble(camera).message


def test_a_lost_source_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    with _opened(f"file:{file}") as camera:
        _trouble(camera)
        draft = tmp_path / "draft"
        draft.write_bytes(encode(_grey(90)))
        draft.rename(file)
        assert camera.newest(0.0, PATIENCE) is not None
        assert camera.trouble is None


def test_a_stream_is_shown_and_its_end_is_said() -> None:
    class Stream(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            self.end_headers()
            for number in range(40):
                data = encode(_grey(60 + number))
                head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(data)}\r\n\r\n"
                self.wfile.write(head.encode() + data + b"\r\n")

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Stream) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with _opened(f"http://127.0.0.1:{server.server_port}/a.mjpg") as camera:
            frame = camera.newest(0.0, PATIENCE)
            assert frame is not None and 50 < frame.pixels.mean() < 110
            assert "no more pictures" in _trouble(camera).message
        server.shutdown()


def test_what_changed_is_told_from_a_light_that_dims() -> None:
    before = np.random.default_rng(0).integers(0, 200, (240, 320, 3)).astype(np.uint8)
    dimmed, moved = (before * 0.97).astype(np.uint8), before.copy()
    moved[60:140, 80:200] = 255
    grids = [cells(Snapshot(pixels, 0.0)) for pixels in (before, dimmed, moved)]
    assert not changed(grids[0], grids[1]) and changed(grids[0], grids[2])


def _scene(at: float) -> Scene:
    return Scene((), (), (), (), (), "", Quality(0.5, 1.0), at)


class _Tape:
    """Frames one by one; what looks at them does it in three steps."""

    def __init__(self, values: list[int]) -> None:
        self.values, self.looked, self.dropped = values, list[int](), 0

    def newest(self, after: float, timeout: float) -> Snapshot | None:
        if not self.values:
            return None
        pixels = np.full((48, 64, 3), self.values.pop(0), np.uint8)
        pixels[:24] = 255 - pixels[:24]
        return Snapshot(pixels, max(after, 0.0) + 1.0)

    def look(self, snapshot: Snapshot) -> Iterator[Scene]:
        try:
            for _ in range(3):
                yield _scene(snapshot.at)
        except GeneratorExit:
            self.dropped += 1
            raise
        self.looked.append(int(snapshot.pixels[40, 0, 0]))


def _watched(tape: _Tape, steps: int, paused: bool = False) -> list[View | None]:
    views = watch(tape.newest, tape.look, lambda: paused)
    taken = [next(views) for _ in range(steps)]
    views.close()
    return taken


def test_a_still_scene_is_looked_at_once() -> None:
    tape = _Tape([50] * 9)
    views = _watched(tape, 9)
    assert tape.looked == [50]
    assert [view.fresh for view in views if view is not None].count(True) == 1
    assert views[-1] is not None and views[-1].scene is not None


def test_a_change_is_looked_at_and_a_cut_drops_the_look() -> None:
    tape = _Tape([10] * 6 + [30] * 6)
    _watched(tape, 12)
    assert tape.looked == [10, 30]
    tape = _Tape([10, 10, 10 + int(CUT) * 2, 90, 90, 90, 90, 90])
    _watched(tape, 8)
    assert tape.looked == [90] and tape.dropped == 1


def test_pictures_go_on_while_recognition_rests() -> None:
    tape = _Tape([10, 90, 10, 90])
    views = _watched(tape, 5, paused=True)
    assert [view is not None for view in views] == [True] * 4 + [False]
    assert tape.looked == []
