"""The conversation in large letters: what was asked and answered, to be read and not to be left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QScrollArea, QScroller, QVBoxLayout, QWidget

from agent.types import Ended
from desktop import theme
from desktop.conversation.text.view import TextView
from desktop.kiosk.pages.wording import no_answer, thinking
from desktop.session.chat import ChatTranscript, ShownTurn
from desktop.widgets.labels import label

_MOST_TURNS = 12
"""What stands above is scrolled to by nobody, and costs time at each refresh."""


class ConversationView(QScrollArea):
    """Shows the newest turns of a `ChatTranscript`. Nothing in it can be selected or followed."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = QWidget()
        self._page.setProperty("kind", "clear")
        self._column = QVBoxLayout(self._page)
        self._column.setSpacing(theme.gap(4))
        self._column.addStretch()
        self.setWidget(self._page)
        self._page.installEventFilter(self)
        self._views: dict[str, _TurnText] = {}
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def show_transcript(self, transcript: ChatTranscript) -> None:
        """Show what there is now."""
        turns = list(transcript)[-_MOST_TURNS:]
        for gone in self._views.keys() - {turn.id for turn in turns}:
            view = self._views.pop(gone)
            self._column.removeWidget(view)
            view.deleteLater()
        for turn in turns:
            if turn.id not in self._views:
                self._views[turn.id] = _TurnText()
                self._column.addWidget(self._views[turn.id])
            self._views[turn.id].show_turn(turn)

    @property
    def text(self) -> str:
        """All that it shows."""
        return "\n".join(view.text for view in self._views.values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the newest in sight."""
        if event.type() == QEvent.Type.Resize:
            bar = self.verticalScrollBar()
            bar.setValue(self._page.height())
        return super().eventFilter(watched, event)


class _TurnText(QWidget):
    """A question and its answer."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        self._asked = label("", "strong")
        self._answer = TextView()
        # Without interaction there is no link to follow, nothing to drag and no menu.
        self._answer.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._answer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._answer.setAcceptDrops(False)
        column.addWidget(self._asked)
        column.addWidget(self._answer)
        self._shown: ShownTurn | None = None

    @property
    def text(self) -> str:
        return f"{self._asked.text()}\n{self._answer.toPlainText()}"

    def show_turn(self, turn: ShownTurn) -> None:
        if turn is self._shown:
            return
        self._shown = turn
        self._asked.setText(turn.asked)
        self._answer.show_markdown(_answer(turn))


def _answer(turn: ShownTurn) -> str:
    if turn.ended is Ended.FAILED and not turn.answer:
        return no_answer()
    if turn.answer or turn.ended is not None:
        return turn.answer
    return thinking()
