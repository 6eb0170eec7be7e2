"""Looking through a camera: what changed is looked at again, and the scene stays stable."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from perception.seeing.tracking import Tracked
from perception.types import Scene, Snapshot

Newest = Callable[[float, float], Snapshot | None]
Look = Callable[[Snapshot], Iterator[Scene]]

GRID = (32, 24)
CHANGED_CELL = 14.0
CHANGED_CELLS = 6
CUT = 40.0
"""Of 255 on the mean: another scene; a look that is under way is dropped."""

REST_SECONDS = 0.25
AGAIN_SECONDS = 10.0
"""A scene that does not change is still looked at this often."""

WAIT_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class View:
    """A new picture and the scene that was last made out; `fresh` when the scene is new too.

    `looked` is the picture in which the scene was made out.
    """

    snapshot: Snapshot
    scene: Scene | None
    fresh: bool
    looked: Snapshot | None = None


def watch(
    newest: Newest, look: Look, paused: Callable[[], bool]
) -> Generator[View | None, None, None]:
    """What a camera sees, step by step: a `View` a picture, None where none came for 0.2 s.

    `newest` and `look` are those of a `Camera` and of `VisionPipeline`. Between two steps at most
    one piece of recognition runs (some 0.3 s). While `paused()` pictures go on and recognition
    rests. Close it to stop.
    """
    tracked, scene, fresh = Tracked(), None, False
    at = float("-inf")
    work: _Work | None = None
    looked: tuple[NDArray[np.float32], float] | None = None
    seen_in: Snapshot | None = None
    while True:
        busy = work is not None and not paused()
        snapshot = newest(at, 0.0 if busy else WAIT_SECONDS)
        if snapshot is not None:
            at, grid = snapshot.at, cells(snapshot)
            if work is not None and _is_cut(work.grid, grid):
                work.close()
                work = None
            if work is None and _is_due(looked, grid, at):
                work = _Work(look(snapshot), grid, snapshot)
        if work is not None and not paused() and work.step():
            if work.scene is not None:
                tracked = tracked.seen(work.scene)
                scene, fresh, seen_in = tracked.scene(work.scene), True, work.snapshot
            looked, work = (work.grid, at), None
        if snapshot is None:
            yield None
        else:
            yield View(snapshot, scene, fresh, seen_in)
            fresh = False


class _Work:
    """One look under way."""

    def __init__(
        self, scenes: Iterator[Scene], grid: NDArray[np.float32], snapshot: Snapshot
    ) -> None:
        self._scenes, self.grid, self.snapshot = scenes, grid, snapshot
        self.scene: Scene | None = None

    def step(self) -> bool:
        """Do one piece; True when that was the last."""
        following = next(self._scenes, None)
        if following is None:
            return True
        self.scene = following
        return False

    def close(self) -> None:
        """Drop it."""
        close = getattr(self._scenes, "close", None)
        if close is not None:
            close()


def cells(snapshot: Snapshot) -> NDArray[np.float32]:
    """A picture as 32 by 24 cells of brightness, 0 to 255."""
    import cv2

    small = cv2.resize(snapshot.pixels, GRID, interpolation=cv2.INTER_AREA)
    return np.asarray(small.astype(np.float32).mean(axis=2), np.float32)


def changed(before: NDArray[np.float32], now: NDArray[np.float32]) -> bool:
    """Whether something moved; a light that only dims or flickers changes all cells alike."""
    difference = now - before
    difference -= np.median(difference)
    return int((np.abs(difference) > CHANGED_CELL).sum()) >= CHANGED_CELLS


def _is_cut(before: NDArray[np.float32], now: NDArray[np.float32]) -> bool:
    return float(np.abs(now - before).mean()) > CUT


def _is_due(
    looked: tuple[NDArray[np.float32], float] | None, now: NDArray[np.float32], at: float
) -> bool:
    if looked is None:
        return True
    grid, when = looked
    since = at - when
    return since >= AGAIN_SECONDS or (since >= REST_SECONDS and changed(grid, now))
