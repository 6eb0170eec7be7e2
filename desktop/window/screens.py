"""Screens that come, go or change their size: no window stays where nobody sees it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from desktop.window.state import keep_on_screen

_STANDING = (Qt.WindowType.Window, Qt.WindowType.Dialog)


class ScreenWatch(QObject):
    """Brings the window and its dialogs back onto a screen, whole."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        # Qt itself moves its windows first, and then they may be larger than the screen.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._bring_back)
        app.screenAdded.connect(self._follow)
        app.screenRemoved.connect(self._change)
        app.primaryScreenChanged.connect(self._change)
        for screen in app.screens():
            self._follow(screen)

    def _follow(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._change)

    def _change(self, _: object) -> None:
        self._soon.start()

    def _bring_back(self) -> None:
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and window.windowType() in _STANDING:
                keep_on_screen(window)
