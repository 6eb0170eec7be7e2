"""A dialog that stands on the screen whole and is read in the order in which it is seen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QAccessible, QShowEvent
from PySide6.QtWidgets import QDialog

from desktop import theme
from desktop.widgets.reading_order import read_in_order


class Dialog(QDialog):
    """A dialog that fits the screen and a screen reader."""

    def fit(self, wanted: QSize) -> None:
        """Be of this size, or as much smaller as lets the frame stand on the screen, too."""
        frame = QSize(theme.gap(4), theme.gap(12))
        self.resize(wanted.boundedTo(self.screen().availableSize() - frame))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self.order_reading()

    def event(self, event: QEvent) -> bool:
        """What is shown changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.order_reading()
        return super().event(event)

    def order_reading(self) -> None:
        """Bring it into the order of reading, where a screen reader runs."""
        if QAccessible.isActive() and self.isVisible():
            QTimer.singleShot(0, self, lambda: read_in_order(self))
