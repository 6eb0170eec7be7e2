"""An attached text in a window of its own, whole, with the cited passage marked."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from agent.attached_text import AttachedText
from desktop import theme
from desktop.conversation.attached.labels import length_of, title_of
from desktop.widgets.labels import label
from desktop.widgets.plain_text import clean

Span = tuple[int, int]


class TextViewer(QDialog):
    """Shows a text; `span` is the range of its characters that is marked and scrolled to."""

    def __init__(self, text: AttachedText, span: Span | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title_of(text))
        self._text, self._span = text, span
        # Plain: it lays out only what is in sight, however long it is.
        self.view = QPlainTextEdit()
        self.view.setReadOnly(True)
        self.view.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.view.setAccessibleName(title_of(text))
        self.view.setPlainText(clean(text.text))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton(self.tr("Copy all"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text.text))
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), theme.gap(4), theme.gap(4), theme.gap(4))
        column.addWidget(label(length_of(text), "caption"))
        if span is not None:
            column.addWidget(label(self.tr("The marked passage is what the answer rests on.")))
        column.addWidget(self.view)
        column.addWidget(buttons)
        room = parent.window().size()
        self.resize(
            min(theme.gap(200), room.width() - theme.gap(8)),
            min(theme.gap(150), room.height() - theme.gap(8)),
        )
        if span is not None:
            self._mark(span)

    @property
    def marked(self) -> str:
        """The words that are marked."""
        return "\n".join(
            each.cursor.selectedText().replace("\u2029", "\n")
            for each in self.view.extraSelections()
        )

    def _mark(self, span: Span) -> None:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = cursor_over(self.view, self._text.text, span)
        look = mark.format
        look.setBackground(theme.color("wash"))
        look.setForeground(theme.color("ink"))
        look.setFontUnderline(True)
        look.setUnderlineColor(theme.color("accent"))
        mark.format = look
        self.view.setExtraSelections([mark])
        begin = QTextCursor(mark.cursor)
        begin.setPosition(begin.selectionStart())
        self.view.setTextCursor(begin)
        # Once it has its size.
        QTimer.singleShot(0, self, self.view.centerCursor)


def cursor_over(view: QPlainTextEdit, text: str, span: Span) -> QTextCursor:
    """A selection of these characters; Qt counts those of `clean` text, in UTF-16."""
    begin, end = (len(clean(text[:place]).encode("utf-16-le")) // 2 for place in span)
    cursor = view.textCursor()
    cursor.setPosition(begin)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor
