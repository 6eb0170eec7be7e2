"""The facts that the window speaks of: where answers come from, what is fetched, what is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from agent.events import Ready


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so at one moment. `ready` is None while no model is known to answer.

    `fetching` names those who fetch from the network; `camera` is the source in use, empty for
    off. `keep_days` is after how many days chats are deleted, 0 for never.
    """

    ready: Ready | None = None
    loading: str = ""
    fetching: frozenset[str] = frozenset()
    camera: str = ""
    private: bool = False
    keep_days: int = 0

    @property
    def server(self) -> str | None:
        """The server that answers: "" is this computer, None not known."""
        return None if self.ready is None else self.ready.server

    @property
    def camera_address(self) -> str:
        """The computer whose camera is looked through over the network; empty for none."""
        parts = urlsplit(self.camera)
        return parts.hostname or "" if parts.scheme in ("http", "https", "rtsp") else ""

    @property
    def connected(self) -> bool:
        """Whether anything goes to or comes from another program over the network."""
        return bool(self.server or self.fetching or self.camera_address)


class FactBoard:
    """The one place that knows the facts now; whoever follows it is told each change."""

    def __init__(self) -> None:
        self._now = Facts()
        self._followers = list[Callable[[Facts], None]]()

    @property
    def now(self) -> Facts:
        """The facts as they are."""
        return self._now

    def follow(self, tell: Callable[[Facts], None]) -> None:
        """Call `tell` with the facts now, and again after each change."""
        self._followers.append(tell)
        tell(self._now)

    def set_ready(self, ready: Ready | None) -> None:
        """A model answers, or none is known to."""
        self._set(replace(self._now, ready=ready))

    def set_loading(self, note: str) -> None:
        """What is being loaded; what answers is said anew after it. Empty ends it."""
        ready = None if note else self._now.ready
        self._set(replace(self._now, loading=note, ready=ready))

    def set_fetching(self, on: bool, who: str = "models") -> None:
        """Somebody fetches from the network, or no longer."""
        others = self._now.fetching - {who}
        self._set(replace(self._now, fetching=others | {who} if on else others))

    def set_camera(self, source: str) -> None:
        """The camera is looked through; an empty source is off."""
        self._set(replace(self._now, camera=source))

    def set_kept(self, *, private: bool, keep_days: int) -> None:
        """What becomes of the chat that is open."""
        self._set(replace(self._now, private=private, keep_days=keep_days))

    def _set(self, facts: Facts) -> None:
        if facts != self._now:
            self._now = facts
            for tell in self._followers:
                tell(facts)
