"""Forgetting a visit in a thread, so that the page says so meanwhile."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

_LOOK_MS = 50
_log = logging.getLogger("candor.processes")


class Forgetter(QObject):
    """Begins visits and forgets them. `done` carries the receipt, and whether it is one."""

    done = Signal(str, bool)

    def __init__(self, begin_visit: Callable[[], Callable[[], str]], parent: QObject) -> None:
        super().__init__(parent)
        self._begin_visit = begin_visit
        self._forget: Callable[[], str] | None = None
        # Asked for and not sent: a thread must not touch a widget's object, which may be gone.
        self._came: queue.SimpleQueue[tuple[str, bool]] = queue.SimpleQueue()
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)

    @property
    def working(self) -> bool:
        """Whether a visit is being forgotten."""
        return self._looking.isActive()

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
        forget, self._forget = self._forget or _nothing, None
        work = partial(_run, forget, self._came)
        threading.Thread(target=work, name="forget", daemon=True).start()
        self._looking.start()

    def _look(self) -> None:
        with contextlib.suppress(queue.Empty):
            line, proven = self._came.get_nowait()
            self._looking.stop()
            self.done.emit(line, proven)


def _run(forget: Callable[[], str], came: queue.SimpleQueue[tuple[str, bool]]) -> None:
    try:
        came.put((forget(), True))
    except Exception as error:
        _log.exception("the visit was not forgotten for certain: %s", error)
        came.put(("", False))


def _nothing() -> str:
    return ""


def _unproven() -> str:
    raise RuntimeError("the visit never had a key")
