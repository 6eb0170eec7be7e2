"""A collapsible section: a heading that opens and closes what stands below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label
from desktop.widgets.row_button import RowButton


class Collapsible(QWidget):
    """A titled section. The title is a button that says whether the section is open."""

    toggled = Signal(bool)

    def __init__(self, title: str, *, opened: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._sign = Glyph("chevron-right")
        self._title = label(title, "strong")
        self.heading = RowButton("fold")
        self.heading.add(self._title, self._sign)
        self.body = QWidget()
        self.body.setProperty("kind", "clear")
        self.rows = QVBoxLayout(self.body)
        self.rows.setContentsMargins(0, theme.gap(), 0, theme.gap(2))
        self.rows.setSpacing(theme.gap(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.body)
        # No check box: a screen reader would call it one.
        self.heading.clicked.connect(lambda: self._turn(not self.opened))
        self._turn(opened)

    @property
    def opened(self) -> bool:
        """Whether the section is open."""
        return self._opened

    @property
    def title(self) -> str:
        """What the heading says."""
        return self._title.text()

    def open(self) -> None:
        """Open the section."""
        self._turn(True)

    def _turn(self, opened: bool) -> None:
        self._opened = opened
        self.body.setVisible(opened)
        self._sign.set_name("chevron-down" if opened else "chevron-right", "muted")
        self.heading.setAccessibleName(self.title)
        self.heading.setAccessibleDescription(
            self.tr("Open. Press to close.") if opened else self.tr("Closed. Press to open.")
        )
        self.toggled.emit(opened)
