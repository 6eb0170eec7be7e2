"""Deleted chats that can still be brought back: a note with Undo, and the time that is left."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from desktop import theme
from desktop.widgets import icons
from desktop.widgets.elided import Elided

NOTE_S = 30
"""So long the note is shown; Ctrl+Z works on."""
UNDO_S = 600
"""So long a chat can be brought back while Candor runs."""


class DeletedChats(QFrame):
    """The note. `undo_wanted` when it is pressed; `over` carries the time before which all is gone.

    `now` is a clock in seconds since 1970, as the history keeps it.
    """

    undo_wanted = Signal()
    over = Signal(float)

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        super().__init__()
        self.setProperty("kind", "raised")
        self._now = now
        self._chats = list[tuple[int, float]]()
        self._title = Elided("")
        self.button = QPushButton(self.tr("Undo"))
        self.button.setProperty("kind", "chip")
        self.button.setToolTip(self.tr("Bring the chat back (Ctrl+Z)"))
        self.button.clicked.connect(self.undo_wanted)
        self.close_button = QToolButton()
        self.close_button.setProperty("kind", "small")
        self.close_button.setIcon(icons.icon("x", "muted"))
        self.close_button.setAccessibleName(self.tr("Close this message"))
        self.close_button.setToolTip(self.tr("Close this message"))
        self.close_button.clicked.connect(self.hide)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self._title, 1)
        first.addWidget(self.close_button)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        second.addWidget(self.button)
        second.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(3), theme.gap(), theme.gap(), theme.gap(2))
        column.setSpacing(theme.gap())
        column.addLayout(first)
        column.addLayout(second)
        self._note = QTimer(self, singleShot=True, interval=NOTE_S * 1000)
        self._note.timeout.connect(self._hide_unless_used)
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self.forget_old)
        self.hide()

    @property
    def newest(self) -> int | None:
        """The chat that Undo brings back."""
        return self._chats[-1][0] if self._chats else None

    @property
    def text(self) -> str:
        """What the note says."""
        return self._title.text()

    def add(self, chat: int, title: str) -> None:
        """A chat was deleted just now."""
        self._chats.append((chat, self._now()))
        self._title.setText(self.tr("Deleted: {title}").format(title=title))
        self._title.setToolTip(self._title.text())
        self.show()
        self._note.start()
        self._wait()

    def restored(self, chat: int) -> None:
        """A chat is back."""
        self._chats = [(each, at) for each, at in self._chats if each != chat]
        self.hide()
        self._wait()

    def forget_old(self) -> None:
        """The time of the oldest is over."""
        limit = self._now() - UNDO_S
        if any(at <= limit for _, at in self._chats):
            self._chats = [(chat, at) for chat, at in self._chats if at > limit]
            self.over.emit(limit)
        if not self._chats:
            self.hide()
        self._wait()

    def _wait(self) -> None:
        self._end.stop()
        if self._chats:
            left = self._chats[0][1] + UNDO_S - self._now()
            self._end.start(max(1, round(left * 1000)))

    def _hide_unless_used(self) -> None:
        if self.underMouse() or self.button.hasFocus() or self.close_button.hasFocus():
            self._note.start()
        else:
            self.hide()
