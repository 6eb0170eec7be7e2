"""Pictures from a camera, a file or the network; only the newest is kept."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs

import numpy as np

from perception.codes import PerceptionCode
from perception.picture import open_picture
from perception.types import Pixels, Snapshot, UserError

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif"})
STILLS_A_SECOND = 2.0
USUAL_RATE, FASTEST_RATE = 25.0, 120.0
OPEN_MS, READ_MS = 5000, 5000
FIRST_WAIT, LONGEST_WAIT = 0.5, 5.0
CLOSE_SECONDS = 2.0
_HINT = "Use camera:0, a device such as /dev/video0, file:clip.avi?loop=1, or an http or rtsp URL."


@dataclass(frozen=True, slots=True)
class CameraSource:
    """Where pictures come from: a `camera` (number or device path), a `file` or a `stream`."""

    kind: Literal["camera", "file", "stream"]
    where: str
    loop: bool = False


def parse_source(text: str) -> CameraSource:
    """A source from its one string; UserError when it is none.

    `camera:0`, `/dev/video0`, `file:clip.avi?loop=1`, `file:picture.jpg`, `http://…`, `rtsp://…`.
    """
    text = text.strip()
    kind, _, rest = text.partition(":")
    if kind.lower() in ("http", "https", "rtsp", "rtsps") and rest.startswith("//"):
        return CameraSource("stream", text)
    if kind.lower() == "camera" and rest.strip().isdecimal():
        return CameraSource("camera", rest.strip())
    if kind.lower() == "file" and rest:
        path, _, options = rest.partition("?")
        loop = parse_qs(options).get("loop", ["0"])[-1] not in ("0", "no", "false", "")
        return CameraSource("file", path.removeprefix("//"), loop)
    if text.startswith("/dev/"):
        return CameraSource("camera", text)
    raise UserError(PerceptionCode.NOT_A_CAMERA, text=text[:80])


class Camera:
    """Takes pictures in a thread of its own, which overwrites one slot.

    A source that is lost is opened again, with growing pauses; `trouble` says so in the meantime.
    A file that does not loop ends with its last picture in the slot (`ended`).
    """

    def __init__(self, source: str) -> None:
        self.source = parse_source(source)
        self.ended = False
        self._newest: Snapshot | None = None
        self._trouble: UserError | None = None
        self._broken: Exception | None = None
        self._arrived = threading.Condition()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

    @property
    def trouble(self) -> UserError | None:
        """Why there are no pictures at the moment, or None."""
        with self._arrived:
            return self._trouble

    def newest(self, after: float, timeout: float) -> Snapshot | None:
        """The newest picture taken after monotonic time `after`, or None within `timeout` seconds.

        Returns at once when the camera is closed.
        """
        with self._arrived:
            self._arrived.wait_for(lambda: self._stop.is_set() or self._later(after), timeout)
            if self._broken is not None:
                raise self._broken
            return self._newest if self._later(after) else None

    def close(self) -> None:
        """End. A source that hangs is left behind after two seconds; it ends by itself."""
        self._stop.set()
        with self._arrived:
            self._arrived.notify_all()
        if threading.current_thread() is not self._thread:
            self._thread.join(CLOSE_SECONDS)

    def _later(self, after: float) -> bool:
        return self._newest is not None and self._newest.at > after

    def _put(self, snapshot: Snapshot) -> None:
        with self._arrived:
            self._newest, self._trouble = snapshot, None
            self._arrived.notify_all()

    def _fail(self, error: UserError) -> None:
        with self._arrived:
            self._trouble = error
            self._arrived.notify_all()

    def _run(self) -> None:
        wait = FIRST_WAIT
        while not self._stop.is_set():
            try:
                with closing(_frames(self.source, self._stop)) as frames:
                    for snapshot in frames:
                        self._put(snapshot)
                        wait = FIRST_WAIT
                self.ended = True
                return
            except UserError as error:
                self._fail(error)
            except Exception as error:
                # Raised where the pictures are asked for: a thread that dies unseen helps nobody.
                self._broken = error
                self.close()
                return
            self._stop.wait(wait)
            wait = min(wait * 2, LONGEST_WAIT)


def _frames(source: CameraSource, stop: threading.Event) -> Generator[Snapshot, None, None]:
    """Pictures until the source ends; UserError when it cannot be opened or is lost."""
    if source.kind == "file" and Path(source.where).suffix.lower() in PICTURES:
        yield from _still(Path(source.where), stop)
        return
    capture = _open(source)
    try:
        if source.kind == "file":
            yield from _clip(capture, source, stop)
        else:
            yield from _live(capture, source, stop)
    finally:
        capture.release()


def _still(file: Path, stop: threading.Event) -> Generator[Snapshot, None, None]:
    """One picture again and again, as a camera that shows it would."""
    picture = open_picture(file, 0.0)
    while not stop.is_set():
        yield Snapshot(picture.pixels, time.monotonic(), picture.note)
        stop.wait(1 / STILLS_A_SECOND)


def _live(
    capture: Any, source: CameraSource, stop: threading.Event
) -> Generator[Snapshot, None, None]:
    while not stop.is_set():
        there, frame = capture.read()
        if stop.is_set():
            return
        if not there:
            raise UserError(PerceptionCode.CAMERA_LOST, where=source.where)
        yield Snapshot(_rgb(frame), time.monotonic())


def _clip(
    capture: Any, source: CameraSource, stop: threading.Event
) -> Generator[Snapshot, None, None]:
    """A video at its own pace; frames that are late are passed over."""
    import cv2

    rate = float(capture.get(cv2.CAP_PROP_FPS))
    rate = rate if 1 <= rate <= FASTEST_RATE else USUAL_RATE
    due, shown = time.monotonic(), 0
    while not stop.is_set():
        there = capture.grab()
        if not there:
            if not source.loop or not shown:
                break
            capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
            shown = 0
            continue
        shown += 1
        due += 1 / rate
        if time.monotonic() > due and shown > 1:
            continue
        there, frame = capture.retrieve()
        if there:
            yield Snapshot(_rgb(frame), time.monotonic())
        stop.wait(max(0.0, due - time.monotonic()))
    if not shown and not stop.is_set():
        raise _unopened(source)


def _open(source: CameraSource) -> Any:
    import cv2

    # What OpenCV prints about a missing camera is said by us, in a sentence.
    log: Any = cv2.utils.logging
    log.setLogLevel(log.LOG_LEVEL_SILENT)
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    if source.kind == "file" and not Path(source.where).is_file():
        raise UserError(PerceptionCode.VIDEO_MISSING, where=source.where)
    if source.kind == "stream":
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_MS]
        capture = cv2.VideoCapture(source.where, cv2.CAP_FFMPEG, limits)
    elif source.where.isdecimal():
        capture = cv2.VideoCapture(int(source.where))
    else:
        capture = cv2.VideoCapture(source.where)
    if not capture.isOpened():
        capture.release()
        raise _unopened(source)
    return capture


def _unopened(source: CameraSource) -> UserError:
    if source.kind == "file":
        return UserError(PerceptionCode.NOT_A_VIDEO, where=source.where)
    if source.kind == "stream":
        return UserError(PerceptionCode.NOTHING_ANSWERS, where=source.where)
    # People count from one.
    name = str(int(source.where) + 1) if source.where.isdecimal() else source.where
    return UserError(PerceptionCode.CAMERA_NOT_OPENED, where=name)


def _rgb(frame: Any) -> Pixels:
    return np.ascontiguousarray(frame[:, :, ::-1], np.uint8)
