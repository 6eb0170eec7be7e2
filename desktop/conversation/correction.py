"""A field in which the user puts an answer right."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.labels import label
from desktop.widgets.plain_text import clean

_LONGEST = 6000
"""Of a longer answer only the beginning can be put right."""


class _Words(QPlainTextEdit):
    """Takes no more from the clipboard than it can hold without a stall."""

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        room = max(0, _LONGEST - self.document().characterCount() + 1)
        self.insertPlainText(clean(source.text()[:room]))


class Correction(QFrame):
    """A field with the answer, to be put right. `kept` carries the right one."""

    kept = Signal(str)
    left = Signal()

    def __init__(self, answer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "raised")
        self.text = _Words(clean(answer[:_LONGEST]))
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("What would have been right"))
        self.text.setFixedHeight(theme.glyph(26))
        self.keep = QPushButton(self.tr("Keep the correction"))
        self.keep.setProperty("kind", "primary")
        self.keep.clicked.connect(self._keep)
        self.leave = QPushButton(self.tr("Cancel"))
        self.leave.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(2))
        row.addWidget(self.keep)
        row.addWidget(self.leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(3), theme.gap(3), theme.gap(3), theme.gap(3))
        column.setSpacing(theme.gap(2))
        column.addWidget(label(self.tr("What would have been right?"), "strong"))
        if len(answer) > _LONGEST:
            words = self.tr("Only the first {n} characters can be put right.")
            column.addWidget(label(words.format(n=f"{_LONGEST:,}"), "caption"))
        column.addWidget(self.text)
        column.addLayout(row)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [self.text, self.keep, self.leave]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape leaves it, Ctrl+Enter keeps it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        if words := self.text.toPlainText().strip():
            self.kept.emit(words)
