"""A button that is a whole row: an icon, and words that wrap."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.glyph import Glyph


class RowButton(QPushButton):
    """As high as its content needs at its width. Give it an accessible name."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(theme.gap(), theme.gap(), theme.gap(), theme.gap())
        self.rows.setSpacing(0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, words: QWidget, glyph: Glyph | None = None) -> None:
        """Add a line, with an icon before it where one is given."""
        line = QHBoxLayout()
        line.setSpacing(theme.gap(2))
        if glyph is not None:
            line.addWidget(glyph)
        line.addWidget(words, 1)
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.rows.addLayout(line)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return max(theme.target(), self.rows.heightForWidth(width))

    def sizeHint(self) -> QSize:  # noqa: N802
        return self.rows.sizeHint().expandedTo(QSize(0, theme.target()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.gap(10), theme.target())
