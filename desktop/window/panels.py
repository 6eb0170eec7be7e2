"""Three columns of which the outer two fold away, by hand or because there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop import theme


class Panels(QSplitter):
    """Chats, conversation and side panel. `folded` tells which of the outer two are shown.

    What the user opens or folds by hand is kept for a wide window; a narrow one begins with less.
    """

    folded = Signal(bool, bool)
    reserved = Signal(int, int)
    """How wide the panels are that may still open, left and right; 0 where there is no room."""

    def __init__(self, chats: QWidget, middle: QWidget, side: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self._chats, self._middle, self._side = chats, middle, side
        for part in (chats, middle, side):
            self.addWidget(part)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.setStretchFactor(2, 0)
        self.setSizes([theme.gap(58), theme.gap(160), theme.gap(80)])
        self._kept = [theme.gap(58), theme.gap(80)]
        """How wide the outer two are, as they were dragged."""
        self.splitterMoved.connect(self._dragged)
        self._wanted = [True, True]
        self._room = -1
        self._widths = [0, 0]

    @property
    def wanted(self) -> tuple[bool, bool]:
        """What the user wants to see where there is room."""
        return self._wanted[0], self._wanted[1]

    @property
    def widths(self) -> tuple[int, int]:
        """How wide the outer panels are where they are shown."""
        return self._kept[0], self._kept[1]

    def set_widths(self, chats: int, side: int) -> None:
        """Take up the widths of last time; what is not above 0 stays as it is."""
        for which, width in enumerate((chats, side)):
            if width > 0:
                self._kept[which] = min(width, theme.gap(200))
        left, right = self._kept
        self.setSizes([left, max(theme.gap(80), self.width() - left - right), right])

    def set_wanted(self, chats: bool, side: bool) -> None:
        """Take up what was wanted last time."""
        self._wanted = [chats, side]
        self._apply()

    def show_chats(self, shown: bool) -> None:
        """Open or fold the chats."""
        self._choose(0, shown)

    def show_side(self, shown: bool) -> None:
        """Open or fold the side panel."""
        self._choose(1, shown)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fold what there is no room for, only when a limit is crossed."""
        super().resizeEvent(event)
        room = self._room_now()
        if room != self._room:
            self._room = room
            self._apply()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """That of the conversation alone: the rest folds when the window gets narrow."""
        return self._middle.minimumSizeHint()

    def _room_now(self) -> int:
        """How many panels fit beside the conversation."""
        scale = theme.current().scale
        if self.width() >= theme.gap(265) * scale:
            return 2
        return 1 if self.width() >= theme.gap(210) * scale else 0

    def _choose(self, which: int, shown: bool) -> None:
        panels = (self._chats, self._side)
        if not shown and not panels[which].isHidden():
            self._widths[which] = panels[which].width()
        if self._room == 2:
            self._wanted[which] = shown
        elif shown:
            panels[1 - which].hide()
        panels[which].setVisible(shown)
        self._tell()

    def _apply(self) -> None:
        self._chats.setVisible(self._wanted[0] and self._room >= 1)
        self._side.setVisible(self._wanted[1] and self._room >= 2)
        self._tell()

    def _dragged(self) -> None:
        """By hand: so wide they are from now on."""
        left, _, right = self.sizes()
        if not self._chats.isHidden():
            self._kept[0] = left
        if not self._side.isHidden():
            self._kept[1] = right

    def _reserve(self) -> None:
        room = [0, 0]
        if self._room == 2:
            for place, part in enumerate((self._chats, self._side)):
                if part.isHidden():
                    least = max(self._kept[place], part.minimumSizeHint().width())
                    room[place] = (self._widths[place] or least) + self.handleWidth()
        self.reserved.emit(*room)

    def _tell(self) -> None:
        self._reserve()
        self.folded.emit(not self._chats.isHidden(), not self._side.isHidden())


def column_of(above: QWidget, below: QWidget) -> QWidget:
    """One above the other; the upper one takes the room that there is."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(above, 1)
    column.addWidget(below)
    return whole
