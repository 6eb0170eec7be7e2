"""Finds words in the open chat: counts, marks, and goes from match to match."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QPoint, QTimer

from desktop import theme
from desktop.conversation.find.marks import Marked, mark_passage, mark_turn
from desktop.conversation.find.shown_text import Match, Place, matches
from desktop.conversation.panel import ConversationPanel
from desktop.conversation.turn_view import TurnView
from desktop.session.matches import phrase
from desktop.session.session import Session

_UNFOLDS_MS = 30
_SLICE_S = 0.012
"""So long it counts before the window may do other work."""


class ChatSearch(QObject):
    """Joins the bar with the conversation. `load` loads every turn of the chat."""

    def __init__(
        self,
        middle: ConversationPanel,
        session: Session,
        load: Callable[[], object],
        announce: Callable[[str], None],
    ) -> None:
        super().__init__(middle)
        self._middle, self._session = middle, session
        self._load, self._announce = load, announce
        self.bar = middle.find_bar
        self._typed, self._pattern = "", phrase("")
        self._found = list[Match]()
        self._at = -1
        self._from = ""
        self._counting: Iterator[None] | None = None
        self._more = QTimer(self, interval=0)
        self._more.timeout.connect(self._count_on)
        self.bar.typed.connect(self.search)
        self.bar.stepped.connect(self.step)
        self.bar.left.connect(self.close)
        middle.transcript.peopled.connect(self.mark)

    @property
    def is_open(self) -> bool:
        """Whether the bar is shown."""
        return not self.bar.isHidden()

    @property
    def ready(self) -> bool:
        """Whether all is counted."""
        return self._counting is None

    def open(self, typed: str = "", turn: str = "") -> None:
        """Show the bar; with a turn, begin there."""
        self._load()
        self.bar.show()
        self._from = turn
        if typed:
            self.bar.field.setText(typed)
            self.search(typed)
        elif self.bar.field.text():
            self.search(self.bar.field.text())
        if not turn:
            self.bar.field.setFocus()
            self.bar.field.selectAll()

    def close(self) -> bool:
        """Take bar and marks away; False where there was none."""
        if not self.is_open:
            return False
        current = self._current.turn if self._current is not None else ""
        self._stop()
        self.bar.hide()
        self._pattern, self._typed = None, ""
        self.mark()
        view = self._middle.transcript.view_of(current)
        if view is None:
            self._middle.composer.focus_text()
        else:
            view.stops()[0].setFocus()
        return True

    def search(self, typed: str) -> None:
        """Search for other words."""
        self._stop()
        self._typed, self._pattern = typed, phrase(typed)
        if self._pattern is None:
            self.bar.show_count("", any_found=False)
            self.mark()
            return
        self._counting = self._count()
        self._count_on()
        self._more.start()

    def step(self, by: int) -> None:
        """Go to the next match (1) or the one before (-1), and round at the ends."""
        if self._found and self.is_open:
            self._go((self._at + by) % len(self._found))
            self._announce(self.bar.counted)

    def reset(self) -> None:
        """Another chat is shown."""
        self._stop()
        self.bar.hide()
        self._pattern, self._typed = None, ""

    def mark(self) -> None:
        """Mark what is shown, for turns come and go while one scrolls."""
        current = self._current
        for view in self._middle.transcript.views:
            here = current if current is not None and view.turn.id == current.turn else None
            if here is None or here.place is not Place.TEXT:
                view.question.hide_excerpt()
            mark_turn(view, self._pattern, here)

    @property
    def _current(self) -> Match | None:
        return self._found[self._at] if 0 <= self._at < len(self._found) else None

    def _stop(self) -> None:
        self._more.stop()
        self._counting = None
        self._found, self._at = [], -1

    def _count(self) -> Iterator[None]:
        """Count turn by turn; the first match from where one reads is gone to at once."""
        pattern, start = self._pattern, self._from or self._middle.transcript.top_turn
        begun = not start
        for turn in list(self._session.transcript):
            begun = begun or turn.id == start
            first = len(self._found)
            if pattern is not None:
                self._found += matches(turn, self._session.texts(turn), self._typed, pattern)
            if begun and len(self._found) > first and self._at < 0:
                self._go(first)
            yield

    def _count_on(self) -> None:
        until = time.perf_counter() + _SLICE_S
        while self._counting is not None and time.perf_counter() < until:
            if next(self._counting, self) is self:
                self._counting = None
                self._more.stop()
                self._from = ""
                if self._found and self._at < 0:
                    self._go(0)
                self._announce(self._say())
        self.bar.show_count(self._say(), any_found=bool(self._found))
        if self._counting is None:
            self.mark()

    def _say(self) -> str:
        if not self._found:
            return self.tr("Not found") if self.ready else ""
        said = self.tr("{n} of {all}").format(n=self._at + 1, all=len(self._found))
        return said if self.ready else f"{said} …"

    def _go(self, place: int) -> None:
        self._at = place
        turn = self._found[place].turn
        self.bar.show_count(self._say(), any_found=True)
        if self._middle.transcript.view_of(turn) is None:
            self._middle.transcript.reveal(turn)
        # Twice, since a turn that came just now has its height only after the layout.
        QTimer.singleShot(0, self, self._show)
        QTimer.singleShot(30, self, self._show)

    def _show(self) -> None:
        current = self._current
        if current is None:
            return
        self.mark()
        transcript = self._middle.transcript
        view, page = transcript.view_of(current.turn), transcript.widget()
        if view is None or page is None:
            return
        place = self._place_of(view, current)
        if place is None:
            transcript.ensureWidgetVisible(view)
            return
        text, rect = place
        corner = text.viewport().mapTo(page, QPoint(rect.left(), rect.center().y()))
        transcript.ensureVisible(0, corner.y(), 0, theme.gap(20))

    def _place_of(self, view: TurnView, current: Match) -> Marked | None:
        """Where the match stands; what is folded is opened until it is there."""
        if current.place is Place.TEXT:
            texts = self._session.texts(view.turn)
            return mark_passage(view, current, texts[current.text])
        place = mark_turn(view, self._pattern, current)
        if place is not None:
            return place
        if current.place is Place.QUESTION and view.question.unfold():
            return mark_turn(view, self._pattern, current)
        if current.place is Place.ANSWER and view.unfold_answer():
            QTimer.singleShot(_UNFOLDS_MS, self, self._show)
        return None
