"""A key combination as X knows it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

_SHIFT, _CONTROL, _ALT, _SUPER = 1 << 0, 1 << 2, 1 << 3, 1 << 6
_MODIFIERS = (
    (Qt.KeyboardModifier.ShiftModifier, _SHIFT),
    (Qt.KeyboardModifier.ControlModifier, _CONTROL),
    (Qt.KeyboardModifier.AltModifier, _ALT),
    (Qt.KeyboardModifier.MetaModifier, _SUPER),
)
_NAMED = {
    Qt.Key.Key_Return: 0xFF0D,
    Qt.Key.Key_Enter: 0xFF8D,
    Qt.Key.Key_Tab: 0xFF09,
    Qt.Key.Key_Escape: 0xFF1B,
    Qt.Key.Key_Backspace: 0xFF08,
    Qt.Key.Key_Delete: 0xFFFF,
    Qt.Key.Key_Insert: 0xFF63,
    Qt.Key.Key_Home: 0xFF50,
    Qt.Key.Key_Left: 0xFF51,
    Qt.Key.Key_Up: 0xFF52,
    Qt.Key.Key_Right: 0xFF53,
    Qt.Key.Key_Down: 0xFF54,
    Qt.Key.Key_PageUp: 0xFF55,
    Qt.Key.Key_PageDown: 0xFF56,
    Qt.Key.Key_End: 0xFF57,
    Qt.Key.Key_Pause: 0xFF13,
    Qt.Key.Key_Print: 0xFF61,
    Qt.Key.Key_Menu: 0xFF67,
}
_FIRST_F, _LATIN = 0xFFBE, range(0x20, 0x7F)


@dataclass(frozen=True, slots=True)
class XKey:
    """The symbol of a key, and the mask of what is held with it."""

    symbol: int
    mask: int


def x_key(keys: str) -> XKey | None:
    """The combination that is written as in `Ctrl+Alt+Space`; None where it cannot be global.

    A letter alone, or with Shift, would be taken from everything that is typed anywhere.
    """
    sequence = QKeySequence(keys)
    if sequence.count() != 1:
        return None
    pressed: QKeyCombination = sequence[0]  # type: ignore[index]
    held, key = pressed.keyboardModifiers(), pressed.key()
    mask = sum(bit for modifier, bit in _MODIFIERS if held & modifier)
    function = Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35
    if function:
        return XKey(_FIRST_F + key - Qt.Key.Key_F1, mask)
    if not mask & ~_SHIFT:
        return None
    if key in _NAMED:
        return XKey(_NAMED[key], mask)
    code = int(key)
    return XKey(ord(chr(code).lower()), mask) if code in _LATIN else None
