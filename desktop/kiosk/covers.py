"""The further screens: each shows the first page, comes with its screen and goes with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from desktop.kiosk.window import KioskWindow, standing_flags


class Covers(QObject):
    """Covers every screen but that of the window, so that no desktop is seen."""

    def __init__(self, window: KioskWindow, page: Callable[[], QWidget]) -> None:
        super().__init__(window)
        self._window, self._page = window, page
        self._covers: dict[QScreen, QWidget] = {}
        app = QApplication.instance()
        assert isinstance(app, QGuiApplication)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.follow)
        for changed in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
            changed.connect(lambda _: self._soon.start())

    def follow(self) -> None:
        """Cover what there is now."""
        self._window.stand()
        screens = QGuiApplication.screens()
        for gone in [screen for screen in self._covers if screen not in screens]:
            self._drop(gone)
        for screen in screens:
            if screen is self._window.screen():
                self._drop(screen)
            elif screen not in self._covers:
                self._covers[screen] = self._cover(screen)
            else:
                self._covers[screen].setGeometry(screen.geometry())

    @property
    def shown(self) -> list[QWidget]:
        """The covers that stand."""
        return list(self._covers.values())

    def close(self) -> None:
        """The kiosk ends."""
        for screen in list(self._covers):
            self._drop(screen)

    def _cover(self, screen: QScreen) -> QWidget:
        cover = self._page()
        cover.setWindowFlags(standing_flags())
        cover.setScreen(screen)
        cover.setGeometry(screen.geometry())
        cover.show()
        return cover

    def _drop(self, screen: QScreen) -> None:
        cover = self._covers.pop(screen, None)
        if cover is not None:
            cover.hide()
            cover.deleteLater()
