"""The box that says what Candor is, and where its things lie."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QCoreApplication, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from agent.settings import data_folder
from desktop import theme
from desktop.widgets import icons
from desktop.widgets.dialog import Dialog
from desktop.widgets.labels import label
from desktop.widgets.plain_text import breakable
from desktop.widgets.scrolling import ScrollPage

translate = QCoreApplication.translate


def show_about(window: QWidget) -> None:
    """Show version, licences and places over the window."""
    AboutBox(window).open()


class AboutBox(Dialog):
    """Version, licences, and the folder with the user's data."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("Menu", "About Candor"))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.gap(5), theme.gap(5), theme.gap(5), theme.gap(2))
        column.setSpacing(theme.gap(3))
        column.addWidget(_picture())
        for line in _lines():
            column.addWidget(line)
        column.addStretch(1)
        area = ScrollPage()
        area.show_page(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area, 1)
        whole.addLayout(self._foot())
        self.fit(QSize(theme.glyph(120), theme.glyph(95)))

    def _foot(self) -> QHBoxLayout:
        show = QPushButton(icons.icon("folder"), translate("Menu", "Open the data folder"))
        show.setAutoDefault(False)
        show.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(data_folder())))
        )
        close = QPushButton(translate("Menu", "Close"))
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.gap(5), theme.gap(2), theme.gap(5), theme.gap(4))
        foot.addWidget(show)
        foot.addStretch(1)
        foot.addWidget(close)
        return foot


def _picture() -> QLabel:
    picture = label(wrap=False)
    picture.setPixmap(icons.app_icon().pixmap(theme.gap(14), theme.gap(14)))
    return picture


def _lines() -> list[QLabel]:
    try:
        number = version("candor-desktop")
    except PackageNotFoundError:
        number = ""
    folder = data_folder()
    what = translate(
        "Menu", "A private companion that listens, looks, answers and explains itself."
    )
    licence = translate("Menu", "Apache License 2.0. Icons by Lucide (ISC License).")
    others = translate(
        "Menu",
        "The font Inter (SIL Open Font License). Each model has its own licence: see Models.",
    )
    lies = translate("Menu", "Your data: {folder}").format(folder=breakable(str(folder)))
    logs = translate("Menu", "Logs: {folder}").format(folder=breakable(str(folder / "logs")))
    return [
        label(f"Candor {number}".strip(), "title"),
        label(what),
        label(f"{licence} {others}", "muted"),
        label(f"{lies}\n{logs}", "muted"),
    ]
