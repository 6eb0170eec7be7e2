"""A page that scrolls up and down and is never wider than what shows it.

QScrollArea takes the least height of wrapped text as if it were narrow, and so scrolls into
nothing. This one asks the layout how high it is at the width it really has.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

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


class FittedArea(ScrollPage):
    """As high as what is inside, up to a limit above which it scrolls."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._most = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_page(inside)
        self.hide()

    def set_most(self, most: int) -> None:
        """How high it may be, in pixels."""
        self._most = most
        self.fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """At another width the words need another height."""
        super().resizeEvent(event)
        self.fit_height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """What is inside came, or was changed."""
        seen = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit_height()
        return seen

    def fit_height(self) -> None:
        """Be as high as what is inside."""
        page = self.widget()
        layout = page.layout() if page is not None else None
        if layout is None:
            return
        needed = layout.heightForWidth(self.viewport().width())
        height = needed if needed >= 0 else layout.sizeHint().height()
        height = max(1, min(height, self._most or height))
        if height != self.minimumHeight():
            self.setFixedHeight(height)
