"""Deletes chats that are older than the user wants them kept: at the start, and once a day."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from agent.memory.history import History
from agent.settings import Settings
from desktop.window.main import Window

_DAY_MS = 24 * 3600 * 1000


class Retention(QObject):
    """Says how many were deleted. Nothing is deleted where no number of days is set."""

    def __init__(
        self, windows: Callable[[], tuple[Window, ...]], history: Callable[[], History]
    ) -> None:
        super().__init__()
        self._windows, self._history = windows, history
        self._days = windows()[-1].actions_.settings.keep_days
        self._daily = QTimer(self, interval=_DAY_MS)
        self._daily.timeout.connect(self.delete_older)

    def begin(self) -> None:
        """Delete what is too old now, and from now on once a day."""
        self._daily.start()
        self.delete_older()

    def follow(self, settings: Settings) -> None:
        """The user wants them kept for another time; it counts from the next day or start on."""
        self._days = settings.keep_days

    def delete_older(self) -> None:
        """Delete what is too old, and say so."""
        if not self._days:
            return
        gone = list[int]()
        front = self._windows()[-1]
        actions, parts = front.actions_, front.parts
        actions.guarded(lambda: gone.append(self._history().delete_older(self._days)))
        if not any(gone):
            return
        known = {one.id for one in self._history().chats()}
        for window in self._windows():
            window.parts.chats.reload()
            chat = window.session.chat
            if chat is not None and chat not in known and not window.session.private:
                window.actions_.open_chat(None)
        words = self.tr("Deleted: {n} chats in which nothing was said for {days} days.")
        parts.conversation.notice(words.format(n=gone[0], days=self._days), "")
