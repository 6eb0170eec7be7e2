"""The list of chats: new, search in all of them, rename, pin, delete with undo, export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent.memory.history import Chat, History
from desktop import theme
from desktop.conversation.chats.chat_file import write_chat
from desktop.conversation.chats.chat_row import ROW
from desktop.conversation.chats.chat_view import ChatView
from desktop.conversation.chats.deleted import DeletedChats
from desktop.conversation.chats.row_buttons import RowButtons
from desktop.conversation.chats.rows import ListedChat, by_day, found
from desktop.i18n.messages import sentences
from desktop.widgets import icons
from desktop.widgets.search_field import SearchField
from perception.types import UserError

_SEARCH_MS = 150


class ChatList(QFrame):
    """Shows the chats of a `History`. `opened` carries a chat's id, or None for a new one.

    `turn_opened` carries a chat, a turn in it, and what was searched for. `announced` carries what
    a screen reader is to say. `pins_changed` comes after one was pinned or unpinned, `changed`
    after one was renamed, deleted or brought back.
    """

    opened = Signal(object)
    turn_opened = Signal(int, str, str)
    trouble = Signal(str, str)
    announced = Signal(str)
    pins_changed = Signal()
    changed = Signal()

    def __init__(self, history: Callable[[], History], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setProperty("edge", "right")
        self._history = history
        self._current: int | None = None
        self.pinned: tuple[int, ...] = ()
        self._new = QPushButton(icons.icon("plus"), self.tr("New chat"))
        self._new.clicked.connect(lambda: self.opened.emit(None))
        self._field = SearchField(self.tr("Search"), self.tr("Search all chats"))
        self.search = self._field.line
        self._waits = QTimer(self, singleShot=True, interval=_SEARCH_MS)
        self._waits.timeout.connect(self._searched)
        self.search.textChanged.connect(self._waits.start)
        self.list = ChatView()
        self.buttons = RowButtons(self.list)
        self._empty = QLabel()
        self._empty.setProperty("kind", "caption")
        self._empty.setWordWrap(True)
        self.deleted = DeletedChats()
        self.settings = QPushButton(icons.icon("settings", "muted"), self.tr("Settings"))
        self.settings.setProperty("kind", "row")
        self._connect()
        self._lay_out()

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        field = [self.search, self._field.clear]
        undo = [self.deleted.close_button, self.deleted.button]
        return [self._new, *field, self.list, self.buttons.stop, *undo, self.settings]

    @property
    def marked(self) -> int | None:
        """The chat that the list stands at."""
        return self.list.marked

    @property
    def can_undo(self) -> bool:
        """Whether a deleted chat can be brought back."""
        return self.deleted.newest is not None

    def known(self) -> list[Chat]:
        """All chats, the newest first; none where they cannot be read."""
        chats = list[Chat]()
        self._try(lambda: chats.extend(self._history().chats()))
        return chats

    def start_search(self) -> None:
        """Put the caret into the search of all chats."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def reload(self) -> None:
        """Read the chats again."""
        typed = self.search.text().strip()
        try:
            history = self._history()
            rows = list(found(history, typed) if typed else by_day(history, self.pinned))
            if (saved := history.take_saved()) is not None:
                self.trouble.emit(*sentences(saved.notice))
        except UserError as error:
            self.trouble.emit(*sentences(error.notice))
            return
        self.list.show_rows(rows)
        nothing = self.tr("Nothing found.") if typed else self.tr("No chats yet.")
        self._empty.setText(nothing)
        self._empty.setVisible(not rows)
        self.set_current(self._current)
        self.buttons.follow()

    def set_current(self, chat: int | None) -> None:
        """Mark the chat that is open."""
        self._current = chat
        self.list.show_open(chat)

    def title_of(self, chat: int | None) -> str:
        """The title of a listed chat, or nothing."""
        return self.list.title_of(chat)

    def titles(self) -> list[str]:
        """The titles that are listed, from the top."""
        return self.list.titles()

    def rename(self) -> None:
        """Edit the title of the marked chat in place."""
        if self.marked is not None:
            self.list.setFocus()
            self.list.edit(self.list.currentIndex())

    def pin(self) -> None:
        """Pin the marked chat to the top, or unpin it."""
        chat = self.marked
        if chat is None:
            return
        if chat in self.pinned:
            self.pinned = tuple(each for each in self.pinned if each != chat)
        else:
            self.pinned = (*self.pinned, chat)
        self.reload()
        self.list.mark(chat)
        said = self.tr("Pinned.") if chat in self.pinned else self.tr("No longer pinned.")
        self.announced.emit(said)
        self.pins_changed.emit()

    def delete(self) -> None:
        """Delete the marked chat; it can be undone."""
        chat, row = self.marked, self.list.currentIndex().row()
        title, in_list = str(self.list.currentIndex().data()), self.list.hasFocus()
        if chat is None or not self._try(lambda: self._history().delete(chat)):
            return
        self.deleted.add(chat, title)
        self.reload()
        self.announced.emit(self.tr("{title} deleted. Ctrl+Z brings it back.").format(title=title))
        if chat == self._current:
            self.opened.emit(None)
        self.changed.emit()
        if in_list:  # so that the next one can be deleted too
            self.list.setFocus()
            self.list.mark_near(row)

    def undo(self) -> None:
        """Bring the chat that was deleted last back."""
        chat = self.deleted.newest
        if chat is None or not self._try(lambda: self._history().restore(chat)):
            return
        self.deleted.restored(chat)
        self.reload()
        self.opened.emit(chat)
        self.changed.emit()
        self.announced.emit(self.tr("The chat is back."))

    def export(self) -> None:
        """Write the marked chat to a file that the user chooses."""
        chat, title = self.marked, str(self.list.currentIndex().data())
        if chat is None:
            return
        kinds = self.tr("Markdown") + " (*.md);;" + self.tr("JSON") + " (*.json)"
        safe = "".join(c if c.isalnum() or c in " -_" else "_" for c in title)[:60]
        name, kind = QFileDialog.getSaveFileName(
            self, self.tr("Export this chat"), f"{safe.strip() or 'chat'}.md", kinds
        )
        if name:
            as_json = name.endswith(".json") or (kind.endswith("(*.json)") and "." not in name)
            self._try(lambda: write_chat(self._history(), chat, Path(name), as_json=as_json))

    def _searched(self) -> None:
        self.reload()
        if self.search.text().strip():
            count = len(self.titles())
            self.announced.emit(self.tr("Found: {n}.").format(n=count))

    def _try(self, do: Callable[[], object]) -> bool:
        try:
            do()
        except UserError as error:
            self.trouble.emit(*sentences(error.notice))
            return False
        return True

    def _renamed(self, chat: int, title: str) -> None:
        if title.strip():
            self._try(lambda: self._history().rename(chat, title))
            QTimer.singleShot(0, self, self.changed.emit)
        QTimer.singleShot(0, self, self.reload)

    def _open(self, row: ListedChat) -> None:
        if row.turn:
            self.turn_opened.emit(row.chat.id, row.turn, self.search.text().strip())
        elif row.chat.id != self._current:
            self.opened.emit(row.chat.id)

    def _connect(self) -> None:
        self.list.picked.connect(self._open)
        self.list.renamed.connect(self._renamed)
        self.list.customContextMenuRequested.connect(self._menu)
        self.deleted.undo_wanted.connect(self.undo)
        self.deleted.over.connect(self._purge)
        moved = self.list.selectionModel().currentChanged
        moved.connect(lambda *_: QTimer.singleShot(0, self, self.buttons.follow))
        for wanted, do in (
            (self.buttons.rename_wanted, self.rename),
            (self.buttons.pin_wanted, self.pin),
            (self.buttons.delete_wanted, self.delete),
        ):
            wanted.connect(lambda chat, do=do: self._at(chat, do))

    def _at(self, chat: int, do: Callable[[], None]) -> None:
        self.list.mark(chat)
        do()

    def _purge(self, before: float) -> None:
        self._try(lambda: self._history().purge(before))

    def _menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if index.data(ROW) is None:  # by the keyboard, the place is that of no row
            index = self.list.currentIndex()
            place = self.list.visualRect(index).center()
        if index.data(ROW) is None:
            return
        self.list.setCurrentIndex(index)
        menu = QMenu(self)
        pin = self.tr("Unpin") if self.marked in self.pinned else self.tr("Pin to the top")
        menu.addAction(icons.icon("square-pen"), self.tr("Rename"), self.rename)
        menu.addAction(icons.icon("pin"), pin, self.pin)
        menu.addAction(icons.icon("download"), self.tr("Export…"), self.export)
        menu.addAction(icons.icon("trash-2"), self.tr("Delete"), self.delete)
        menu.exec(self.list.viewport().mapToGlobal(place))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(3), theme.gap(3), theme.gap(3), theme.gap(3))
        column.setSpacing(theme.gap(2))
        column.addWidget(self._new)
        column.addWidget(self._field)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        column.addWidget(self.deleted)
        column.addWidget(self.settings)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Wide enough for a title."""
        return QSize(theme.gap(45), theme.gap(50))
