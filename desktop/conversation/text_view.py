"""Text that can be selected and is as tall as it needs: Markdown, plain words, and code."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
    QTextTableFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.widgets import icons

_LINE_HEIGHT = 145.0
# No HTML: a model's answer must not bring its own markup, and pictures are never loaded.
_FEATURES = QTextDocument.MarkdownFeature(
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub.value
    | QTextDocument.MarkdownFeature.MarkdownNoHTML.value
)


class TextView(QTextBrowser):
    """Read-only text without a scroll bar of its own. `followed` carries a link's address."""

    followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.document().setIndentWidth(theme.gap(6))
        self.anchorClicked.connect(lambda url: self.followed.emit(url.toString()))
        self._shown = ""

    def show_markdown(self, text: str) -> None:
        """Show Markdown; what was selected stays selected where the text only grew."""
        if text == self._shown:
            return
        cursor = self.textCursor()
        kept = (cursor.anchor(), cursor.position()) if cursor.hasSelection() else None
        self._shown = text
        self.document().setMarkdown(text, _FEATURES)
        _dress(self.document())
        if kept is not None:
            self._select(*kept)
        self._fit()

    def show_plain(self, text: str) -> None:
        """Show text as it is."""
        if text == self._shown:
            return
        self._shown = text
        self.setPlainText(text)
        _dress(self.document())
        self._fit()

    def redress(self) -> None:
        """Follow a change of theme or text size."""
        _dress(self.document())
        self._fit()

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802
        """Load nothing: no answer may read a file or open a connection."""
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the height that the text needs at this width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave scrolling to the transcript."""
        event.ignore()

    def sizeHint(self) -> QSize:  # noqa: N802
        """The height that is kept."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def _select(self, anchor: int, position: int) -> None:
        last = self.document().characterCount() - 1
        cursor = self.textCursor()
        cursor.setPosition(min(anchor, last))
        cursor.setPosition(min(position, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        height = math.ceil(self.document().size().height())
        if height != self.minimumHeight():
            self.setFixedHeight(height)


class CodeView(QFrame):
    """A block of code with its language and a button that copies it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sunken")
        self._language = QLabel()
        self._language.setProperty("kind", "caption")
        self._copy = QPushButton(icons.icon("copy", "muted"), self.tr("Copy code"))
        self._copy.setProperty("kind", "small")
        self._copy.clicked.connect(self._take)
        self._text = QPlainTextEdit()
        self._text.setProperty("kind", "plain")
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text.document().setDocumentMargin(0)
        self._text.setAccessibleName(self.tr("Code"))
        self._text.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
        header = QHBoxLayout()
        header.addWidget(self._language)
        header.addStretch()
        header.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(3), theme.gap(), theme.gap(), theme.gap(2))
        column.setSpacing(theme.gap())
        column.addLayout(header)
        column.addWidget(self._text)
        self._shown, self._named = "", ""
        self._text.setFont(code_font())

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [self._copy, self._text]

    def show_code(self, text: str, language: str) -> None:
        """Show code; what is there already is only added to."""
        text = text.rstrip("\n")
        if (text, language) == (self._shown, self._named):
            return
        self._named = language
        self._language.setText(language or self.tr("code"))
        if text.startswith(self._shown) and self._shown:
            cursor = QTextCursor(self._text.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text[len(self._shown) :])
        elif text != self._shown:
            self._text.setPlainText(text)
        self._shown = text
        self._fit()

    def redress(self) -> None:
        """Follow a change of theme or text size."""
        self._text.setFont(code_font())
        self._fit()

    def _fit(self) -> None:
        lines = max(1, self._text.blockCount())
        bar = self._text.horizontalScrollBar().sizeHint().height()
        height = QFontMetricsF(code_font()).lineSpacing() * lines
        self._text.setFixedHeight(math.ceil(height) + bar)

    def _take(self) -> None:
        QGuiApplication.clipboard().setText(self._shown)
        self._copy.setText(self.tr("Copied"))
        self._copy.setIcon(icons.icon("check", "muted"))


def code_font() -> QFont:
    """The system's fixed-width font at body size."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(theme.text_px(theme.Size.BODY))
    return font


def _dress(document: QTextDocument) -> None:
    """Give Markdown the type scale, the leading and the colours of the theme."""
    block = document.begin()
    while block.isValid():
        _dress_block(block, block.blockNumber() == 0)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame)


def _dress_block(block: QTextBlock, first: bool) -> None:
    cursor = QTextCursor(block)
    shape = block.blockFormat()
    shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    listed = block.textList() is not None
    shape.setTopMargin(0 if first else theme.gap(1 if listed else 2))
    shape.setBottomMargin(0 if listed else theme.gap())
    if shape.headingLevel() and not first:
        shape.setTopMargin(theme.gap(4))
    cursor.setBlockFormat(shape)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    if shape.headingLevel():
        words = QTextCharFormat()
        size = theme.Size.TITLE if shape.headingLevel() <= 2 else theme.Size.BODY
        words.setFont(theme.font(size, bold=True))
        cursor.mergeCharFormat(words)
    _dress_code(block)


def _dress_code(block: QTextBlock) -> None:
    spans = list[tuple[int, int]]()
    walk = block.begin()
    while not walk.atEnd():
        piece = walk.fragment()
        if piece.charFormat().fontFixedPitch():
            spans.append((piece.position(), piece.length()))
        walk += 1
    for start, length in spans:
        cursor = QTextCursor(block)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        looks = QTextCharFormat()
        looks.setFontFamilies([code_font().family()])
        looks.setBackground(theme.color("sunken"))
        cursor.mergeCharFormat(looks)


def _dress_table(table: QTextTable) -> None:
    shape = QTextTableFormat(table.format())
    shape.setBorder(theme.LINE)
    shape.setBorderCollapse(True)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(theme.color("hairline"))
    shape.setCellPadding(theme.gap(1.5))
    shape.setCellSpacing(0)
    shape.setTopMargin(theme.gap(2))
    table.setFormat(shape)
    for row in range(table.rows()):
        for column in range(table.columns()):
            cursor = table.cellAt(row, column).firstCursorPosition()
            inside = cursor.blockFormat()
            inside.setTopMargin(0)
            inside.setBottomMargin(0)
            cursor.setBlockFormat(inside)
