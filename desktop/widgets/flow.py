"""A row that wraps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays widgets out from left to right, and on further lines where they do not fit."""

    def __init__(
        self, spacing: int, parent: QWidget | None = None, *, centred: bool = False
    ) -> None:
        super().__init__(parent)
        self._centred = centred
        self._items = list[QLayoutItem]()
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Part of QLayout."""
        self._items.append(item)

    def count(self) -> int:
        """Part of QLayout."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Part of QLayout."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Part of QLayout."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """Part of QLayout."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Part of QLayout."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Part of QLayout."""
        return self._place(QRect(0, 0, width, 0), really=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Part of QLayout."""
        super().setGeometry(rect)
        self._place(rect, really=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Part of QLayout."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802
        """Part of QLayout."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, really: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width(), [i for i in self._items if not i.isEmpty()]):
            free = rect.width() - sum(size.width() + self.spacing() for _, size in line)
            x = rect.x() + max(0, free + self.spacing()) // 2 if self._centred else rect.x()
            for item, size in line:
                if really:
                    item.setGeometry(QRect(QPoint(x, y), size))
                x += size.width() + self.spacing()
            y += max(size.height() for _, size in line) + self.spacing()
        return max(0, y - rect.y() - self.spacing())

    def height_of(self, count: int, width: int) -> int:
        """How high the first so many would be, shown or not."""
        lines = self._lines(width, self._items[:count])
        heights = (max(size.height() for _, size in line) + self.spacing() for line in lines)
        return max(0, sum(heights) - self.spacing())

    def _lines(
        self, room: int, items: Sequence[QLayoutItem]
    ) -> list[list[tuple[QLayoutItem, QSize]]]:
        """What stands on each line."""
        lines = list[list[tuple[QLayoutItem, QSize]]]()
        used = 0
        for item in items:
            # Of the widget: an item that is hidden has no size.
            widget = item.widget()
            hint = widget.sizeHint() if widget is not None else item.sizeHint()
            size = hint.boundedTo(QSize(room, hint.height()))
            if not lines or used + size.width() > room:
                lines.append([])
                used = 0
            lines[-1].append((item, size))
            used += size.width() + self.spacing()
        return lines
