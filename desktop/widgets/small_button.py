"""The quiet buttons under an answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton

from desktop.widgets import icons


class QuietButton(QPushButton):
    """A small button that can keep its place without being drawn.

    Keyboard and screen reader reach it all the same; with the focus on it, it is drawn.
    """

    def __init__(self, icon: str, name: str) -> None:
        super().__init__(icons.icon(icon, "muted"), name)
        self._hushed = False
        self.setProperty("kind", "small")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def hushed(self) -> bool:
        """Whether it is not drawn now."""
        return self._hushed and not self.hasFocus() and not self.isChecked()

    def set_hushed(self, hushed: bool) -> None:
        """Draw it only while it has the focus, or is checked."""
        if hushed != self._hushed:
            self._hushed = hushed
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if not self.hushed:
            super().paintEvent(event)


def small_button(icon: str, name: str) -> QuietButton:
    """A button for what can be done with a turn."""
    return QuietButton(icon, name)


def icon_button(icon: str, name: str) -> QuietButton:
    """The same as an icon alone; its name is its tool tip."""
    button = QuietButton(icon, "")
    button.setProperty("alone", "true")
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
