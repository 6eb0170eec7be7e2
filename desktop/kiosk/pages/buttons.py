"""Buttons for a finger: large, plain, with words beside the picture."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop import theme
from desktop.widgets import icons

_LINES = 1.8


def large_button(
    text: str, do: Callable[[], object], icon: str = "", *, primary: bool = False
) -> QPushButton:
    """A button as tall as a finger is wide."""
    made = QPushButton(text.replace("&", "&&"))
    made.setAccessibleName(text)
    if primary:
        made.setProperty("kind", "primary")
    if icon and icons.exists(icon):
        made.setIcon(icons.icon(icon, "on_accent" if primary else "ink"))
        made.setIconSize(QSize(theme.glyph(5), theme.glyph(5)))
    made.setMinimumHeight(theme.target(_LINES))
    made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    made.setAutoDefault(False)
    # Without the `checked` that Qt would hand on.
    made.clicked.connect(lambda: do())  # noqa: PLW0108
    return made
