"""A notification for an answer that took long and ended while the window was not in front."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from agent.events import Asked, Reply
from agent.types import Ended
from desktop.widgets import icons

LONG_S = 8.0


class AnswerNotice(QObject):
    """Says that there is an answer, never what it says: a notification is seen by others."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._asked = dict[str, float]()
        self._tray: QSystemTrayIcon | None = None

    def follow(self, event: object) -> None:
        """What the mind tells."""
        if isinstance(event, Asked):
            self._asked[event.turn] = time.monotonic()
            if self._tray is not None:
                self._tray.hide()  # whoever asks again has seen the answer
        elif isinstance(event, Reply):
            began = self._asked.pop(event.turn, None)
            long = began is not None and time.monotonic() - began >= LONG_S
            if long and event.ended is Ended.DONE and not self._window.isActiveWindow():
                self.notify()

    def notify(self) -> None:
        """Mark the window in the task bar, and show a notification where the system has a tray."""
        QApplication.alert(self._window)
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(icons.app_icon(), self)
            self._tray.messageClicked.connect(self._bring)
            self._tray.activated.connect(self._bring)
        self._tray.show()
        self._tray.showMessage("Candor", self.tr("Your answer is ready."), icons.app_icon())

    def _bring(self) -> None:
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        if self._tray is not None:
            self._tray.hide()
