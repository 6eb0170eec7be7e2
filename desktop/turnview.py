"""One turn of the transcript: the user's words, the answer in pieces, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from agent.types import Ended
from desktop import icons, theme, wishes
from desktop.chat import Turn
from desktop.flow import FlowLayout
from desktop.markdown import Piece, pieces
from desktop.note import Note
from desktop.textview import CodeView, TextView
from desktop.thumb import Thumb
from perception.types import Evidence

_COPIED_MS = 2000
_LONGEST_SHOWN = 6000


class TurnView(QWidget):
    """Shows a `Turn`, again and again as it grows. `wished` carries a `wishes.Wish`."""

    wished = Signal(object)

    def __init__(self, turn: Turn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turn = turn
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(3))
        self._question = _Question(self)
        self._question.edited.connect(lambda: self._wish(wishes.Edit(self._turn.id)))
        self._question.picked.connect(
            lambda index: self._wish(wishes.ShowPicture(self._turn.id, index))
        )
        column.addWidget(self._question)
        self._answer = _Answer(self)
        self._answer.wished.connect(self.wished)
        column.addWidget(self._answer)
        self.show_turn(turn, "")

    @property
    def turn(self) -> Turn:
        """What is shown."""
        return self._turn

    def show_turn(self, turn: Turn, doing: str) -> None:
        """Show the newest state; `doing` says in a word what an open turn waits for."""
        self._turn = turn
        self._question.show_turn(turn)
        self._answer.show_turn(turn, doing)

    def redress(self) -> None:
        """Follow a change of theme or text size."""
        for view in self.findChildren(TextView):
            view.redress()
        for code in self.findChildren(CodeView):
            code.redress()

    def _wish(self, wish: wishes.Wish) -> None:
        self.wished.emit(wish)


class _Question(QFrame):
    edited = Signal()
    picked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "said")
        self._who = QLabel(self.tr("You"))
        self._who.setProperty("kind", "heading")
        self._edit = _small("square-pen", self.tr("Edit"))
        self._edit.setAccessibleName(self.tr("Edit this question"))
        self._edit.clicked.connect(self.edited)
        self._words = TextView()
        self._words.setAccessibleName(self.tr("You asked"))
        self._pictures = FlowLayout(theme.gap(2))
        header = QHBoxLayout()
        header.addWidget(self._who)
        header.addStretch()
        header.addWidget(self._edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), theme.gap(2), theme.gap(2), theme.gap(2))
        column.setSpacing(theme.gap())
        column.addLayout(header)
        column.addWidget(self._words)
        column.addLayout(self._pictures)
        self._shown: tuple[bytes, ...] = ()

    def show_turn(self, turn: Turn) -> None:
        spoken = turn.heard is not None
        self._who.setText(self.tr("You, spoken") if spoken else self.tr("You"))
        text = turn.asked
        if len(text) > _LONGEST_SHOWN:
            text = text[:_LONGEST_SHOWN] + " …"
        self._words.show_plain(text)
        self._words.setVisible(bool(text))
        self._edit.setVisible(turn.ended is not None)
        if turn.pictures != self._shown:
            self._shown = turn.pictures
            self._show_pictures()

    def _show_pictures(self) -> None:
        while (item := self._pictures.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for index, data in enumerate(self._shown):
            name = self.tr("Picture {n}: show it").format(n=index + 1)
            button = Thumb(data, theme.gap(24), name, self)
            button.clicked.connect(lambda _=False, index=index: self.picked.emit(index))
            self._pictures.addWidget(button)


class _Answer(QWidget):
    wished = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        who = QLabel(self.tr("Candor"))
        who.setProperty("kind", "heading")
        self._doing = QLabel()
        self._doing.setProperty("kind", "muted")
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.gap(3))
        self._notes = QVBoxLayout()
        self._notes.setSpacing(theme.gap(2))
        self._chips = FlowLayout(theme.gap(2))
        self._actions = _Actions(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), 0, theme.gap(2), 0)
        column.setSpacing(theme.gap(2))
        for part in (who, self._doing, self._body, self._notes, self._chips, self._actions):
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        self._turn = ""
        self._views = list[TextView | CodeView]()
        self._noted: object = None
        self._chipped: tuple[Evidence, ...] = ()
        self._actions.wished.connect(self.wished)

    def show_turn(self, turn: Turn, doing: str) -> None:
        self._turn = turn.id
        self._show_pieces(pieces(turn.answer))
        self._doing.setText(doing or self.tr("Thinking…"))
        self._doing.setVisible(turn.ended is None and not turn.answer)
        self._show_notes(turn)
        self._show_chips(turn.cited)
        self._actions.show_turn(turn)

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
            view.followed.connect(lambda address: self.wished.emit(wishes.Follow(address)))
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
        retry = (self.tr("Try again"), lambda: self.wished.emit(wishes.Regenerate(turn.id)))
        if turn.failed is not None or turn.ended is Ended.FAILED:
            self._notes.addWidget(_failure(turn, retry, self.tr("This answer was not finished.")))
            return
        for why in turn.decisions:
            steps = [
                (self.tr("What was changed?"), lambda: self.wished.emit(wishes.Explain(turn.id)))
            ]
            if turn.ended is Ended.BLOCKED:
                ask = self.tr("Ask in other words")
                steps.append((ask, lambda: self.wished.emit(wishes.Edit(turn.id))))
            self._notes.addWidget(Note(why.headline, why.alternative, steps))
        if turn.ended is Ended.INTERRUPTED:
            self._notes.addWidget(Note(self.tr("Stopped here."), "", [retry]))

    def _show_chips(self, cited: tuple[Evidence, ...]) -> None:
        if cited == self._chipped:
            return
        self._chipped = cited
        _empty(self._chips)
        for item in cited:
            chip = QPushButton(f"[{item.id}] {self._kind(item)}")
            chip.setProperty("kind", "chip")
            chip.setToolTip(item.text)
            chip.setAccessibleDescription(item.text)
            chip.clicked.connect(
                lambda _=False, id_=item.id: self.wished.emit(wishes.Explain(self._turn, id_))
            )
            self._chips.addWidget(chip)

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
        }
        if item.kind == "document":
            page = self.tr("p. {n}").format(n=item.where.page) if item.where.page else ""
            return " ".join(filter(None, (item.where.source, page)))
        return names.get(item.kind, item.kind)


class _Actions(QWidget):
    wished = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._turn: Turn | None = None
        row = FlowLayout(theme.gap(), self)
        why = _small("circle-help", self.tr("Why?"))
        why.setAccessibleName(self.tr("Why this answer?"))
        self._copy = _small("copy", self.tr("Copy"))
        self._copy.setAccessibleName(self.tr("Copy this answer"))
        again = _small("volume-2", self.tr("Say again"))
        anew = _small("refresh-cw", self.tr("Regenerate"))
        for button in (why, self._copy, again, anew):
            row.addWidget(button)
        why.clicked.connect(lambda: self._wish(wishes.Explain))
        self._copy.clicked.connect(self._take)
        again.clicked.connect(lambda: self._wish(wishes.SpeakAgain))
        anew.clicked.connect(lambda: self._wish(wishes.Regenerate))

    def show_turn(self, turn: Turn) -> None:
        self._turn = turn
        self.setVisible(turn.ended is not None and bool(turn.answer))

    def _wish(self, kind: type[wishes.Explain | wishes.SpeakAgain | wishes.Regenerate]) -> None:
        if self._turn is not None:
            self.wished.emit(kind(self._turn.id))

    def _take(self) -> None:
        if self._turn is None:
            return
        QGuiApplication.clipboard().setText(self._turn.answer)
        self._copy.setText(self.tr("Copied"))
        self._copy.setIcon(icons.icon("check", "muted"))
        QTimer.singleShot(_COPIED_MS, self, self._restore)

    def _restore(self) -> None:
        self._copy.setText(self.tr("Copy"))
        self._copy.setIcon(icons.icon("copy", "muted"))


def _failure(turn: Turn, retry: tuple[str, object], otherwise: str) -> Note:
    if turn.failed is not None:
        message, hint = turn.failed.message, turn.failed.hint
    elif turn.why is not None and turn.why.headline:
        message, hint = turn.why.headline, turn.why.alternative
    else:
        message, hint = otherwise, ""
    return Note(message, hint, [retry], failure=True)  # type: ignore[list-item]


def _small(icon: str, name: str) -> QPushButton:
    button = QPushButton(icons.icon(icon, "muted"), name)
    button.setProperty("kind", "small")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def _empty(layout: QVBoxLayout | FlowLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
