"""Marks are kept to learn from only with the user's own yes, which is asked for the first time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.widgets.reading_order import read_in_order

translate = QCoreApplication.translate


def ask_to_keep(over: QWidget, decided: Callable[[bool], None]) -> None:
    """Ask in a dialog over this widget; `decided` hears the answer, False where it is closed."""
    box = QMessageBox(over)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(translate("Consent", "Learn from your marks?"))
    box.setText(translate("Consent", "May Candor keep what you think of its answers?"))
    box.setInformativeText(
        translate(
            "Consent",
            "The question, the answer and your correction are saved on this computer. They are "
            "used only when you start a training yourself. You can change this in the settings.",
        )
    )
    keep = translate("Consent", "Save")
    yes = box.addButton(keep, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(translate("Consent", "Don't save"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.finished.connect(lambda _: decided(box.clickedButton() is yes))
    read_in_order(box)
    box.open()
