"""The list of chats: new, search, rename, delete with undo, export."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent.memory.history import Chat, History
from desktop import theme
from desktop.codes import DesktopCode
from desktop.conversation.chats.profile_picker import ProfilePicker
from desktop.conversation.chats.rows import CHAT, LONGEST, heading_row, one_line_title, search_field
from desktop.i18n.messages import sentences
from desktop.widgets import icons
from desktop.widgets.plain_text import tip
from perception.types import UserError

_SEARCH_MS = 150


class ChatList(QFrame):
    """Shows the chats of a `History`. `opened` carries a chat's id, or None for a new one."""

    opened = Signal(object)
    trouble = Signal(str, str)

    def __init__(self, history: Callable[[], History], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setProperty("edge", "right")
        self._history = history
        self._current: int | None = None
        self._deleted: int | None = None
        self._new = QPushButton(icons.icon("plus"), self.tr("New chat"))
        self._new.clicked.connect(lambda: self.opened.emit(None))
        self.search = QLineEdit(maxLength=LONGEST)
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search all chats"))
        self.search.setClearButtonEnabled(True)
        self._field = search_field(self.search)
        self._waits = QTimer(self, singleShot=True, interval=_SEARCH_MS)
        self._waits.timeout.connect(self.reload)
        self.search.textChanged.connect(self._search_later)
        self._model = QStandardItemModel(self)
        self._model.itemChanged.connect(self._renamed)
        self.list = self._make_list()
        self._empty = QLabel()
        self._empty.setProperty("kind", "caption")
        self._empty.setWordWrap(True)
        self._undo = self._make_undo()
        self.profile = ProfilePicker()
        self.settings = QPushButton(icons.icon("settings", "muted"), self.tr("Settings"))
        self.settings.setProperty("kind", "row")
        self._lay_out()

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [self._new, self.search, self.list, self._undo_button, self.profile, self.settings]

    def reload(self) -> None:
        """Read the chats again."""
        try:
            history = self._history()
            chats = history.chats(self.search.text())
            if (saved := history.take_saved()) is not None:
                self.trouble.emit(*sentences(saved.notice))
        except UserError as error:
            self.trouble.emit(*sentences(error.notice))
            return
        self._model.blockSignals(True)
        self._model.clear()
        group = ""
        for chat in chats:
            if (day := self._day(chat.updated)) != group:
                group = day
                self._model.appendRow(heading_row(day))
            self._model.appendRow(self._row(chat))
        self._model.blockSignals(False)
        self._model.layoutChanged.emit()
        found = self.tr("Nothing found.") if self.search.text() else self.tr("No chats yet.")
        self._empty.setText(found)
        self._empty.setVisible(not chats)
        self.set_current(self._current)

    def set_current(self, chat: int | None) -> None:
        """Mark the chat that is open."""
        self._current = chat
        place = self._place_of(chat)
        if place.isValid():
            self.list.setCurrentIndex(place)
        else:
            self.list.setCurrentIndex(QModelIndex())
            self.list.clearSelection()

    def title_of(self, chat: int | None) -> str:
        """The title of a listed chat, or nothing."""
        place = self._place_of(chat)
        return str(place.data()) if place.isValid() else ""

    def titles(self) -> list[str]:
        """The titles that are listed, from the top."""
        rows = (self._model.item(row) for row in range(self._model.rowCount()))
        return [item.text() for item in rows if item.data(CHAT) is not None]

    def rename(self) -> None:
        """Edit the title of the marked chat in place."""
        if self.list.currentIndex().data(CHAT) is not None:
            self.list.edit(self.list.currentIndex())

    def delete(self) -> None:
        """Delete the marked chat; it can be undone."""
        chat = self.list.currentIndex().data(CHAT)
        if chat is None or not self._try(lambda: self._history().delete(chat)):
            return
        self._deleted = chat
        self._undo.show()
        self.reload()
        if chat == self._current:
            self.opened.emit(None)

    def undo(self) -> None:
        """Bring the deleted chat back."""
        chat = self._deleted
        if chat is None or not self._try(lambda: self._history().restore(chat)):
            return
        self._deleted = None
        self._undo.hide()
        self.reload()
        self.opened.emit(chat)

    def export(self) -> None:
        """Write the marked chat to a file that the user chooses."""
        index = self.list.currentIndex()
        chat = index.data(CHAT)
        if chat is None:
            return
        kinds = self.tr("Markdown") + " (*.md);;" + self.tr("JSON") + " (*.json)"
        safe = "".join(c if c.isalnum() or c in " -_" else "_" for c in index.data())[:60]
        name, kind = QFileDialog.getSaveFileName(
            self, self.tr("Export this chat"), f"{safe.strip() or 'chat'}.md", kinds
        )
        if name:
            as_json = name.endswith(".json") or (kind.endswith("(*.json)") and "." not in name)
            self._try(lambda: self._write(Path(name), chat, as_json=as_json))

    def _write(self, file: Path, chat: int, *, as_json: bool) -> None:
        from agent.memory import exporting

        known = next(item for item in self._history().chats() if item.id == chat)
        turns = self._history().turns(chat)
        text = (exporting.to_json if as_json else exporting.to_markdown)(known, turns)
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise UserError(
                DesktopCode.CHAT_NOT_EXPORTED, file=file.name, reason=error.strerror or error
            ) from error

    def _search_later(self) -> None:
        self._waits.start()

    def _try(self, do: Callable[[], None]) -> bool:
        try:
            do()
        except UserError as error:
            self.trouble.emit(*sentences(error.notice))
            return False
        return True

    def _row(self, chat: Chat) -> QStandardItem:
        item = QStandardItem(one_line_title(chat.title) or self.tr("New chat"))
        item.setData(chat.id, CHAT)
        item.setToolTip(tip(chat.title))
        return item

    def _day(self, updated: float) -> str:
        day = datetime.date.fromtimestamp(updated)
        gone = (datetime.date.today() - day).days
        if gone <= 0:
            return self.tr("Today")
        if gone == 1:
            return self.tr("Yesterday")
        return self.tr("This week") if gone < 7 else self.tr("Earlier")

    def _place_of(self, chat: int | None) -> QModelIndex:
        for row in range(self._model.rowCount()):
            if chat is not None and self._model.item(row).data(CHAT) == chat:
                return self._model.index(row, 0)
        return QModelIndex()

    def _renamed(self, item: QStandardItem) -> None:
        chat = item.data(CHAT)
        if chat is not None and item.text().strip():
            self._try(lambda: self._history().rename(chat, item.text()))
        QTimer.singleShot(0, self, self.reload)

    def _open(self, index: QModelIndex) -> None:
        chat = index.data(CHAT)
        if chat is not None and chat != self._current:
            self.opened.emit(chat)

    def _make_list(self) -> QListView:
        view = QListView()
        view.setModel(self._model)
        view.setAccessibleName(self.tr("Chats"))
        view.setUniformItemSizes(False)
        view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        view.clicked.connect(self._open)
        view.activated.connect(self._open)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._menu)
        delete = QAction(self.tr("Delete"), view)
        delete.setShortcut(QKeySequence.StandardKey.Delete)
        delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        delete.triggered.connect(self.delete)
        view.addAction(delete)
        return view

    def _menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if index.data(CHAT) is None:
            return
        self.list.setCurrentIndex(index)
        menu = QMenu(self)
        menu.addAction(icons.icon("square-pen"), self.tr("Rename"), self.rename)
        menu.addAction(icons.icon("download"), self.tr("Export…"), self.export)
        menu.addAction(icons.icon("trash-2"), self.tr("Delete"), self.delete)
        menu.exec(self.list.viewport().mapToGlobal(place))

    def _make_undo(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("kind", "raised")
        self._undo_button = undo = QPushButton(self.tr("Undo"))
        undo.setProperty("kind", "small")
        undo.clicked.connect(self.undo)
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.gap(3), theme.gap(), theme.gap(), theme.gap())
        row.addWidget(QLabel(self.tr("Chat deleted")))
        row.addStretch()
        row.addWidget(undo)
        bar.hide()
        return bar

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(3), theme.gap(3), theme.gap(3), theme.gap(3))
        column.setSpacing(theme.gap(2))
        column.addWidget(self._new)
        column.addWidget(self._field)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        column.addWidget(self._undo)
        column.addWidget(self.profile)
        column.addWidget(self.settings)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Wide enough for a title."""
        return QSize(theme.gap(45), theme.gap(50))
