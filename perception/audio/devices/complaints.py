"""Reports of device trouble: each is told once, until it is over."""

from __future__ import annotations

from collections.abc import Callable

from perception.audio.ipc.messages import Trouble
from perception.messages import Notice


class TroubleReports:
    """The device trouble of the moment, by subject. Not for several threads."""

    def __init__(self, tell: Callable[[Trouble], None]) -> None:
        self._tell = tell
        self._open: dict[str, list[Notice]] = {}

    def make(self, subject: str, told: Notice) -> None:
        """Tell this, unless it was told since the subject was last well."""
        known = self._open.setdefault(subject, [])
        if told not in known:
            known.append(told)
            self._tell(Trouble(told))

    def solved(self, subject: str) -> None:
        """The subject is well again."""
        self._open.pop(subject, None)
