"""The conversation panel: header, transcript or invitation, notice, captions and composer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from agent.attached_text import AttachedText
from desktop import theme
from desktop.conversation.captions import Captions
from desktop.conversation.composer import Composer
from desktop.conversation.empty import EmptyState
from desktop.conversation.find.find_bar import FindBar
from desktop.conversation.header import Header
from desktop.conversation.running import RunningList
from desktop.conversation.transcript import TranscriptView, measure
from desktop.conversation.waiting import WaitingList
from desktop.session.chat import ShownTurn
from desktop.widgets import icons
from desktop.widgets.clear import clear
from desktop.widgets.message import InlineMessage
from desktop.widgets.scrolling import FittedArea


class ConversationPanel(QWidget):
    """The conversation panel. `notice_changed` when there is another to tab to."""

    notice_changed = Signal()

    def __init__(
        self,
        pictures: Callable[[ShownTurn], tuple[bytes, ...]],
        texts: Callable[[ShownTurn], tuple[AttachedText, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self.header = Header(self)
        self.transcript = TranscriptView(pictures, texts)
        self.empty = EmptyState()
        self.captions = Captions()
        self.composer = Composer()
        self.composer.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.running = RunningList()
        self.find_bar = FindBar()
        self.waiting = WaitingList()
        inside = QWidget()
        self._notice = QVBoxLayout(inside)
        self._notice.setContentsMargins(0, 0, 0, 0)
        self._notices = FittedArea(inside)
        self._note: tuple[str, str] | None = None
        self._note_failed = False
        self._note_stops = list[QWidget]()
        self._wanted_room = (0, 0)
        self._stack = QStackedWidget()
        # Else the invitation's height would be taken from what stands below.
        self._stack.setMinimumHeight(theme.gap(8))
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.transcript)
        below = QVBoxLayout()
        below.setSpacing(theme.gap(2))
        below.addWidget(self._notices)
        below.addWidget(self.running)
        below.addWidget(self.captions)
        below.addWidget(self.waiting)
        below.addWidget(self.composer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.gap(3))
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.find_bar)
        column.addWidget(self._stack, 1)
        self._foot = _measured(below)
        column.addWidget(self._foot)

    def set_reserved(self, left: int, right: int) -> None:
        """Keep room for panels that may open, so that the text then stays where it is."""
        self._wanted_room = (left, right)
        self._reserve()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep no more room than there is to spare."""
        super().resizeEvent(event)
        self._notices.set_most(self.height() // 4)
        self.composer.set_most(self.height() // 4)
        self._reserve()

    def _reserve(self) -> None:
        wanted = sum(self._wanted_room)
        spare = max(0, self.width() - measure())
        share = min(1.0, spare / wanted) if wanted else 0.0
        left, right = (round(each * share) for each in self._wanted_room)
        self.transcript.set_reserved(left, right)
        self.empty.set_reserved(left, right)
        edge = theme.gap(3)
        self._foot.setContentsMargins(max(edge, left), theme.gap(), max(edge, right), 0)

    @property
    def body(self) -> QWidget:
        """Transcript or invitation."""
        return self._stack

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        inside = [*self.empty.stops(), *self.transcript.stops()]
        return [
            *self.header.stops(),
            *self.find_bar.stops(),
            *inside,
            *self._note_stops,
            *self.running.buttons,
            *self.waiting.buttons,
            *self.composer.stops(),
        ]

    def show_conversation(self, shown: bool) -> None:
        """The conversation, or the invitation where there is none yet."""
        self._stack.setCurrentWidget(self.transcript if shown else self.empty)
        self.captions.set_worded(shown)

    def notice(
        self,
        message: str,
        hint: str,
        steps: Sequence[tuple[str, Callable[[], None]]] = (),
        *,
        failure: bool = False,
    ) -> None:
        """Say something that is not about one answer; it stays until it is closed or replaced."""
        if self._note == (message, hint):
            return
        self.clear_notice()
        self._note, self._note_failed = (message, hint), failure
        note = InlineMessage(message, hint, steps, failure=failure)
        close = QToolButton()
        close.setProperty("kind", "small")
        close.setIcon(icons.icon("x", "muted"))
        close.setAccessibleName(self.tr("Close this message"))
        close.setToolTip(self.tr("Close this message"))
        close.clicked.connect(self.clear_notice)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(note, 1)
        row.addWidget(close)
        self._notice.addWidget(line)
        self._notices.show()
        self._note_stops = [*note.buttons, close]
        self.notice_changed.emit()

    @property
    def noticed(self) -> str:
        """The message that is shown."""
        return self._note[0] if self._note else ""

    def clear_notice(self) -> None:
        """Take the message away."""
        self._note, self._note_failed = None, False
        self._note_stops = []
        clear(self._notice)
        self._notices.hide()

    def clear_question(self) -> None:
        """Take the message away, unless it is the reason of a failure."""
        if not self._note_failed:
            self.clear_notice()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrow enough for a phone."""
        return QSize(theme.gap(80), theme.gap(80))


def _measured(inside: QVBoxLayout) -> QWidget:
    """Centred, and no wider than the text above."""
    box = QWidget()
    box.setLayout(inside)
    inside.setContentsMargins(0, 0, 0, 0)
    box.setMaximumWidth(measure())
    # Never below what is needed: the conversation above gives way.
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    outer = QWidget()
    outer.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    row = QHBoxLayout(outer)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch()
    row.addWidget(box, 1000)
    row.addStretch()
    return outer
