"""A button that chooses where pictures come from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QPushButton, QWidget

from desktop.widgets import icons
from desktop.widgets.plain_text import tip

FIRST = "camera:0"
SECOND = "camera:1"


class SourceButton(QPushButton):
    """Shows the source in use; its menu offers others. `chosen` names one, empty for off."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self.setProperty("kind", "small")
        self.setProperty("opens", "menu")
        menu = QMenu(self)
        self._off = self._add(menu, "camera-off", self.tr("Off"), "")
        self._first = self._add(menu, "camera", self.tr("Camera"), FIRST)
        self._second = self._add(menu, "camera", self.tr("Second camera"), SECOND)
        menu.addSeparator()
        file = menu.addAction(icons.icon("folder", "muted"), self.tr("Video or picture file…"))
        file.triggered.connect(self._ask_file)
        address = menu.addAction(icons.icon("external-link", "muted"), self.tr("Camera address…"))
        address.triggered.connect(self._ask_address)
        self.setMenu(menu)
        self.set_source("")

    @property
    def source(self) -> str:
        """The source in use."""
        return self._source

    def set_source(self, source: str) -> None:
        """Show which source is in use."""
        self._source = source
        self.setIcon(icons.icon("camera" if source else "camera-off", "muted"))
        # An icon alone: a name of any length would push the panel's edge.
        self.setAccessibleName(self.tr("Picture from: %1").replace("%1", source_name(source)))
        self.setToolTip(tip(self.accessibleName()))
        for action, value in ((self._off, ""), (self._first, FIRST), (self._second, SECOND)):
            action.setCheckable(True)
            action.setChecked(value == source)
            glyph = "check" if value == source else "camera" if value else "camera-off"
            action.setIcon(icons.icon(glyph, "accent" if value == source else "muted"))

    def _add(self, menu: QMenu, glyph: str, text: str, source: str) -> QAction:
        action = menu.addAction(icons.icon(glyph, "muted"), text)
        action.triggered.connect(lambda: self._choose(source))
        return action

    def _choose(self, source: str) -> None:
        self.set_source(source)
        self.chosen.emit(source)

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Look at a file"))
        if path:
            self._choose(f"file:{path}")

    def _ask_address(self) -> None:
        address, accepted = QInputDialog.getText(
            self,
            self.tr("Camera address"),
            self.tr("Address of a network camera (http:// or rtsp://)"),
        )
        if accepted and address.strip():
            self._choose(address.strip())


def source_name(source: str) -> str:
    """A source in words."""
    translate = QCoreApplication.translate
    known = {
        "": translate("Source", "Off"),
        FIRST: translate("Source", "Camera"),
        SECOND: translate("Source", "Second camera"),
    }
    if source in known:
        return known[source]
    if source.startswith("file:"):
        return Path(source.removeprefix("file:").split("?")[0]).name
    return source.split("?", maxsplit=1)[0]
