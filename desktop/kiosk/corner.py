"""The admin's way: a long press in the upper left corner."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop import theme

HOLD_MS = 5000
_SIDE = 20
"""In spacing units."""


class CornerPress(QObject):
    """`held` after a press that stayed in the corner. To be installed on the application."""

    held = Signal()

    def __init__(self, window: QWidget, hold_ms: int = HOLD_MS) -> None:
        super().__init__(window)
        self._window = window
        self._holding = QTimer(self, singleShot=True, interval=hold_ms)
        self._holding.timeout.connect(self.held)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Watch, and change nothing."""
        kind = event.type()
        if isinstance(event, QMouseEvent):
            inside = self._in_corner(event.globalPosition().toPoint())
            if kind is QEvent.Type.MouseButtonPress and inside:
                self._holding.start()
            elif kind is QEvent.Type.MouseButtonRelease or not inside:
                self._holding.stop()
        return False

    def _in_corner(self, where: QPoint) -> bool:
        at = self._window.mapFromGlobal(where)
        side = theme.gap(_SIDE)
        return 0 <= at.x() < side and 0 <= at.y() < side
