"""Says each trouble once, until it is over."""

from __future__ import annotations

from collections.abc import Callable

from perception.audio.ipc.messages import Trouble


class Complaints:
    """What is wrong now, by subject. Not for several threads."""

    def __init__(self, tell: Callable[[Trouble], None]) -> None:
        self._tell = tell
        self._open: dict[str, set[str]] = {}

    def make(self, subject: str, message: str, hint: str) -> None:
        """Tell this, unless it was told since the subject was last well."""
        told = self._open.setdefault(subject, set())
        if message not in told:
            told.add(message)
            self._tell(Trouble(message, hint))

    def solved(self, subject: str) -> None:
        """The subject is well again."""
        self._open.pop(subject, None)
