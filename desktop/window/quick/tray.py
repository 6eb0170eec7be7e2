"""The icon in the tray, where the desktop has one: Candor stays ready without a window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop.widgets import icons


def tray_here() -> bool:
    """Whether this desktop has a tray."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """A menu on an icon; every wish is a signal."""

    ask_wanted = Signal()
    open_wanted = Signal()
    mute_wanted = Signal(bool)
    private_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.menu = QMenu()
        self._add("message-circle", self.tr("Ask…")).triggered.connect(self.ask_wanted)
        self._add("external-link", self.tr("Open Candor")).triggered.connect(self.open_wanted)
        self.mute = self._add("mic-off", self.tr("Mute the microphone"))
        self.mute.setCheckable(True)
        self.mute.triggered.connect(self.mute_wanted)
        private = self._add("shield-check", self.tr("New private chat"))
        private.triggered.connect(self.private_wanted)
        self.menu.addSeparator()
        self._add("x", self.tr("Quit")).triggered.connect(self.quit_wanted)
        self._icon: QSystemTrayIcon | None = None

    @property
    def shown(self) -> bool:
        """Whether the icon can be seen; a desktop may lose its tray."""
        return self._icon is not None and self._icon.isVisible() and tray_here()

    def set_wanted(self, wanted: bool) -> None:
        """Show the icon where there is a tray, or take it away."""
        if wanted and self._icon is None and tray_here():
            self._icon = QSystemTrayIcon(icons.app_icon(), self)
            self._icon.setToolTip("Candor")
            self._icon.setContextMenu(self.menu)
            self._icon.activated.connect(self._pressed)
            self._icon.show()
        elif not wanted and self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def set_muted(self, muted: bool) -> None:
        """Show whether the microphone is muted."""
        self.mute.setChecked(muted)

    def _pressed(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.open_wanted.emit()

    def _add(self, icon: str, name: str) -> QAction:
        return self.menu.addAction(icons.icon(icon, "muted"), name)
