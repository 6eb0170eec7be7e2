"""A row that becomes a column where it does not fit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from desktop import theme


class FoldingRow(QWidget):
    """Its parts stand side by side, those with a stretch wider; or one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "clear")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.gap(2))

    def add(self, part: QWidget, stretch: int = 0, *, low: bool = False) -> None:
        """Add a part at the right; a `low` one stands at the foot of the row."""
        side = Qt.AlignmentFlag.AlignBottom if low else Qt.AlignmentFlag(0)
        self._row.addWidget(part, stretch, side)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        widest = max(self._widths(), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        """What is written on a part changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    def _widths(self) -> list[int]:
        items = (self._row.itemAt(at) for at in range(self._row.count()))
        return [i.minimumSize().width() for i in items if i is not None and not i.isEmpty()]

    def _fold(self) -> None:
        widths = self._widths()
        needed = sum(widths) + self._row.spacing() * max(0, len(widths) - 1)
        way = QBoxLayout.Direction
        wanted = way.TopToBottom if needed > self.width() else way.LeftToRight
        if wanted != self._row.direction():
            self._row.setDirection(wanted)
