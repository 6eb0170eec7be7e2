"""Labels as the theme wants them: plain text that wraps and can be copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from desktop.widgets.plain_text import short


def label(text: str = "", kind: str = "", *, wrap: bool = True, copy: bool = False) -> QLabel:
    """A label of a kind of theme.py. Its text is never read as markup, and openly cut."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(short(text))
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        made.setMinimumWidth(0)
    if copy:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setProperty("kind", kind)
    return made
