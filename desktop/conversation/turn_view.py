"""One turn of the transcript: the user's words, the answer in pieces, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.conversation.answer import AnswerView
from desktop.conversation.question import QuestionView
from desktop.conversation.text.code_view import CodeView
from desktop.conversation.text.view import TextView
from desktop.session import intents
from desktop.session.chat import ShownTurn, TurnActivity
from desktop.widgets.plain_text import short
from desktop.widgets.roles import set_role

_NAMED = 80


class TurnView(QWidget):
    """Shows a `ShownTurn`, again and again as it grows. `wished` carries a `wishes.Wish`.

    `grew` after more of a long answer was wanted.
    """

    wished = Signal(object)
    grew = Signal()

    def __init__(self, turn: ShownTurn, doing: TurnActivity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turn = turn
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(3))
        self.question = QuestionView(self)
        self.question.edited.connect(lambda: self._wish(intents.Edit(self._turn.id)))
        self.question.picked.connect(
            lambda index: self._wish(intents.ShowPicture(self._turn.id, index))
        )
        self.question.opened.connect(
            lambda index: self._wish(intents.ShowText(self._turn.id, index))
        )
        self.question.grew.connect(self.grew)
        column.addWidget(self.question)
        self._answer = AnswerView(self)
        self._answer.wished.connect(self.wished)
        self._answer.grew.connect(self.grew)
        column.addWidget(self._answer)
        self._newest = True
        self.show_turn(turn, doing)
        self._point(self.underMouse())

    @property
    def turn(self) -> ShownTurn:
        """What is shown."""
        return self._turn

    def show_turn(self, turn: ShownTurn, doing: TurnActivity) -> None:
        """Show the newest state; `doing` says what an open turn waits for."""
        self._turn = turn
        named = turn.asked or ", ".join(text.title for text in turn.texts)
        set_role(self, QAccessible.Role.ListItem, short(named, _NAMED))
        self.question.show_turn(turn)
        self._answer.show_turn(turn, doing)

    def set_newest(self, newest: bool) -> None:
        """Whether it is the last turn: what can be done with it stays in sight."""
        if newest != self._newest:
            self._newest = newest
            self._answer.set_newest(newest)
            self.question.edit.set_hushed(not (newest or self.underMouse()))

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """The pointer came."""
        super().enterEvent(event)
        self._point(True)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """The pointer went."""
        super().leaveEvent(event)
        self._point(False)

    def appeal(self) -> None:
        """Let the user say that what was decided of the answer is wrong."""
        self._answer.appeal()

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [*self.question.stops(), *self._answer.stops()]

    def messages(self) -> list[tuple[QWidget, QWidget]]:
        """Question and answer, each with what has the focus while it is read."""
        words = (self.question.stops()[0], next(iter(self._answer.stops()), self._answer))
        return [
            (whole, first)
            for whole, first in zip((self.question, self._answer), words, strict=True)
            if first.focusPolicy() != Qt.FocusPolicy.NoFocus
        ]

    def unfold_answer(self) -> bool:
        """Show more of a long answer; False where all of it is shown."""
        return self._answer.unfold()

    def redress(self) -> None:
        """Follow a change of theme or text size."""
        for view in self.findChildren(TextView):
            view.redress()
        for code in self.findChildren(CodeView):
            code.redress()

    def _point(self, pointed: bool) -> None:
        contrast = theme.current().tokens.name == "contrast"
        self._answer.set_pointed(pointed)
        self.question.edit.set_hushed(not (self._newest or pointed or contrast))

    def _wish(self, wish: intents.Wish) -> None:
        self.wished.emit(wish)
