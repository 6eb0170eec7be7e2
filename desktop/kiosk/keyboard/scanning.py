"""Switch scanning: rows are marked in turn, then the keys of a row; a switch chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.kiosk.keyboard.key_button import KeyButton

SHORTEST_MS, LONGEST_MS = 300, 10_000
_ROUNDS = 2
"""So often a row's keys are gone through before the rows are marked again."""
_SPACE, _ENTERS = Qt.Key.Key_Space, (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Scanning:
    """How somebody scans: the keys of the switch that chooses, and of one that goes on.

    Without a key that goes on, the mark moves by itself each `interval_ms`.
    """

    choose: tuple[Qt.Key, ...] = (_SPACE, *_ENTERS)
    step: tuple[Qt.Key, ...] = ()
    interval_ms: int = 1200


TWO_SWITCHES = Scanning(choose=_ENTERS, step=(_SPACE,))


class Scanner(QObject):
    """Marks rows and keys. `marked` carries the buttons that are marked, `chosen` one of them.

    `switched` comes with each press of a switch, which nobody else sees.
    """

    switched = Signal()
    marked = Signal(object)
    chosen = Signal(object)

    def __init__(self, rows: Callable[[], Sequence[Sequence[KeyButton]]], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows, self._owner = rows, parent
        self._how: Scanning | None = None
        self._row, self._key, self._passed = 0, -1, 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.step)

    @property
    def on(self) -> bool:
        """Whether the mark is shown."""
        return self._how is not None

    def start(self, how: Scanning) -> None:
        """Begin at the first row; the keys of the switches type nothing from now on."""
        self.stop()
        self._how = how
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._timer.setInterval(min(LONGEST_MS, max(SHORTEST_MS, how.interval_ms)))
        self.restart()

    def stop(self) -> None:
        """Take the mark away; the keys type again."""
        if self._how is not None:
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            self._how = None
            self._timer.stop()
            self.marked.emit([])

    def restart(self) -> None:
        """Mark the first row: other keys are shown now, or one was chosen."""
        if self._how is None:
            return
        self._row, self._key = 0, -1
        if not self._how.step:
            self._timer.start()
        self._mark()

    def step(self) -> None:
        """Mark the next row or key."""
        if not self._owner.isVisible():
            return
        rows = self._rows()
        if self._key < 0:
            self._row = (self._row + 1) % len(rows)
        else:
            self._key += 1
            if self._key >= len(rows[self._row]):
                self._key, self._passed = 0, self._passed + 1
            if self._passed >= _ROUNDS:
                self._key = -1
        self._mark()

    def choose(self) -> None:
        """Go into the marked row, or press the marked key."""
        rows = self._rows()
        if self._key < 0:
            self._key, self._passed = 0, 0
            self._mark()
            if self._timer.isActive():
                self._timer.start()
            return
        button = rows[self._row][self._key]
        self._key = -1
        self.chosen.emit(button)
        self.restart()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the switches' keys; what the keyboard types itself does not come from outside."""
        if not isinstance(event, QKeyEvent) or not self._is_ours(watched, event):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self.switched.emit()
            if self._how and event.key() in self._how.step:
                self.step()
            else:
                self.choose()
        return True

    def _is_ours(self, watched: QObject, event: QKeyEvent) -> bool:
        if self._how is None or not event.spontaneous() or not isinstance(watched, QWidget):
            return False
        here = watched.window() is self._owner.window() and self._owner.isVisible()
        return here and event.key() in (*self._how.step, *self._how.choose)

    def _mark(self) -> None:
        row = self._rows()[self._row]
        self.marked.emit(list(row) if self._key < 0 else [row[self._key]])
