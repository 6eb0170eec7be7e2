"""An answer: its pieces as they come, what was changed, what it rests on, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent.codes import AgentCode
from agent.types import Ended
from desktop import theme
from desktop.conversation.answer_actions import AnswerActions
from desktop.conversation.answer_body import AnswerBody
from desktop.conversation.call_chips import CallChips
from desktop.conversation.correction import Correction
from desktop.conversation.evidence_chip import chip_text
from desktop.conversation.help_card import HelpCard
from desktop.conversation.model_errors import ABOUT_MODELS
from desktop.conversation.unread import marked
from desktop.conversation.version_switch import VersionSwitch
from desktop.i18n.messages import headline, next_step, sentences
from desktop.session import intents
from desktop.session.chat import ShownTurn, TurnActivity
from desktop.voice.orb import Orb
from desktop.widgets.clear import clear
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import label
from desktop.widgets.message import InlineMessage
from desktop.widgets.plain_text import (
    on_button,
    short,
    tip,
)
from desktop.widgets.roles import heading
from perception.types import Evidence


class AnswerView(QWidget):
    """`wished` carries a `wishes.Wish`; `grew` after more of the answer was wanted."""

    wished = Signal(object)
    grew = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        who = heading(self.tr("Candor"))
        self._waiting: _Waiting | None = None
        self._body = AnswerBody(self)
        self._body.followed.connect(lambda address: self.wished.emit(intents.Follow(address)))
        self._body.grew.connect(self.grew)
        self._help = HelpCard(self)
        self._versions = VersionSwitch(self)
        self._versions.wished.connect(self.wished)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(theme.gap(2))
        self._chips = FlowLayout(theme.gap(2))
        self._limit = label("", "caption")
        self._limit.hide()
        self._calls = CallChips(self)
        self._actions = AnswerActions(self)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), 0, theme.gap(2), 0)
        column.setSpacing(theme.gap(2))
        parts = (who, self._help, self._body.column, self._notes, self._limit, self._calls)
        for part in (*parts, self._chips, self._versions, self._actions):
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        self._turn = ""
        self._note_views = list[InlineMessage]()
        self._chip_buttons = list[QPushButton]()
        self._noted: object = None
        self._chipped: tuple[Evidence, ...] = ()
        self._calls.wished.connect(self.wished)
        self._actions.wished.connect(self.wished)
        self._actions.correct_wanted.connect(self._correct)
        self._correction: Correction | None = None
        self._shown: ShownTurn | None = None

    def show_turn(self, turn: ShownTurn, doing: TurnActivity) -> None:
        """Show the newest state."""
        self._turn, self._shown = turn.id, turn
        self._help.show_help(turn.advice)
        self._body.show_text(marked(turn.body, turn.unread))
        self._show_waiting(doing if turn.ended is None and not turn.answer else None)
        self._show_notes(turn)
        self._show_limit(turn)
        self._calls.show_turn(turn)
        self._show_chips(turn.cited)
        self._versions.show_turn(turn)
        self._actions.show_turn(turn)

    def set_newest(self, newest: bool) -> None:
        """Whether it is the newest answer: what can be done with it stays in sight."""
        self._actions.set_newest(newest)

    def set_pointed(self, pointed: bool) -> None:
        """Whether the pointer is on the turn."""
        self._actions.set_pointed(pointed)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        stops = self._body.stops()
        stops += [button for note in self._note_views for button in note.buttons]
        stops += [*self._calls.buttons, *self._chip_buttons]
        stops += [*self._versions.buttons, *self._actions.stops()]
        return [*stops, *self._correction.stops()] if self._correction else stops

    def _correct(self) -> None:
        if self._shown is None or self._correction is not None:
            return
        correction = Correction(self._shown.corrected or self._shown.answer, self)
        correction.left.connect(self._leave_correction)
        correction.kept.connect(self._keep_correction)
        self._correction = correction
        self._column.addWidget(correction)
        correction.text.setFocus()

    def _keep_correction(self, words: str) -> None:
        self._leave_correction()
        self.wished.emit(intents.Rate(self._turn, False, words))

    def _leave_correction(self) -> None:
        if self._correction is not None:
            self._correction.hide()
            self._correction.deleteLater()
            self._correction = None
            self._actions.right.setFocus()

    def _show_waiting(self, doing: TurnActivity | None) -> None:
        if doing is None:
            if self._waiting is not None:
                self._waiting.hide()
                self._waiting.deleteLater()
                self._waiting = None
            return
        if self._waiting is None:
            self._waiting = _Waiting(self)
            self._column.insertWidget(1, self._waiting)
        self._waiting.show_doing(doing)

    def _show_notes(self, turn: ShownTurn) -> None:
        state = (turn.changes, turn.ended, turn.failed, turn.cut_short)
        if state == self._noted:
            return
        self._noted = state
        clear(self._notes)
        self._note_views = list(self._make_notes(turn))
        for note in self._note_views:
            self._notes.addWidget(note)

    def _show_limit(self, turn: ShownTurn) -> None:
        """From where on the model no longer reads the beginning of the chat; once a chat."""
        notes = turn.why.notes if turn.why else ()
        told = next((note for note in notes if note.code == AgentCode.CHAT_BEGINNING_UNREAD), None)
        if told is not None:
            self._limit.setText(short(" ".join(sentences(told))))
        self._limit.setVisible(told is not None)

    def _make_notes(self, turn: ShownTurn) -> Iterator[InlineMessage]:
        retry = (self.tr("Try again"), lambda: self.wished.emit(intents.Regenerate(turn.id)))
        if turn.failed is not None or turn.ended is Ended.FAILED:
            models = turn.failed is not None and turn.failed.told.code in ABOUT_MODELS
            choose = (self.tr("Models…"), lambda: self.wished.emit(intents.ShowModels()))
            ways = [retry, choose] if models else [retry]
            yield _failure(turn, ways, self.tr("This answer was not finished."))
            return
        for change in turn.changes:
            name = self.tr("Why?") if change.noted else self.tr("What was changed?")
            steps = [(name, lambda: self.wished.emit(intents.Explain(turn.id)))]
            if turn.ended is Ended.BLOCKED:
                ask = self.tr("Ask in other words")
                steps.append((ask, lambda: self.wished.emit(intents.Edit(turn.id))))
            yield InlineMessage(change.headline, change.alternative, steps)
        if turn.ended is Ended.INTERRUPTED:
            yield InlineMessage(self.tr("Stopped here."), "", [retry])
        if turn.cut_short:
            go_on = (self.tr("Continue"), lambda: self.wished.emit(intents.GoOn(turn.id)))
            longest = self.tr("The answer reached its longest length and is not finished.")
            yield InlineMessage(longest, "", [go_on])

    def _show_chips(self, cited: tuple[Evidence, ...]) -> None:
        if cited == self._chipped:
            return
        self._chipped = cited
        clear(self._chips)
        self._chip_buttons.clear()
        for item in cited:
            chip = QPushButton(on_button(chip_text(item)))
            chip.setProperty("kind", "chip")
            chip.setToolTip(tip(item.text))
            chip.setAccessibleDescription(short(item.text))
            chip.clicked.connect(
                lambda _=False, id_=item.id: self.wished.emit(intents.Explain(self._turn, id_))
            )
            self._chips.addWidget(chip)
            self._chip_buttons.append(chip)


class _Waiting(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._orb = Orb(self, units=6)
        self._word = QLabel()
        self._word.setProperty("kind", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(2))
        row.addWidget(self._orb)
        row.addWidget(self._word)
        row.addStretch()

    def show_doing(self, doing: TurnActivity) -> None:
        self._orb.set_pose(doing.pose)
        self._word.setText(doing.word)


def _failure(
    turn: ShownTurn, ways: Sequence[tuple[str, Callable[[], None]]], otherwise: str
) -> InlineMessage:
    if turn.failed is not None:
        message, hint = sentences(turn.failed.told)
    elif turn.why is not None and headline(turn.why):
        message, hint = headline(turn.why), next_step(turn.why)
    else:
        message, hint = otherwise, ""
    return InlineMessage(message, hint, ways, failure=True)
