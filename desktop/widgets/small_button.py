"""The quiet buttons under an answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop.widgets import icons


def small_button(icon: str, name: str) -> QPushButton:
    """A button for what can be done with a turn."""
    button = QPushButton(icons.icon(icon, "muted"), name)
    button.setProperty("kind", "small")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
