"""Lets through what a visitor needs, and nothing else: plain typing, moving in a field, a touch."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

_MODIFIED = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_PLAIN = frozenset(
    {
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Shift,
        Qt.Key.Key_CapsLock,
    }
)
"""Keys without a letter that cannot leave."""

_SHUT = frozenset(
    {
        QEvent.Type.ContextMenu,
        QEvent.Type.DragEnter,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
        QEvent.Type.Shortcut,
        QEvent.Type.FileOpen,
        QEvent.Type.ToolTip,
        QEvent.Type.WhatsThis,
        QEvent.Type.QueryWhatsThis,
        QEvent.Type.EnterWhatsThisMode,
        QEvent.Type.HelpRequest,
        QEvent.Type.NonClientAreaMouseButtonPress,
    }
)
"""Whatever opens something, or brings something in or out."""

_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)
_BUTTONS = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
)
_SIGNS = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin)


class KeyFilter(QObject):
    """To be installed on the application. `touched` at each sign of life, also a key that is shut.

    It is a list of what may pass: a key that nobody thought of is shut.
    """

    touched = Signal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Whether the event ends here."""
        kind = event.type()
        if kind in _SIGNS and event.spontaneous():
            self.touched.emit()
        if kind in _SHUT:
            event.ignore()
            return True
        if kind in _KEYS and isinstance(event, QKeyEvent):
            return not may_pass(event)
        if kind in _BUTTONS and isinstance(event, QMouseEvent):
            return event.button() is not Qt.MouseButton.LeftButton
        if kind is QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            return bool(event.modifiers() & _MODIFIED)
        return super().eventFilter(watched, event)


def may_pass(event: QKeyEvent) -> bool:
    """Whether a key writes, moves within a field or goes to the next one."""
    if event.modifiers() & _MODIFIED:
        return False
    return event.key() in _PLAIN or (event.text().isprintable() and bool(event.text()))
