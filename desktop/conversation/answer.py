"""An answer: its pieces as they come, what was changed, what it rests on, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent.types import Ended
from desktop import theme
from desktop.conversation.answer_actions import AnswerActions
from desktop.conversation.call_chips import CallChips
from desktop.conversation.markdown import Piece, pieces
from desktop.conversation.text_view import CodeView, TextView
from desktop.session import intents
from desktop.session.chat import Doing, Turn
from desktop.voice.orb import Orb
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import label
from desktop.widgets.message import Note
from perception.types import Evidence


class AnswerView(QWidget):
    """`wished` carries a `wishes.Wish`."""

    wished = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        who = QLabel(self.tr("Candor"))
        who.setProperty("kind", "heading")
        self._waiting: _Waiting | None = None
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.gap(3))
        self._notes = QVBoxLayout()
        self._notes.setSpacing(theme.gap(2))
        self._chips = FlowLayout(theme.gap(2))
        self._calls = CallChips(self)
        self._actions = AnswerActions(self)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), 0, theme.gap(2), 0)
        column.setSpacing(theme.gap(2))
        for part in (who, self._body, self._notes, self._calls, self._chips, self._actions):
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        self._turn = ""
        self._views = list[TextView | CodeView]()
        self._note_views = list[Note]()
        self._chip_buttons = list[QPushButton]()
        self._noted: object = None
        self._chipped: tuple[Evidence, ...] = ()
        self._calls.wished.connect(self.wished)
        self._actions.wished.connect(self.wished)
        self._actions.correct_wanted.connect(self._correct)
        self._correction: Correction | None = None
        self._shown: Turn | None = None

    def show_turn(self, turn: Turn, doing: Doing) -> None:
        """Show the newest state."""
        self._turn, self._shown = turn.id, turn
        self._show_pieces(pieces(turn.answer))
        self._show_waiting(doing if turn.ended is None and not turn.answer else None)
        self._show_notes(turn)
        self._calls.show_turn(turn)
        self._show_chips(turn.cited)
        self._actions.show_turn(turn)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        stops = list[QWidget]()
        for view in self._views:
            stops += view.stops() if isinstance(view, CodeView) else [view]
        stops += [button for note in self._note_views for button in note.buttons]
        stops += [*self._calls.buttons, *self._chip_buttons, *self._actions.buttons]
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

    def _show_waiting(self, doing: Doing | None) -> None:
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

    def _show_pieces(self, shown: list[Piece]) -> None:
        for index, piece in enumerate(shown):
            view = self._views[index] if index < len(self._views) else None
            if view is None or isinstance(view, CodeView) != piece.code:
                self._drop_views(index)
                view = self._new_view(piece.code)
            if isinstance(view, CodeView):
                view.show_code(piece.text, piece.language)
            else:
                view.show_markdown(piece.text)
        self._drop_views(len(shown))

    def _new_view(self, code: bool) -> TextView | CodeView:
        view: TextView | CodeView
        if code:
            view = CodeView()
        else:
            view = TextView()
            view.setAccessibleName(self.tr("Candor answered"))
            view.followed.connect(lambda address: self.wished.emit(intents.Follow(address)))
        self._views.append(view)
        self._body.addWidget(view)
        return view

    def _drop_views(self, first: int) -> None:
        for view in self._views[first:]:
            self._body.removeWidget(view)
            view.deleteLater()
        del self._views[first:]

    def _show_notes(self, turn: Turn) -> None:
        state = (turn.decisions, turn.ended, turn.failed)
        if state == self._noted:
            return
        self._noted = state
        _empty(self._notes)
        self._note_views = list(self._make_notes(turn))
        for note in self._note_views:
            self._notes.addWidget(note)

    def _make_notes(self, turn: Turn) -> Iterator[Note]:
        retry = (self.tr("Try again"), lambda: self.wished.emit(intents.Regenerate(turn.id)))
        if turn.failed is not None or turn.ended is Ended.FAILED:
            yield _failure(turn, retry, self.tr("This answer was not finished."))
            return
        for why in turn.decisions:
            changed = self.tr("What was changed?")
            steps = [(changed, lambda: self.wished.emit(intents.Explain(turn.id)))]
            if turn.ended is Ended.BLOCKED:
                ask = self.tr("Ask in other words")
                steps.append((ask, lambda: self.wished.emit(intents.Edit(turn.id))))
            yield Note(why.headline, why.alternative, steps)
        if turn.ended is Ended.INTERRUPTED:
            yield Note(self.tr("Stopped here."), "", [retry])

    def _show_chips(self, cited: tuple[Evidence, ...]) -> None:
        if cited == self._chipped:
            return
        self._chipped = cited
        _empty(self._chips)
        self._chip_buttons.clear()
        for item in cited:
            chip = QPushButton(f"[{item.id}] {self._kind(item)}")
            chip.setProperty("kind", "chip")
            chip.setToolTip(item.text)
            chip.setAccessibleDescription(item.text)
            chip.clicked.connect(
                lambda _=False, id_=item.id: self.wished.emit(intents.Explain(self._turn, id_))
            )
            self._chips.addWidget(chip)
            self._chip_buttons.append(chip)

    def _kind(self, item: Evidence) -> str:
        names = {
            "heard": self.tr("what you said"),
            "text": self.tr("text in view"),
            "person": self.tr("person in view"),
            "thing": self.tr("thing in view"),
            "code": self.tr("code in view"),
            "tag": self.tr("what the picture shows"),
            "caption": self.tr("what the picture shows"),
            "quality": self.tr("picture quality"),
            "sensor": self.tr("sensor"),
            "fact": self.tr("what you told me"),
            "note": self.tr("your note"),
            "earlier": self.tr("earlier in this chat"),
        }
        if item.kind == "document":
            page = self.tr("p. {n}").format(n=item.where.page) if item.where.page else ""
            return " ".join(filter(None, (item.where.source, page)))
        return names.get(item.kind, item.kind)


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

    def show_doing(self, doing: Doing) -> None:
        self._orb.set_pose(doing.pose)
        self._word.setText(doing.word)


def _failure(turn: Turn, retry: tuple[str, Callable[[], None]], otherwise: str) -> Note:
    if turn.failed is not None:
        message, hint = turn.failed.message, turn.failed.hint
    elif turn.why is not None and turn.why.headline:
        message, hint = turn.why.headline, turn.why.alternative
    else:
        message, hint = otherwise, ""
    return Note(message, hint, [retry], failure=True)


def _empty(layout: QVBoxLayout | FlowLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


class Correction(QFrame):
    """A field with the answer, to be put right. `kept` carries the right one."""

    kept = Signal(str)
    left = Signal()

    def __init__(self, answer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "raised")
        self.text = QPlainTextEdit(answer)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("What would have been right"))
        self.text.setFixedHeight(theme.glyph(26))
        self.keep = QPushButton(self.tr("Keep the correction"))
        self.keep.setProperty("kind", "primary")
        self.keep.clicked.connect(self._keep)
        self.leave = QPushButton(self.tr("Cancel"))
        self.leave.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(2))
        row.addWidget(self.keep)
        row.addWidget(self.leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(3), theme.gap(3), theme.gap(3), theme.gap(3))
        column.setSpacing(theme.gap(2))
        column.addWidget(label(self.tr("What would have been right?"), "strong"))
        column.addWidget(self.text)
        column.addLayout(row)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [self.text, self.keep, self.leave]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape leaves it, Ctrl+Enter keeps it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        if words := self.text.toPlainText().strip():
            self.kept.emit(words)
