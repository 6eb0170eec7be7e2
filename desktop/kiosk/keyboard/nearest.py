"""Which key arrow keys go to from another one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.kiosk.keyboard.key_button import KeyButton

ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


def nearest(
    rows: Sequence[Sequence[KeyButton]], at: KeyButton | None, down: int, right: int
) -> KeyButton:
    """The key beside `at`, or the nearest in the row above or below; the first where it is gone."""
    row = next((n for n, line in enumerate(rows) if at in line), -1)
    if at is None or row < 0:
        return rows[0][0]
    if not down:
        return rows[row][(rows[row].index(at) + right) % len(rows[row])]
    middle = _middle(at)
    return min(rows[(row + down) % len(rows)], key=lambda each: abs(_middle(each) - middle))


def _middle(widget: QWidget) -> int:
    return widget.mapToGlobal(widget.rect().center()).x()
