"""Rename, pin and delete, on the row of a chat that the mouse or the keyboard is at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QToolButton, QWidget

from desktop import theme
from desktop.conversation.chats.chat_row import ROW
from desktop.conversation.chats.rows import ListedChat
from desktop.widgets import icons
from desktop.widgets.plain_text import short, tip
from desktop.widgets.roving import RovingFocus

_LONGEST = 60


class RowButtons(QFrame):
    """Lies over the end of one row. Each signal carries the chat of that row."""

    rename_wanted = Signal(int)
    pin_wanted = Signal(int)
    delete_wanted = Signal(int)

    def __init__(self, view: QListView) -> None:
        super().__init__(view.viewport())
        self.setProperty("kind", "rowtools")
        self._view = view
        self._chat: int | None = None
        self.rename, self.pin, self.delete = (
            _tool(icon) for icon in ("square-pen", "pin", "trash-2")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(), 0, 0, 0)
        row.setSpacing(0)
        for button, wanted in (
            (self.rename, self.rename_wanted),
            (self.pin, self.pin_wanted),
            (self.delete, self.delete_wanted),
        ):
            row.addWidget(button)
            button.clicked.connect(lambda _=False, wanted=wanted: self._ask(wanted))
        self._roving = RovingFocus((self.rename, self.pin, self.delete), self)
        view.setMouseTracking(True)
        view.entered.connect(self.show_at)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        self.hide()

    @property
    def stop(self) -> QWidget:
        """What Tab visits."""
        return self._roving.stop

    def show_at(self, index: QModelIndex) -> None:
        """Be there for the chat of this row; away for a heading."""
        row = index.data(ROW)
        if not isinstance(row, ListedChat):
            self.hide()
            return
        self._chat = row.chat.id
        title = short(row.chat.title, _LONGEST).replace("\n", " ") or self.tr("New chat")
        pin = self.tr("Unpin “{title}”") if row.pinned else self.tr("Pin “{title}” to the top")
        _name(self.rename, self.tr("Rename “{title}”").format(title=title), "F2")
        _name(self.pin, pin.format(title=title), "")
        _name(self.delete, self.tr("Delete “{title}”").format(title=title), self.tr("Delete"))
        place = self._view.visualRect(index)
        size = self.sizeHint()
        top = place.top() + 1 + (min(place.height(), theme.target(1.3)) - size.height()) // 2
        left = self._view.viewport().width() - size.width() - theme.gap()
        self.setGeometry(QRect(left, max(place.top() + 1, top), size.width(), size.height()))
        self.show()
        self.raise_()

    def follow(self) -> None:
        """Be at the row that the keyboard is at; away where it is not in the list."""
        if self._within() or self.underMouse():
            return
        if self._view.hasFocus():
            self.show_at(self._view.currentIndex())
        elif not self._view.viewport().underMouse():
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Come and go with mouse and focus."""
        kind = event.type()
        if kind in (QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            # Once the focus stands where it goes.
            QTimer.singleShot(0, self, self.follow)
        elif kind in (QEvent.Type.Wheel, QEvent.Type.Resize):
            self.hide()
        return super().eventFilter(watched, event)

    def _within(self) -> bool:
        return any(b.hasFocus() for b in (self.rename, self.pin, self.delete))

    def _ask(self, wanted: SignalInstance) -> None:
        if self._chat is not None:
            if self._within():
                self._view.setFocus()
            wanted.emit(self._chat)


def _tool(icon: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("kind", "small")
    button.setIcon(icons.icon(icon, "muted"))
    return button


def _name(button: QToolButton, name: str, key: str) -> None:
    button.setAccessibleName(name)
    button.setToolTip(tip(f"{name} ({key})" if key else name))
