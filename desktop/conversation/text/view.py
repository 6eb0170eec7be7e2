"""Text that can be selected and is as tall as it needs: Markdown and plain words."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextCursor, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from desktop import theme
from desktop.conversation.text.rich_text import write_markdown, write_plain
from desktop.theme import Theme


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
        self._shown: tuple[Callable[[QTextDocument, str], None], str] = (write_plain, "")
        self._dressed: Theme = theme.current()

    def show_markdown(self, text: str) -> None:
        """Show Markdown; what was selected stays selected where the text only grew."""
        self._show(write_markdown, text)

    def show_plain(self, text: str) -> None:
        """Show text as it is."""
        self._show(write_plain, text)

    def redress(self) -> None:
        """Follow a change of theme or text size."""
        if self._dressed != theme.current():
            self._write()

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802
        """Something empty: without an answer Qt would open the name itself."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            nothing = QImage(1, 1, QImage.Format.Format_ARGB32)
            nothing.fill(Qt.GlobalColor.transparent)
            return nothing
        return QByteArray(b" ")

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

    def _show(self, write: Callable[[QTextDocument, str], None], text: str) -> None:
        if (write, text) != self._shown:
            self._shown = (write, text)
            self._write()

    def _write(self) -> None:
        cursor = self.textCursor()
        kept = (cursor.anchor(), cursor.position()) if cursor.hasSelection() else None
        write, text = self._shown
        self._dressed = theme.current()
        write(self.document(), text)
        if kept is not None:
            self._select(*kept)
        self._fit()

    def _select(self, anchor: int, position: int) -> None:
        last = self.document().characterCount() - 1
        cursor = self.textCursor()
        cursor.setPosition(min(anchor, last))
        cursor.setPosition(min(position, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _fit(self) -> None:
        width = self.viewport().width()
        if self.document().textWidth() != width:
            self.document().setTextWidth(width)
        height = math.ceil(self.document().size().height())
        if height != self.minimumHeight():
            self.setFixedHeight(height)
