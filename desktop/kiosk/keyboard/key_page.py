"""One page of keys, in rows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.kiosk.keyboard.key_button import KeyButton
from desktop.kiosk.keyboard.layouts import Action, Rows
from desktop.widgets import icons

_UNITS = 20
"""The width of ten letters; shorter rows stand in the middle."""


class KeyPage(QWidget):
    """`chosen` carries the key that was pressed."""

    chosen = Signal(object)

    def __init__(self, rows: Rows, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = [[KeyButton(key, language, self) for key in row] for row in rows]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap())
        for buttons in self.rows:
            line = QHBoxLayout()
            line.setSpacing(theme.gap())
            beside = max(0, _UNITS - sum(button.key.units for button in buttons))
            if beside:
                line.addStretch(beside)
            for button in buttons:
                line.addWidget(button, 2 * button.key.units)
                button.clicked.connect(lambda _=False, key=button.key: self.chosen.emit(key))
            if beside:
                line.addStretch(beside)
            column.addLayout(line, 1)

    def set_key_height(self, height: int) -> None:
        """Make every row this high."""
        count = len(self.rows)
        self.setFixedHeight(height * count + theme.gap() * (count - 1))

    def set_shift(self, on: bool, locked: bool) -> None:
        """Show capitals; the key says whether they stay."""
        for button in (button for row in self.rows for button in row):
            if button.key.letter:
                button.set_shifted(on)
            elif button.key.action is Action.SHIFT:
                button.setCheckable(True)
                button.setChecked(on)
                button.setIcon(icons.icon("arrow-big-up-dash" if locked else "arrow-big-up"))
                button.setAccessibleName(self.tr("Capitals lock") if locked else self.tr("Shift"))
