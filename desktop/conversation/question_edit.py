"""The text of a question: grows with its lines, keeps out of the way of input methods."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QFontMetricsF, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from agent.prompting.prompt import MOST_CHARACTERS
from desktop import theme
from desktop.widgets.plain_text import clean

_MOST_LINES = 8


class QuestionEdit(QPlainTextEdit):
    """`submitted` when Enter sends, `recalled` when Up asks for the last question.

    `shortened` carries how long a pasted text was.

    `take` is asked first what it can make of a paste, for pictures.
    """

    submitted = Signal()
    recalled = Signal()
    shortened = Signal(int)

    def __init__(self, take: Callable[[QMimeData], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._take = take
        self._composing = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.document().setDocumentMargin(0)
        self.setAccessibleName(self.tr("Your question"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Be as tall as the lines, up to eight."""
        lines = 0
        block = self.document().begin()
        while block.isValid() and lines < _MOST_LINES:
            lines += max(1, block.layout().lineCount())
            block = block.next()
        lines = max(1, min(_MOST_LINES, lines))
        height = QFontMetricsF(theme.font(theme.Size.BODY)).lineSpacing() * lines
        self.setFixedHeight(round(height) + theme.gap())
        scrolls = lines == _MOST_LINES
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
        )

    def event(self, event: QEvent) -> bool:
        """What cannot be undone in the text may be a key of the window: a deleted chat."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            if undo and not self.document().isUndoAvailable():
                event.ignore()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter sends, Shift+Enter begins a line; while Chinese is being composed, neither."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        breaks = event.modifiers() & (
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
        )
        if enter and not breaks and not self._composing:
            self.submitted.emit()
            return
        if event.key() == Qt.Key.Key_Up and self.document().isEmpty() and not self._composing:
            self.recalled.emit()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """Know whether an input method is composing."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Pictures are attached; a very long text is shortened, openly."""
        if self._take(source):
            return
        text = source.text()
        room = max(0, MOST_CHARACTERS - self.document().characterCount() + 1)
        if len(text) > room:
            self.shortened.emit(len(text))
        self.insertPlainText(clean(text[:room].replace("\0", "")))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802
        """Text, pictures and picture files."""
        return source.hasText() or source.hasImage() or source.hasUrls()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Leave drops to the frame."""
        event.ignore()
