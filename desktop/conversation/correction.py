"""The form below an answer in which it is put right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.conversation.text.rich_text import code_font
from desktop.widgets.labels import label
from desktop.widgets.plain_text import clean

_LONGEST = 6000
"""Of a longer answer only the beginning can be put right."""
_LEAST_LINES, _MOST_LINES, _LINE = 4, 16, 70


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
        if "```" in answer:
            self.text.setFont(code_font())
        self._fit(answer)
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

    def _fit(self, answer: str) -> None:
        """As high as the answer, within limits: what is put right should be seen."""
        lines = sum(1 + len(line) // _LINE for line in answer[:_LONGEST].split("\n"))
        height = self.text.fontMetrics().lineSpacing() * min(_MOST_LINES, max(_LEAST_LINES, lines))
        self.text.setFixedHeight(height + theme.gap(4))

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [self.text, self.keep, self.leave]

    def event(self, event: QEvent) -> bool:
        """Escape is a key of the window, but here it leaves the form."""
        wanted = event.type() == QEvent.Type.ShortcutOverride
        if wanted and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

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
