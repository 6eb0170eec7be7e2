"""What was said and seen in the last two minutes. It lies in memory only and can be erased."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.events import RecentEvent
from agent.speech.replies import Replies
from perception.types import Item, Scene

KEPT_S = 120.0
_MOST = 200
_LONGEST = 600
_LABELS = 6


@dataclass(frozen=True, slots=True)
class _Noted:
    at: float
    who: str
    text: str


class RecentPast:
    """Notes from any thread; `now` is a monotonic clock."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._lock = now, threading.Lock()
        self._noted: deque[_Noted] = deque(maxlen=_MOST)
        self._view = ""

    def note(self, who: str, text: str) -> None:
        """Somebody said this just now: user, candor or room."""
        if plain := " ".join(text.split())[:_LONGEST]:
            with self._lock:
                self._noted.append(_Noted(self._now(), who, plain))

    def see(self, scene: Scene | None) -> None:
        """This is in view; it is noted where it is another thing than before."""
        view = in_view(scene) if scene else ""
        if view == self._view:
            return
        self._view = view
        self.note("scene", view)

    def moments(self) -> tuple[RecentEvent, ...]:
        """What there was, oldest first."""
        with self._lock:
            now = self._now()
            while self._noted and now - self._noted[0].at > KEPT_S:
                self._noted.popleft()
            return tuple(
                RecentEvent(now - noted.at, noted.who, noted.text) for noted in self._noted
            )

    def erase(self) -> None:
        """Forget all of it."""
        with self._lock:
            self._noted.clear()


def in_view(scene: Scene) -> str:
    """What a picture shows in a line, without places and certainties; empty where nothing."""
    people = len(scene.people)
    parts = [f"{people} {'person' if people == 1 else 'people'}"] if people else []
    parts += _labels(scene.things)
    if scene.texts:
        parts.append("text: " + ", ".join(_labels(scene.texts)))
    return ", ".join(parts)


def told(moments: Sequence[RecentEvent], words: Replies) -> str:
    """The moments as they are told or shown, one a line; the latest question is left out."""
    if not moments:
        return words.nothing
    by = {"user": words.user, "candor": words.candor, "room": words.room, "scene": words.scene}
    return "\n".join([words.begin, *(f"- {by[m.who].format(m.text)}" for m in moments)])


def _labels(items: Sequence[Item]) -> list[str]:
    return list(dict.fromkeys(item.label for item in items))[:_LABELS]
