"""A block of code in its colours, or a table that is too large to be drawn in an answer."""

from __future__ import annotations

import math
import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.conversation.text.code_colors import CodeColors, file_ending
from desktop.conversation.text.rich_text import code_font
from desktop.conversation.text.table_dialog import TableDialog
from desktop.widgets import icons
from desktop.widgets.announcing import announce
from desktop.widgets.elided import Elided
from desktop.widgets.plain_text import clean, short
from desktop.widgets.small_button import icon_button, small_button
from perception.regular_file import write_whole
from perception.types import UserError

_LONGEST_LINE = 2000
_LONG_LINE = re.compile(rf".{{{_LONGEST_LINE}}}(?=.)")
_LONGEST_NAME = 40


class CodeView(QFrame):
    """A block of code with its language, and buttons that wrap, save and copy it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sunken")
        self._shown, self._drawn, self._named, self._spoken = "", "", "", ""
        self._language = Elided("caption")
        self._table = QPushButton(self.tr("Show as a table"))
        self._table.setProperty("kind", "small")
        self._table.clicked.connect(lambda: TableDialog(self._shown, self).open())
        self._table.hide()
        self._wrap = icon_button("corner-down-left", self.tr("Wrap long lines"))
        self._wrap.setCheckable(True)
        self._wrap.toggled.connect(self._wrap_lines)
        self._save = icon_button("download", self.tr("Save code as a file…"))
        self._save.clicked.connect(self._ask_file)
        self._copy = small_button("copy", self.tr("Copy code"))
        self._copy.clicked.connect(self._take)
        self._text = _code_field(self.tr("Code"))
        self._colors = CodeColors(self._text.document())
        header = QHBoxLayout()
        header.addWidget(self._language, 1)
        for button in (self._table, self._wrap, self._save):
            header.addWidget(button)
        header.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(3), theme.gap(), theme.gap(), theme.gap(2))
        column.setSpacing(theme.gap())
        column.addLayout(header)
        column.addWidget(self._text)
        self._text.setFont(code_font())

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        table = [] if self._table.isHidden() else [self._table]
        return [*table, self._wrap, self._save, self._copy, self._text]

    def show_code(self, text: str, language: str) -> None:
        """Show code; what is there already is only added to."""
        self._table.hide()
        if self._show(text, short(language, _LONGEST_NAME) or self.tr("code")):
            self._spoken = language[:_LONGEST_NAME]
            self._colors.color(self._spoken)

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
        self._colors.color(self._spoken)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Wrapped lines need another height at another width."""
        super().resizeEvent(event)
        if self._wrap.isChecked():
            self._fit()

    def _show(self, text: str, name: str) -> bool:
        """Show the text; whether anything changed."""
        text = text.rstrip("\n")
        if (text, name) == (self._shown, self._named):
            return False
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
        return True

    def _wrap_lines(self, on: bool) -> None:
        mode = QPlainTextEdit.LineWrapMode
        self._text.setLineWrapMode(mode.WidgetWidth if on else mode.NoWrap)
        self._fit()

    def _fit(self) -> None:
        document = self._text.document()
        lines = max(1, self._text.blockCount())
        if self._wrap.isChecked():
            layout, block = document.documentLayout(), document.begin()
            lines = 0
            while block.isValid():
                layout.blockBoundingRect(block)  # lays it out
                lines += max(1, block.layout().lineCount())
                block = block.next()
        bar = self._text.horizontalScrollBar().sizeHint().height()
        height = QFontMetricsF(code_font()).lineSpacing() * lines
        self._text.setFixedHeight(math.ceil(height) + bar)

    def _take(self) -> None:
        QGuiApplication.clipboard().setText(self._shown)
        self._copy.setText(self.tr("Copied"))
        announce(self, self.tr("Copied."))
        self._copy.setIcon(icons.icon("check", "muted"))

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save code as a file"), f"code{file_ending(self._spoken)}"
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, file: Path) -> None:
        """Write the code to a file; where that fails, the heading says why."""
        try:
            write_whole(file, f"{self._shown}\n".encode())
        except (OSError, UserError) as error:
            reason = getattr(error, "strerror", None) or error
            self._language.setText(self.tr("Not saved: {reason}").format(reason=short(str(reason))))
        else:
            self._language.setText(self.tr("Saved as {name}").format(name=short(file.name)))


def _code_field(name: str) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setProperty("kind", "plain")
    field.setAccessibleName(name)
    field.setReadOnly(True)
    field.setUndoRedoEnabled(False)
    field.setTabChangesFocus(True)
    field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    field.document().setDocumentMargin(0)
    # Code reads from the left, whatever letters stand in it.
    field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    option = field.document().defaultTextOption()
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    field.document().setDefaultTextOption(option)
    # Scrolling is left to the conversation.
    field.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
    return field
