"""A frame around a text field that shows when the text has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QWidget

from desktop import theme


class TextFrame(QFrame):
    """Watches one widget inside of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "field")
        self._inner: QWidget | None = None

    def watch(self, inner: QWidget) -> None:
        """Show the focus of this widget."""
        self._inner = inner
        inner.setProperty("kind", "plain")
        inner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Part of QObject."""
        if watched is self._inner and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            focused = event.type() == QEvent.Type.FocusIn
            theme.set_kind(self, "true" if focused else "false", "focused")
        return super().eventFilter(watched, event)
