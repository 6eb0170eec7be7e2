"""A field to search with: a sign before it, and a button that clears it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton

from desktop import theme
from desktop.widgets import icons
from desktop.widgets.glyph import Glyph
from desktop.widgets.text_frame import TextFrame

_LONGEST = 200


class SearchField(TextFrame):
    """`line` is what is written in, `clear` is there while something is."""

    def __init__(self, invitation: str, name: str) -> None:
        super().__init__()
        self.line = QLineEdit(maxLength=_LONGEST)
        self.line.setPlaceholderText(invitation)
        self.line.setAccessibleName(name)
        self.clear = QToolButton()
        self.clear.setProperty("kind", "small")
        self.clear.setIcon(icons.icon("x", "muted"))
        self.clear.setAccessibleName(self.tr("Clear the search"))
        self.clear.setToolTip(self.tr("Clear the search"))
        self.clear.clicked.connect(self._empty)
        self.clear.hide()
        self.line.textChanged.connect(lambda typed: self.clear.setVisible(bool(typed)))
        self.watch(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(2), theme.gap(1.5), theme.gap(), theme.gap(1.5))
        row.addWidget(Glyph("search"))
        row.addWidget(self.line)
        row.addWidget(self.clear)

    def _empty(self) -> None:
        self.line.clear()
        self.line.setFocus()
