"""The box that says what Candor is, and where its things lie."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from agent.settings import data_folder
from desktop import theme
from desktop.widgets import icons
from desktop.widgets.plain_text import breakable
from desktop.widgets.reading_order import read_in_order

translate = QCoreApplication.translate


def show_about(window: QWidget) -> None:
    """Show version, licences and places over the window."""
    box = about_box(window)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def about_box(window: QWidget) -> QMessageBox:
    """The box, not shown yet."""
    try:
        number = version("candor-desktop")
    except PackageNotFoundError:
        number = ""
    folder = data_folder()
    lies = translate("Menu", "Your data: {folder}").format(folder=breakable(str(folder)))
    logs = translate("Menu", "Logs: {folder}").format(folder=breakable(str(folder / "logs")))
    lines = (
        translate("Menu", "A private companion that listens, looks, answers and explains itself."),
        translate("Menu", "Apache License 2.0. Icons by Lucide (ISC License)."),
        translate(
            "Menu",
            "The font Inter (SIL Open Font License). Each model has its own licence: see Models.",
        ),
        f"{lies}\n{logs}",
    )
    box = QMessageBox(window)
    box.setWindowTitle(translate("Menu", "About Candor"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIconPixmap(icons.app_icon().pixmap(theme.gap(16), theme.gap(16)))
    box.setText(f"Candor {number}".strip())
    box.setInformativeText("\n\n".join(lines))
    show = box.addButton(
        translate("Menu", "Open the data folder"), QMessageBox.ButtonRole.ActionRole
    )
    show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
    close = box.addButton(QMessageBox.StandardButton.Close)
    box.setDefaultButton(close)
    box.setEscapeButton(close)
    read_in_order(box)
    return box
