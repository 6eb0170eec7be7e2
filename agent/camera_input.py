"""Camera input: the pictures of a question, or the camera's newest scene."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from agent.codes import AgentCode
from agent.events import Failed, Preview
from agent.threads import Broken, not_told, start
from perception.camera import Camera
from perception.looking import View, watch
from perception.messages import Notice, notice
from perception.picture import decode, encode
from perception.seeing.eyes import VisionPipeline
from perception.seeing.quality import of_given
from perception.types import Scene, Snapshot, UserError

_log = logging.getLogger("candor.camera")
_PREVIEW_SECONDS = 0.1
_PREVIEW_PIXELS = 640
_PREVIEW_QUALITY = 70
_STALE_SECONDS = 15.0


def look_at(
    eyes: VisionPipeline,
    pictures: Sequence[bytes],
    note: Callable[[Notice], None] = lambda told: None,
) -> Iterator[Scene]:
    """The growing scene of one or more pictures (encoded files).

    `note` is told what was done to a picture before anyone looked. UserError when one of them
    cannot be read.
    """
    seen: Scene | None = None
    for number, data in enumerate(pictures, start=1):
        name = "picture" if len(pictures) == 1 else f"picture {number}"
        snapshot = decode(data, time.monotonic(), name)
        if snapshot.note:
            note(snapshot.note)
        scene = None
        for looked in eyes.look(snapshot):
            scene = replace(looked, quality=of_given(looked.quality))
            yield scene if seen is None else _joined(seen, scene)
        if scene is not None:
            seen = scene if seen is None else _joined(seen, scene)


def _joined(first: Scene, second: Scene) -> Scene:
    quality = first.quality if first.quality.advice else second.quality
    return Scene(
        people=first.people + second.people,
        things=first.things + second.things,
        texts=first.texts + second.texts,
        codes=first.codes + second.codes,
        tags=first.tags + second.tags,
        caption=" ".join(filter(None, (first.caption, second.caption))),
        quality=quality,
        at=second.at,
    )


class _CameraSession:
    """One camera from on to off: what it saw last goes with it."""

    def __init__(self) -> None:
        self.off = threading.Event()
        self.scene: Scene | None = None
        self.looked: Snapshot | None = None


class CameraInput:
    """The camera input: analyses in a thread of its own, keeps the newest scene, sends previews."""

    def __init__(
        self,
        eyes: Callable[[], VisionPipeline],
        emit: Callable[[Preview | Failed], None],
        broken: Broken = not_told,
    ) -> None:
        self._eyes, self._emit, self._broken = eyes, emit, broken
        self._thread: threading.Thread | None = None
        self._now = _CameraSession()
        self._busy = threading.Event()

    def open(self, source: str) -> None:
        """Look through this source, and no other; an empty one is off. Never blocks."""
        self._now.off.set()
        self._now = _CameraSession()
        if source:
            run = partial(self._run, source, self._now, self._thread)
            self._thread = start("look", run, self._broken)

    def scene(self) -> Scene | None:
        """What is in view now, or None when the camera is off or has shown nothing lately."""
        scene = self._now.scene
        return scene if scene and time.monotonic() - scene.at < _STALE_SECONDS else None

    def looked_at(self, scene: Scene) -> Snapshot | None:
        """The picture in which this scene was made out; None where it is no longer here."""
        now = self._now
        return now.looked if now.scene is scene else None

    def pause(self, on: bool) -> None:
        """Leave the cores to a turn; pictures go on."""
        (self._busy.set if on else self._busy.clear)()

    def close(self) -> None:
        """Switch the camera off, and wait until it is."""
        self.open("")
        if self._thread is not None:
            self._thread.join(5)
        self._thread = None

    def _run(self, source: str, now: _CameraSession, before: threading.Thread | None) -> None:
        if before is not None:
            before.join()  # most cameras let only one in
        if now.off.is_set():
            return
        try:
            camera = Camera(source)
            try:
                self._watch(camera, now)
            finally:
                camera.close()
        except UserError as error:
            self._emit(Failed("", error.notice))
        except Exception as error:
            _log.exception("looking failed")
            told = notice(AgentCode.CAMERA_STOPPED, kind=type(error).__name__)
            self._emit(Failed("", told))

    def _watch(self, camera: Camera, now: _CameraSession) -> None:
        told: Notice | None = None
        shown = 0.0
        for view in watch(camera.newest, self._eyes().look, self._busy.is_set):
            if now.off.is_set():
                return
            trouble = camera.trouble
            if trouble is not None and trouble.notice != told:
                told = trouble.notice
                self._emit(Failed("", trouble.notice))
            if view is not None:
                told = None
                now.scene, now.looked = view.scene or now.scene, view.looked or now.looked
                shown = self._show(view, shown)

    def _show(self, view: View, shown: float) -> float:
        now = time.monotonic()
        if now - shown < _PREVIEW_SECONDS:
            return shown
        self._emit(Preview(encode(view.snapshot, _PREVIEW_QUALITY, _PREVIEW_PIXELS), view.scene))
        return now
