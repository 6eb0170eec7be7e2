"""Several of many: a list in which each line can be ticked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop import theme

_VALUE = int(Qt.ItemDataRole.UserRole)
_LINES = 6


class CheckList(QListWidget):
    """`chosen` carries the ticked values. What is ticked at the start stands at the top."""

    chosen = Signal(object)

    def __init__(self, options: Sequence[tuple[str, str]], ticked: Collection[str]) -> None:
        super().__init__()
        self.setProperty("kind", "framed")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        known = {value for value, _ in options}
        lost = [(value, value) for value in ticked if value not in known]
        for value, name in sorted([*options, *lost], key=lambda option: option[0] not in ticked):
            item = QListWidgetItem(name, self)
            item.setData(_VALUE, value)
            state = Qt.CheckState.Checked if value in ticked else Qt.CheckState.Unchecked
            item.setCheckState(state)
        self.setCurrentRow(0)
        self._pressed: tuple[QListWidgetItem, Qt.CheckState] | None = None
        self.itemChanged.connect(lambda _: self.chosen.emit(self.value))

    @property
    def value(self) -> tuple[str, ...]:
        """What is ticked, in the order of the list."""
        items = (self.item(row) for row in range(self.count()))
        return tuple(
            str(item.data(_VALUE)) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def search(self, typed: str) -> None:
        """Show those whose name holds this, in their own language, in English or by code."""
        wanted = " ".join(typed.casefold().split())
        for row in range(self.count()):
            item = self.item(row)
            value = str(item.data(_VALUE))
            english = QLocale.languageToString(QLocale(value).language())
            names = f"{item.text()}\n{english}\n{value}".casefold()
            item.setHidden(wanted not in names)
        shown = (row for row in range(self.count()) if not self.item(row).isHidden())
        self.setCurrentRow(next(shown, -1))

    @property
    def shown(self) -> list[str]:
        """The names that are shown, from above."""
        items = (self.item(row) for row in range(self.count()))
        return [item.text() for item in items if not item.isHidden()]

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Remember what is pressed."""
        item = self.itemAt(event.position().toPoint())
        self._pressed = (item, item.checkState()) if item is not None else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The name ticks as the box before it does."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is None or self.itemAt(event.position().toPoint()) is not pressed[0]:
            return
        item, before = pressed
        if item.checkState() == before:
            ticked = before == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def sizeHint(self) -> QSize:  # noqa: N802
        """A few lines; the rest scrolls."""
        return QSize(theme.glyph(60), _LINES * max(theme.target(), self.sizeHintForRow(0)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """All of its few lines, also on a page that scrolls."""
        return QSize(theme.gap(20), self.sizeHint().height())
