"""Marks are kept to learn from only with the user's own yes, which is asked for the first time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

if TYPE_CHECKING:
    from desktop.window.actions import Actions

translate = QCoreApplication.translate


def ask_once(actions: Actions, then: Callable[[], None], over: QWidget) -> None:
    """Do `then` where the user has agreed to it, or does so now; nothing is kept otherwise."""
    if actions.settings.keep_marks:
        then()
        return
    box = QMessageBox(over)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(translate("Consent", "Learn from your marks?"))
    box.setText(translate("Consent", "May Candor keep what you think of its answers?"))
    box.setInformativeText(
        translate(
            "Consent",
            "The question, the answer and your correction stay on this machine. They are used only "
            "when you start a training yourself. You can change this in the settings.",
        )
    )
    keep = translate("Consent", "Keep them")
    yes = box.addButton(keep, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(translate("Consent", "No, keep nothing"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)

    def decided() -> None:
        if box.clickedButton() is yes:
            actions.apply(replace(actions.settings, keep_marks=True))
            then()
        else:
            actions.moved.emit()

    box.finished.connect(decided)
    box.open()
