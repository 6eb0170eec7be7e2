"""The page on which the owner leaves the kiosk: a pad of digits, large enough for a finger."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.kiosk.admin.pin import MOST, KioskPin, open_pin
from desktop.widgets.labels import label
from perception.types import UserError
from safety.policy_pin import FEWEST

_DIGITS = ("1", "2", "3", "4", "5", "6", "7", "8", "9")
_IDLE_MS = 30_000
_SECOND_MS = 1000
_WIDEST, _TALLEST = 60, 14


def ask_admin(over: QWidget) -> bool:
    """Ask for the PIN over a window, and wait; whether the kiosk may be left."""
    dialog = QDialog(over, Qt.WindowType.FramelessWindowHint)
    dialog.setGeometry(over.window().geometry())
    page = AdminExit(parent=dialog)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(page)
    page.unlocked.connect(dialog.accept)
    page.cancelled.connect(dialog.reject)
    page.setFocus()
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()


class AdminExit(QWidget):
    """`unlocked` comes after the right PIN; `cancelled` after Back, or half a minute of nothing."""

    unlocked = Signal()
    cancelled = Signal()

    def __init__(self, pin: KioskPin | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pin, self._typed = pin or open_pin(), ""
        self.setProperty("kind", "page")
        self.setAccessibleName(self.tr("Leave the kiosk"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = label(self.tr("PIN of the owner"), kind="display")
        self.shown = label(kind="display")
        self.said = label(kind="muted")
        self.keys = {digit: self._key(digit) for digit in (*_DIGITS, "0")}
        self.delete = self._large(self.tr("Delete"))
        self.delete.clicked.connect(self.delete_digit)
        self.enter = self._large(self.tr("Enter"))
        self.enter.setProperty("kind", "primary")
        self.enter.clicked.connect(self.enter_pin)
        self.back = self._large(self.tr("Back"))
        self.back.clicked.connect(self.cancelled)
        self.back.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self._second = QTimer(self, interval=_SECOND_MS)
        self._second.timeout.connect(self._follow)
        self._idle = QTimer(self, interval=_IDLE_MS, singleShot=True)
        self._idle.timeout.connect(self.cancelled)
        self.start_again()

    def start_again(self) -> None:
        """Show it with nothing entered; the waits of before go on."""
        self._typed = ""
        self._said_wrong = False
        self._second.start()
        self._idle.start()
        self._follow()

    def press_digit(self, digit: str) -> None:
        """Add a digit, where one may be entered."""
        if self.keys[digit].isEnabled() and len(self._typed) < MOST:
            self._typed += digit
            self._said_wrong = False
        self._touched()

    def delete_digit(self) -> None:
        """Take the last digit away."""
        self._typed = self._typed[:-1]
        self._touched()

    def enter_pin(self) -> None:
        """Try what was entered."""
        if not self.enter.isEnabled():
            return
        typed, self._typed = self._typed, ""
        try:
            came = self._pin.try_pin(typed)
        except UserError as error:
            # A wrong try that cannot be counted lets nobody out.
            self.said.setText(error.message)
            return
        if came.right:
            self._second.stop()
            self._idle.stop()
            self.unlocked.emit()
            return
        self._said_wrong = True
        self._touched()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Digits, Backspace, Enter and Escape do what the keys on the page do."""
        if event.text() in self.keys:
            self.press_digit(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self.delete_digit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter_pin()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()

    def _touched(self) -> None:
        self._idle.start()
        self._follow()

    def _follow(self) -> None:
        is_set = self._pin.is_set
        try:
            wait = math.ceil(self._pin.wait_s())
        except UserError as error:
            self.said.setText(error.message)
            return
        free = is_set and not wait
        for key in (*self.keys.values(), self.delete):
            key.setEnabled(free)
        self.enter.setEnabled(free and len(self._typed) >= FEWEST)
        self.shown.setText("•" * len(self._typed) or " ")
        self.shown.setAccessibleName(self.tr("%n digit(s) entered", "", len(self._typed)))
        self.said.setText(self._words(is_set, wait))

    def _words(self, is_set: bool, wait: int) -> str:
        if not is_set:
            return self.tr("No PIN is set. In a terminal: candor kiosk pin")
        if wait and self._said_wrong:
            return self.tr("That is not the PIN. Try again in %n second(s).", "", wait)
        if wait:
            return self.tr("Try again in %n second(s).", "", wait)
        return self.tr("That is not the PIN.") if self._said_wrong else " "

    def _key(self, digit: str) -> QPushButton:
        key = self._large(digit)
        key.clicked.connect(lambda: self.press_digit(digit))
        return key

    def _large(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        # The style sheet has the last word on a button's least size; the row makes it large.
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        return button

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(theme.gap(2))
        grid.setContentsMargins(0, 0, 0, 0)
        for number, digit in enumerate(_DIGITS):
            grid.addWidget(self.keys[digit], number // 3, number % 3)
        grid.addWidget(self.delete, 3, 0)
        grid.addWidget(self.keys["0"], 3, 1)
        grid.addWidget(self.enter, 3, 2)
        column = QVBoxLayout()
        column.setSpacing(theme.gap(2))
        column.addStretch(1)
        for words in (self.title, self.shown, self.said):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        column.addStretch(1)
        column.addWidget(self.back)
        pad = QWidget()
        pad.setLayout(grid)
        pad.setMaximumSize(theme.chars(_WIDEST), theme.target(_TALLEST))
        row = QHBoxLayout(self)
        row.setContentsMargins(*(theme.gap(4),) * 4)
        row.setSpacing(theme.gap(4))
        row.addLayout(column, 2)
        row.addWidget(pad, 3)
