"""A heading that opens and closes what stands below it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop import icons, theme


class Fold(QWidget):
    """A titled section. The title is a button that says whether the section is open."""

    toggled = Signal(bool)

    def __init__(self, title: str, *, opened: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QPushButton(title)
        self.heading.setCheckable(True)
        self.heading.setChecked(opened)
        self.heading.setProperty("kind", "fold")
        self.heading.setIconSize(QSize(theme.gap(4), theme.gap(4)))
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
        self.heading.toggled.connect(self._turn)
        self._turn(opened)

    @property
    def opened(self) -> bool:
        """Whether the section is open."""
        return self.heading.isChecked()

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self.heading.setText(title)
        self._turn(self.opened)

    def _turn(self, opened: bool) -> None:
        self.body.setVisible(opened)
        self.heading.setIcon(icons.icon("chevron-down" if opened else "chevron-right", "muted"))
        self.heading.setAccessibleName(self.heading.text())
        self.heading.setAccessibleDescription(
            self.tr("Open. Press to close.") if opened else self.tr("Closed. Press to open.")
        )
        self.toggled.emit(opened)
