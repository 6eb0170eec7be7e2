"""A PIN before the policy can be made weaker in the window."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.labels import label
from safety.policy_pin import FEWEST, pin_fits, pin_hash

_MOST = 64


class PinLock(QWidget):
    """`wanted` carries the hash to lock with, empty to take the lock away.

    `unlocked` comes after the right PIN: until the settings are closed all can be changed.
    """

    wanted = Signal(str)
    unlocked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept, self._open = "", False
        self.said = label(kind="caption")
        self.pin = QLineEdit(maxLength=_MOST)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setAccessibleName(self.tr("PIN"))
        self.pin.setPlaceholderText(self.tr("PIN"))
        self.pin.textChanged.connect(self._follow)
        self.pin.returnPressed.connect(self._press)
        self.button = QPushButton()
        self.button.clicked.connect(self._press)
        row = QHBoxLayout()
        row.addWidget(self.pin, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap())
        column.addWidget(self.said)
        column.addLayout(row)
        self.show_lock("")

    @property
    def locked(self) -> bool:
        """Whether the PIN is still wanted before anything becomes weaker."""
        return bool(self._kept) and not self._open

    def show_lock(self, kept: str) -> None:
        """Show whether there is a lock; `kept` is the hash of its PIN."""
        self._open = self._open and kept == self._kept
        self._kept = kept
        if self.locked:
            said, does = self.tr("Locked with a PIN."), self.tr("Unlock")
        elif kept:
            said = self.tr("Unlocked until the settings are closed.")
            does = self.tr("Remove the lock")
        else:
            said = self.tr("A PIN keeps others from making these rules weaker in this window.")
            does = self.tr("Lock with this PIN")
        self.said.setText(said)
        self.button.setText(does)
        self.pin.setVisible(self.locked or not kept)
        self._follow()

    def _follow(self) -> None:
        enough = len(self.pin.text()) >= FEWEST
        self.button.setEnabled(enough or self.pin.isHidden())

    def _press(self) -> None:
        typed = self.pin.text()
        if not self.button.isEnabled():
            return
        self.pin.clear()
        if not self._kept:
            self.wanted.emit(pin_hash(typed))
        elif self._open:
            self.wanted.emit("")
        elif pin_fits(typed, self._kept):
            self._open = True
            self.unlocked.emit()
        else:
            self.said.setText(self.tr("That is not the PIN."))
