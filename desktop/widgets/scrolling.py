"""A page that scrolls up and down and is never wider than what shows it.

QScrollArea takes the least height of wrapped text as if it were narrow, and so scrolls into
nothing. This one asks the layout how high it is at the width it really has.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop import theme


class ScrollPage(QScrollArea):
    """Shows one widget whose layout knows its height for a width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setSingleStep(theme.gap(6))

    def show_page(self, page: QWidget) -> None:
        """Show another widget from its top."""
        page.setProperty("kind", "clear")
        page.installEventFilter(self)
        self.setWidget(page)
        page.show()
        self._fit()
        self.verticalScrollBar().setValue(0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.gap(20), theme.gap(20))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        page = self.widget()
        layout = page.layout() if page is not None else None
        if page is None or layout is None:
            return
        width = self.viewport().width()
        hint = layout.heightForWidth(width) if layout.hasHeightForWidth() else -1
        height = hint if hint >= 0 else layout.sizeHint().height()
        page.resize(width, max(height, self.viewport().height()))
