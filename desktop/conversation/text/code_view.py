"""A block of code, or a table that is too large to be drawn in an answer."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.conversation.text.rich_text import code_font
from desktop.conversation.text.table_dialog import TableDialog
from desktop.widgets import icons
from desktop.widgets.announcing import announce
from desktop.widgets.labels import label
from desktop.widgets.plain_text import clean, short

_LONGEST_LINE = 2000
_LONG_LINE = re.compile(rf".{{{_LONGEST_LINE}}}(?=.)")
_LONGEST_NAME = 40


class CodeView(QFrame):
    """A block of code with its language and a button that copies it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sunken")
        self._shown, self._drawn, self._named = "", "", ""
        self._language = label(kind="caption", wrap=False)
        self._table = QPushButton(self.tr("Show as a table"))
        self._table.setProperty("kind", "small")
        self._table.clicked.connect(lambda: TableDialog(self._shown, self).open())
        self._table.hide()
        self._copy = QPushButton(icons.icon("copy", "muted"), self.tr("Copy code"))
        self._copy.setProperty("kind", "small")
        self._copy.clicked.connect(self._take)
        self._text = QPlainTextEdit()
        self._text.setProperty("kind", "plain")
        self._text.setReadOnly(True)
        self._text.setUndoRedoEnabled(False)
        self._text.setTabChangesFocus(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text.document().setDocumentMargin(0)
        self._text.setAccessibleName(self.tr("Code"))
        self._text.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
        header = QHBoxLayout()
        header.addWidget(self._language)
        header.addStretch()
        header.addWidget(self._table)
        header.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(3), theme.gap(), theme.gap(), theme.gap(2))
        column.setSpacing(theme.gap())
        column.addLayout(header)
        column.addWidget(self._text)
        self._text.setFont(code_font())

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [*([] if self._table.isHidden() else [self._table]), self._copy, self._text]

    def show_code(self, text: str, language: str) -> None:
        """Show code; what is there already is only added to."""
        self._table.hide()
        self._show(text, short(language, _LONGEST_NAME) or self.tr("code"))

    def show_table(self, text: str) -> None:
        """Show a large table as its lines, with a button that shows it as a table."""
        if self._table.isHidden():
            self._copy.setText(self.tr("Copy table"))
            self._table.show()
        self._text.setAccessibleName(self.tr("A large table, shown as text"))
        self._show(text, self.tr("a large table, shown as text"))

    def redress(self) -> None:
        """Follow a change of theme or text size."""
        self._text.setFont(code_font())
        self._fit()

    def _show(self, text: str, name: str) -> None:
        text = text.rstrip("\n")
        if (text, name) == (self._shown, self._named):
            return
        self._shown, self._named = text, name
        self._language.setText(name)
        drawn = _LONG_LINE.sub("\\g<0>\n", clean(text))
        if drawn.startswith(self._drawn) and self._drawn:
            cursor = QTextCursor(self._text.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(drawn[len(self._drawn) :])
        else:
            self._text.setPlainText(drawn)
        self._drawn = drawn
        self._fit()

    def _fit(self) -> None:
        lines = max(1, self._text.blockCount())
        bar = self._text.horizontalScrollBar().sizeHint().height()
        height = QFontMetricsF(code_font()).lineSpacing() * lines
        self._text.setFixedHeight(math.ceil(height) + bar)

    def _take(self) -> None:
        QGuiApplication.clipboard().setText(self._shown)
        self._copy.setText(self.tr("Copied"))
        announce(self, self.tr("Copied."))
        self._copy.setIcon(icons.icon("check", "muted"))
