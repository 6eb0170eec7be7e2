"""The rows of the list of chats: which are there, which is open, at which one stands."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView

from desktop import theme
from desktop.conversation.chats.chat_row import OPEN, ROW, ChatRow
from desktop.conversation.chats.rows import ListedChat
from desktop.widgets.plain_text import short, tip

_CHAT = int(Qt.ItemDataRole.UserRole)
_LONGEST = 200


class ChatView(QListView):
    """Shows `ListedChat`s with headings between them.

    `picked` carries the one that is to be opened, `renamed` a chat with its new title.
    """

    picked = Signal(object)
    renamed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._model = QStandardItemModel(self)
        self._model.itemChanged.connect(self._changed)
        self.setModel(self._model)
        self.setItemDelegate(ChatRow(self))
        self.setAccessibleName(self.tr("Chats"))
        self.setUniformItemSizes(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.clicked.connect(self._pick)
        self.activated.connect(self._pick)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    @property
    def marked(self) -> int | None:
        """The chat that the list stands at."""
        chat = self.currentIndex().data(_CHAT)
        return None if chat is None else int(chat)

    def show_rows(self, rows: Iterable[str | ListedChat]) -> None:
        """Show other rows; a string is a heading."""
        self._model.blockSignals(True)
        self._model.clear()
        for row in rows:
            self._model.appendRow(_heading(row) if isinstance(row, str) else self._row(row))
        self._model.blockSignals(False)
        self._model.layoutChanged.emit()

    def titles(self) -> list[str]:
        """The titles that are listed, from the top."""
        rows = (self._model.item(row) for row in range(self._model.rowCount()))
        return [item.text() for item in rows if item.data(_CHAT) is not None]

    def title_of(self, chat: int | None) -> str:
        """The title of a listed chat, or nothing."""
        place = self._place_of(chat)
        return str(place.data()) if place.isValid() else ""

    def show_open(self, chat: int | None) -> None:
        """Show which chat is open, and stand at it."""
        self._model.blockSignals(True)
        for row in range(self._model.rowCount()):
            item = self._model.item(row)
            item.setData(chat is not None and item.data(_CHAT) == chat, OPEN)
        self._model.blockSignals(False)
        self.viewport().update()
        if chat is None or self.marked != chat:
            self.mark(chat)

    def mark(self, chat: int | None) -> None:
        """Stand at this chat, without opening it."""
        place = self._place_of(chat)
        self.setCurrentIndex(place)
        if not place.isValid():
            self.clearSelection()

    def mark_near(self, row: int) -> None:
        """Stand at the chat that has moved to where a deleted one was."""
        count = self._model.rowCount()
        for each in (*range(row, count), *reversed(range(min(row, count)))):
            if self._model.item(each).data(_CHAT) is not None:
                self.setCurrentIndex(self._model.index(each, 0))
                return

    def _row(self, row: ListedChat) -> QStandardItem:
        title = short(row.chat.title, _LONGEST).replace("\n", " ") or self.tr("New chat")
        item = QStandardItem(title)
        item.setData(row.chat.id, _CHAT)
        item.setData(row, ROW)
        item.setToolTip(tip(row.chat.title))
        piece = row.excerpt.text if row.excerpt is not None else ""
        said = (title, self.tr("pinned") if row.pinned else "", piece)
        item.setData(", ".join(filter(None, said)), int(Qt.ItemDataRole.AccessibleTextRole))
        return item

    def _place_of(self, chat: int | None) -> QModelIndex:
        for row in range(self._model.rowCount()):
            if chat is not None and self._model.item(row).data(_CHAT) == chat:
                return self._model.index(row, 0)
        return QModelIndex()

    def _changed(self, item: QStandardItem) -> None:
        chat = item.data(_CHAT)
        if chat is not None:
            self.renamed.emit(chat, item.text())

    def _pick(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, ListedChat):
            self.picked.emit(row)


def _heading(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setFont(theme.font(theme.Size.CAPTION, bold=True))
    item.setForeground(theme.color("muted"))
    return item
