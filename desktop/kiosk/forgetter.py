"""Forgetting a visit in a thread, so that the page says so meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

_log = logging.getLogger("candor.processes")


class Forgetter(QObject):
    """Begins visits and forgets them. `done` carries the receipt, and whether it is one."""

    done = Signal(str, bool)
    _ended = Signal(str, bool)

    def __init__(self, begin_visit: Callable[[], Callable[[], str]], parent: QObject) -> None:
        super().__init__(parent)
        self._begin_visit = begin_visit
        self._forget: Callable[[], str] | None = None
        self.working = False
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """A visit begins."""
        try:
            self._forget = self._begin_visit()
        except Exception as error:
            # The visitor is served all the same, and told at the end that nothing is proven.
            _log.exception("the visit has no key: %s", error)
            self._forget = _unproven

    def forget(self) -> None:
        """The visit is over; `done` follows."""
        forget, self._forget = self._forget, None
        self.working = True
        threading.Thread(target=self._run, args=(forget,), name="forget", daemon=True).start()

    def _run(self, forget: Callable[[], str] | None) -> None:
        try:
            line = forget() if forget is not None else ""
        except Exception as error:
            _log.exception("the visit was not forgotten for certain: %s", error)
            self._ended.emit("", False)
        else:
            self._ended.emit(line, True)

    def _finish(self, line: str, proven: bool) -> None:
        self.working = False
        self.done.emit(line, proven)


def _unproven() -> str:
    raise RuntimeError("the visit never had a key")
