"""The box that says what Candor is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop import theme
from desktop.widgets import icons

translate = QCoreApplication.translate


def show_about(window: QWidget) -> None:
    """Show version and licences, until it is closed."""
    try:
        number = version("candor-desktop")
    except PackageNotFoundError:
        number = ""
    what = translate(
        "Menu", "A private companion that listens, looks, answers and explains itself."
    )
    licence = translate("Menu", "Apache License 2.0. Icons by Lucide (ISC License).")
    box = QMessageBox(window)
    box.setWindowTitle(translate("Menu", "About Candor"))
    box.setIconPixmap(icons.app_icon().pixmap(theme.gap(16), theme.gap(16)))
    box.setText(f"Candor {number}".strip())
    box.setInformativeText(f"{what}\n\n{licence}")
    box.exec()
