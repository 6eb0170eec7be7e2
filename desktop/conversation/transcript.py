"""The scrolling conversation. Only the turns near what is seen are widgets, however many it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.conversation.turn_view import TurnView
from desktop.session.chat import ChatTranscript, ShownTurn, TurnActivity
from desktop.session.pose import Pose
from desktop.widgets import icons
from desktop.widgets.roles import set_role

MEASURE = 72
"""The longest line, in average characters."""

_FIRST = 6
_STEP = 3
_MOST = 48
_HEAVY = 20_000
"""So many letters end a step early; what is missing comes as it is scrolled to."""


class TranscriptView(QScrollArea):
    """Shows a `ChatTranscript`. `wished` passes on what is asked of a turn.

    `wants_older` is emitted when the reader nears the top of all turns that are loaded, `peopled`
    when turns came that can be tabbed to.
    """

    wished = Signal(object)
    wants_older = Signal()
    peopled = Signal()

    def __init__(
        self,
        pictures: Callable[[ShownTurn], tuple[bytes, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._turns: list[ShownTurn] = []
        self._views: list[TurnView] = []
        self._first, self._doing = 0, TurnActivity(Pose.LOADING, "")
        self._stuck, self._moving = True, False
        self._reserved = (0, 0)
        self._told = QTimer(self, singleShot=True, interval=0)
        self._told.timeout.connect(self.peopled)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Conversation"))
        self._page = QWidget()
        self._page.setProperty("kind", "clear")
        set_role(self._page, QAccessible.Role.List, self.tr("Messages"))
        self._column = QVBoxLayout(self._page)
        self._column.setSpacing(theme.gap(6))
        self._column.addStretch()
        self.setWidget(self._page)
        self._down = QPushButton(icons.icon("chevron-down"), self.tr("Newest"), self)
        self._down.setProperty("kind", "chip")
        self._down.setAccessibleName(self.tr("Go to the newest answer"))
        self._down.clicked.connect(self.go_down)
        self._down.hide()
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._scrolled)
        bar.rangeChanged.connect(self._ranged)
        self._page.installEventFilter(self)

    def show_transcript(self, transcript: ChatTranscript, doing: TurnActivity) -> None:
        """Show another conversation, at its end."""
        self._doing = doing
        self._turns = list(transcript)
        self._drop(0, len(self._views))
        self._first = len(self._turns)
        self._stuck = True
        self._grow_up(_FIRST)
        QTimer.singleShot(0, self, self._settle)

    def refresh(self, transcript: ChatTranscript, doing: TurnActivity) -> None:
        """Show what changed: a turn that grew, came or went. Older turns never change."""
        self._doing = doing
        older = list(transcript)
        at_end = self._last == len(self._turns)
        added_in_front = _index(older, self._turns[0].id) if self._turns else 0
        self._turns = older
        self._first += max(0, added_in_front)
        for index in range(len(self._views) - 1, -1, -1):
            place = self._first + index
            if place >= len(older) or older[place].id != self._views[index].turn.id:
                self._drop(index, index + 1)
        for index, view in enumerate(self._views):
            turn = older[self._first + index]
            if not turn.kept and (turn is not view.turn or turn.ended is None):
                view.show_turn(turn, doing)
        if at_end or self._stuck:
            self._grow_down(len(older) - self._last)
        for view in self._views:
            view.set_newest(view.turn.id == older[-1].id)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [self, *(stop for view in self._views for stop in view.stops())]

    def redress(self) -> None:
        """Follow a change of theme or text size."""
        for view in self._views:
            view.redress()
        self._measure()

    def set_reserved(self, left: int, right: int) -> None:
        """Keep so much room on each side, for panels that may open there."""
        self._reserved = (left, right)
        self._measure()

    def go_down(self) -> None:
        """Go to the newest turn and stay there."""
        if self._last < len(self._turns):
            self._drop(0, len(self._views))
            self._first = len(self._turns)
            self._grow_up(_FIRST)
        self._stuck = True
        self._column.activate()
        self._to_end()

    def view_of(self, turn: str) -> TurnView | None:
        """The widget of a turn, where it has one now."""
        return next((view for view in self._views if view.turn.id == turn), None)

    @property
    def views(self) -> list[TurnView]:
        """The turns that have a widget now, from the top."""
        return list(self._views)

    @property
    def top_turn(self) -> str:
        """The first turn that is in sight; empty where none is."""
        top = self.verticalScrollBar().value()
        seen = (view for view in self._views if view.geometry().bottom() > top)
        return next((view.turn.id for view in seen), "")

    def reveal(self, turn: str) -> None:
        """Scroll to a turn of the loaded ones."""
        place = _index(self._turns, turn)
        if place < 0:
            return
        if not self._first <= place < self._last:
            self._drop(0, len(self._views))
            self._first = place
            self._grow_down(_FIRST)
        self._stuck = False
        QTimer.singleShot(0, self, lambda: self._show_top_of(turn))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep to the end while the page grows under a reader who is there."""
        if event.type() == QEvent.Type.Resize and self._stuck:
            self._to_end()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the measure readable and centred."""
        super().resizeEvent(event)
        self._measure()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """May be small: it scrolls."""
        return QSize(theme.gap(50), theme.gap(20))

    @property
    def _last(self) -> int:
        return self._first + len(self._views)

    def _measure(self) -> None:
        room, (kept, beyond) = self.viewport().width(), self._reserved
        inside = self.width() - kept - beyond
        width = min(inside - 2 * theme.gap(3), measure())
        # Centred in the whole width, so that a scroll bar that comes moves nothing.
        left = max(theme.gap(3), kept + (inside - width) // 2)
        right = max(theme.gap(3), room - left - width)
        self._column.setContentsMargins(left, theme.gap(6), right, theme.gap(6))
        size = self._down.sizeHint()
        self._down.resize(size)
        self._down.move((room - size.width()) // 2, self.height() - size.height() - theme.gap(2))

    def _grow_up(self, count: int) -> None:
        first = max(0, self._first - count)
        weight = 0
        for place in range(self._first - 1, first - 1, -1):
            view = self._make(self._turns[place])
            self._views.insert(0, view)
            self._column.insertWidget(0, view)
            self._first = place
            weight += _weight(self._turns[place])
            if weight > _HEAVY:
                return

    def _grow_down(self, count: int) -> None:
        weight = 0
        for place in range(self._last, min(len(self._turns), self._last + count)):
            view = self._make(self._turns[place])
            self._views.append(view)
            self._column.insertWidget(self._column.count() - 1, view)
            weight += _weight(self._turns[place])
            if weight > _HEAVY:
                return

    def _make(self, turn: ShownTurn) -> TurnView:
        if turn.kept:
            turn = replace(turn, pictures=self._pictures(turn))
        view = TurnView(turn, self._doing)
        view.set_newest(turn.id == self._turns[-1].id)
        # Not Fixed: the scroll area would take the height of its hint, not of its width.
        view.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        view.wished.connect(self.wished)
        view.grew.connect(self._told.start)
        self._told.start()
        return view

    def _drop(self, first: int, last: int) -> None:
        for view in self._views[first:last]:
            self._column.removeWidget(view)
            view.hide()
            view.deleteLater()
        del self._views[first:last]

    def _scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if self._moving:
            return
        at_end = value >= bar.maximum() - theme.gap(4) and self._last == len(self._turns)
        self._stuck = at_end
        self._down.setVisible(not at_end)
        self._fill(value)

    def _fill(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if value < self.viewport().height() // 2:
            QTimer.singleShot(0, self, self._more_above)
        if value > bar.maximum() - self.viewport().height() // 2:
            QTimer.singleShot(0, self, self._more_below)

    def _ranged(self) -> None:
        if self._stuck:
            self._to_end()
        if not self._moving:
            self._fill(self.verticalScrollBar().value())

    def _settle(self) -> None:
        if self._stuck:
            self.go_down()

    def _to_end(self) -> None:
        self._moving = True
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())
        self._moving = False
        self._down.hide()

    def _more_above(self) -> None:
        if self._first == 0:
            self.wants_older.emit()
            return
        anchor = self._views[0] if self._views else None
        self._keeping(anchor, lambda: self._grow_up(_STEP))
        if len(self._views) > _MOST:
            self._drop(_MOST, len(self._views))

    def _more_below(self) -> None:
        if self._last >= len(self._turns):
            return
        self._grow_down(_STEP)
        spare = len(self._views) - _MOST
        if spare > 0:
            self._keeping(self._views[-1], lambda: self._drop_first(spare))

    def _drop_first(self, count: int) -> None:
        self._drop(0, count)
        self._first += count

    def _keeping(self, anchor: TurnView | None, change: Callable[[], None]) -> None:
        """Make a change above the anchor without moving it on the screen."""
        bar = self.verticalScrollBar()
        before = anchor.y() - bar.value() if anchor is not None else 0
        self._moving = True
        change()
        self._column.activate()
        self._page.adjustSize()
        if anchor is not None:
            bar.setValue(anchor.y() - before)
        self._moving = False

    def _show_top_of(self, turn: str) -> None:
        view = self.view_of(turn)
        if view is not None:
            self.verticalScrollBar().setValue(view.y() - theme.gap(3))


def measure() -> int:
    """The width of the column of text, in pixels."""
    return theme.chars(MEASURE) + theme.gap(6)


def _weight(turn: ShownTurn) -> int:
    return len(turn.asked) + len(turn.answer)


def _index(turns: list[ShownTurn], turn: str) -> int:
    return next((place for place, item in enumerate(turns) if item.id == turn), -1)
