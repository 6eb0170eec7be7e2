"""One turn of the transcript: the user's words, the answer in pieces, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.conversation.answer import AnswerView
from desktop.conversation.text.code_view import CodeView
from desktop.conversation.text.view import TextView
from desktop.conversation.thumbnail import Thumbnail
from desktop.session import intents
from desktop.session.chat import ShownTurn, TurnActivity
from desktop.widgets.clear import clear
from desktop.widgets.flow import FlowLayout
from desktop.widgets.plain_text import short
from desktop.widgets.roles import heading, set_role
from desktop.widgets.small_button import small_button

_LONGEST_SHOWN = 6000
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
        self._question = _Question(self)
        self._question.edited.connect(lambda: self._wish(intents.Edit(self._turn.id)))
        self._question.picked.connect(
            lambda index: self._wish(intents.ShowPicture(self._turn.id, index))
        )
        column.addWidget(self._question)
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
        set_role(self, QAccessible.Role.ListItem, short(turn.asked, _NAMED))
        self._question.show_turn(turn)
        self._answer.show_turn(turn, doing)

    def set_newest(self, newest: bool) -> None:
        """Whether it is the last turn: what can be done with it stays in sight."""
        if newest != self._newest:
            self._newest = newest
            self._answer.set_newest(newest)
            self._question.edit.set_hushed(not (newest or self.underMouse()))

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
        return [*self._question.stops(), *self._answer.stops()]

    def messages(self) -> list[tuple[QWidget, QWidget]]:
        """Question and answer, each with what has the focus while it is read."""
        words = (self._question.stops()[0], next(iter(self._answer.stops()), self._answer))
        return [
            (whole, first)
            for whole, first in zip((self._question, self._answer), words, strict=True)
            if first.focusPolicy() != Qt.FocusPolicy.NoFocus
        ]

    def redress(self) -> None:
        """Follow a change of theme or text size."""
        for view in self.findChildren(TextView):
            view.redress()
        for code in self.findChildren(CodeView):
            code.redress()

    def _point(self, pointed: bool) -> None:
        contrast = theme.current().tokens.name == "contrast"
        self._answer.set_pointed(pointed)
        self._question.edit.set_hushed(not (self._newest or pointed or contrast))

    def _wish(self, wish: intents.Wish) -> None:
        self.wished.emit(wish)


class _Question(QFrame):
    edited = Signal()
    picked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "said")
        self._who = heading(self.tr("You"))
        self.edit = small_button("square-pen", self.tr("Edit"))
        kept = self.edit.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.edit.setSizePolicy(kept)
        self.edit.setAccessibleName(self.tr("Edit this question"))
        self.edit.clicked.connect(self.edited)
        self._words = TextView()
        self._words.setAccessibleName(self.tr("You asked"))
        self._pictures = FlowLayout(theme.gap(2))
        header = QHBoxLayout()
        header.addWidget(self._who)
        header.addStretch()
        header.addWidget(self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), theme.gap(2), theme.gap(2), theme.gap(2))
        column.setSpacing(theme.gap())
        column.addLayout(header)
        column.addWidget(self._words)
        column.addLayout(self._pictures)
        self._shown: tuple[bytes, ...] = ()
        self._thumbs = list[Thumbnail]()

    def show_turn(self, turn: ShownTurn) -> None:
        spoken = turn.heard is not None
        self._who.setText(self.tr("You (voice)") if spoken else self.tr("You"))
        self._who.setAccessibleName(self._who.text())
        text = turn.asked
        if len(text) > _LONGEST_SHOWN:
            text = text[:_LONGEST_SHOWN] + " …"
        self._words.show_plain(text)
        self._words.setVisible(bool(text))
        self.edit.setVisible(turn.ended is not None)
        if turn.pictures != self._shown:
            self._shown = turn.pictures
            self._show_pictures()

    def stops(self) -> list[QWidget]:
        return [self._words, *self._thumbs, self.edit]

    def _show_pictures(self) -> None:
        clear(self._pictures)
        self._thumbs.clear()
        for index, data in enumerate(self._shown):
            name = self.tr("Picture {n}: show it").format(n=index + 1)
            button = Thumbnail(data, theme.gap(24), name, self)
            button.clicked.connect(lambda _=False, index=index: self.picked.emit(index))
            self._pictures.addWidget(button)
            self._thumbs.append(button)
