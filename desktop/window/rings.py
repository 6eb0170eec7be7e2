"""What rings: a notice in the window, and a notification of the system where it has them."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from agent.events import Rang
from agent.tools.sentences import IN_CHINESE, rung
from desktop.conversation.panel import ConversationPanel
from desktop.i18n import language
from desktop.widgets import icons

_SHOWN_MS = 20_000


class Rings:
    """The tray icon is made with the first ring, and only where there is a tray."""

    def __init__(self, window: QWidget, middle: ConversationPanel) -> None:
        self._window, self._middle = window, middle
        self._tray: QSystemTrayIcon | None = None

    def show(self, event: Rang) -> str:
        """Show it everywhere; returns what a screen reader is to say."""
        chinese = IN_CHINESE.get(language(), False)
        text = rung(
            event.kind, event.label, event.seconds, event.at, missed=event.missed, chinese=chinese
        )
        self._middle.notice(text, "")
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable():
            if self._tray is None:
                self._tray = QSystemTrayIcon(icons.app_icon(), self._window)
                self._tray.show()
            self._tray.showMessage("Candor", text, icons.app_icon(), _SHOWN_MS)
        return text
