"""Buttons of a row that are one tab stop; arrow keys go from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
_TAB = Qt.FocusPolicy.StrongFocus
_NOT_BY_TAB = Qt.FocusPolicy.ClickFocus


class RovingFocus(QObject):
    """Of `buttons`, Tab reaches the one that was used last; at first the first."""

    def __init__(self, buttons: Sequence[QAbstractButton], parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons = list(buttons)
        self._stop = self._buttons[0]
        for button in self._buttons:
            button.installEventFilter(self)
        self._be(self._buttons[0])

    @property
    def stop(self) -> QWidget:
        """The one that Tab reaches."""
        return self._stop

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Arrow keys, Home and End move; what gets the focus is what Tab reaches."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QAbstractButton):
            self._be(watched)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._moved(event)
        return super().eventFilter(watched, event)

    def _moved(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        shown = [button for button in self._buttons if button.isVisible() and button.isEnabled()]
        if self._stop not in shown:
            return False
        place, key = shown.index(self._stop), event.key()
        if key in _STEPS:
            target = shown[(place + _STEPS[Qt.Key(key)]) % len(shown)]
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            target = shown[0 if key == Qt.Key.Key_Home else -1]
        else:
            return False
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _be(self, now: QAbstractButton) -> None:
        self._stop = now
        for button in self._buttons:
            button.setFocusPolicy(_TAB if button is now else _NOT_BY_TAB)
