"""The timers, alarms and reminders that wait: what is left of each, and a way to cancel it."""

from __future__ import annotations

import time
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from agent.events import RunningItem
from agent.tools.telling.words import clock
from desktop import theme
from desktop.widgets import icons
from desktop.widgets.labels import label

_MOST = 4
_SECOND_MS = 1000
_SOON_S = 24 * 3600


class RunningList(QWidget):
    """`cancelled` carries the id of what is to be stopped. What is a day away is not shown."""

    cancelled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.gap())
        self._lines = list[tuple[RunningItem, QLabel]]()
        self.buttons = list[QToolButton]()
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND_MS)
        self._timer.timeout.connect(self._tick)
        self.hide()

    def show_items(self, items: tuple[RunningItem, ...]) -> None:
        """Show what waits now."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._lines.clear()
        self.buttons.clear()
        now = time.time()
        soon = [one for one in items if one.kind == "stopwatch" or one.at - now < _SOON_S]
        for one in sorted(soon, key=lambda one: one.at)[:_MOST]:
            self._column.addWidget(self._line(one))
        self.setVisible(bool(self._lines))
        self._tick()
        self._timer.start() if self._lines else self._timer.stop()

    def _line(self, one: RunningItem) -> QWidget:
        line = QWidget()
        words = label("", "caption")
        cancel = QToolButton()
        cancel.setProperty("kind", "small")
        cancel.setIcon(icons.icon("x", "muted"))
        name = self.tr("Cancel {what}").format(what=one.label or self._kind(one))
        cancel.setAccessibleName(name)
        cancel.setToolTip(name)
        cancel.clicked.connect(lambda: self.cancelled.emit(one.id))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words, 1)
        row.addWidget(cancel)
        self._lines.append((one, words))
        self.buttons.append(cancel)
        return line

    def _tick(self) -> None:
        now = time.time()
        for one, words in self._lines:
            if one.kind == "timer":
                when = clock(round(one.at - now))
            elif one.kind == "stopwatch":
                when = clock(round(now - one.at))
            else:
                when = f"{datetime.fromtimestamp(one.at):%H:%M}"
            words.setText(" · ".join(filter(None, (self._kind(one), when, one.label))))

    def _kind(self, one: RunningItem) -> str:
        names = {
            "timer": self.tr("Timer"),
            "alarm": self.tr("Alarm"),
            "reminder": self.tr("Reminder"),
            "stopwatch": self.tr("Stopwatch"),
        }
        return names.get(one.kind, one.kind)
