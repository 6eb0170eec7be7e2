"""The heartbeat of the kiosk's window: a timer of its event loop, still where that hangs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.kiosk.heartbeat import BEAT_EVERY_S, Pulse


class Heart(QObject):
    """Beats while the event loop turns. `orphaned` comes when the watchdog has gone."""

    orphaned = Signal()

    def __init__(self, pulse: Pulse, visited: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._pulse, self._visited = pulse, visited
        self._timer = QTimer(self, interval=round(BEAT_EVERY_S * 1000))
        self._timer.timeout.connect(self.beat)
        # The first beat is one of the event loop: what comes before it may take its time.
        self._timer.start()

    def beat(self) -> None:
        """Tell the watchdog once; also called when a session begins or ends."""
        if not self._pulse.beat(visited=self._visited()):
            self._timer.stop()
            self.orphaned.emit()
