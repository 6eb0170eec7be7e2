"""Several lines of text of a setting, with how many letters are left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.labels import label
from desktop.widgets.plain_text import clean


class TextField(QWidget):
    """`chosen` carries the text when the user leaves the field, or the page is closed."""

    chosen = Signal(str)

    def __init__(self, value: str, most: int) -> None:
        super().__init__()
        self._most, self._given = most, value
        self.edit = _Lines(most)
        self.edit.setPlainText(clean(value))
        self.edit.setTabChangesFocus(True)
        self.edit.setMinimumHeight(theme.glyph(28))
        self.edit.textChanged.connect(self._changed)
        self.edit.installEventFilter(self)
        self._left = label("", "caption")
        self.setFocusProxy(self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap())
        column.addWidget(self.edit)
        column.addWidget(self._left)
        self._changed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """What was written counts once the field is left."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            text = self.edit.toPlainText().strip()
            if text != self._given:
                self._given = text
                self.chosen.emit(text)
        return super().eventFilter(watched, event)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802
        """The field has the name."""
        self.edit.setAccessibleName(name)

    def _changed(self) -> None:
        text = self.edit.toPlainText()
        if len(text) > self._most:
            self.edit.setPlainText(text[: self._most])
            self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)
            return
        words = self.tr("{n} of {most} characters")
        self._left.setText(words.format(n=f"{len(text):,}", most=f"{self._most:,}"))


class _Lines(QPlainTextEdit):
    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        room = max(0, self._most - len(self.toPlainText()))
        self.insertPlainText(clean(source.text()[: self._most])[:room])
