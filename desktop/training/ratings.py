"""The list of feedback given for training, each with a button that takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from agent.memory.feedback import FeedbackStore, GivenFeedback
from desktop import theme
from desktop.widgets import icons
from desktop.widgets.clear import clear
from desktop.widgets.collapsible import Collapsible
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label
from perception.types import UserError

_SHOWN = 100
_LETTERS = 400


class FeedbackList(QWidget):
    """Nothing else of the history is shown. `taken_back` carries the turn of a mark."""

    taken_back = Signal(str)

    def __init__(self, history: Path) -> None:
        super().__init__()
        self._history = history
        self.fold = Collapsible(self.tr("What you gave for training"))
        self.fold.toggled.connect(self._turned)
        self._said = label(kind="muted")
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.gap(2))
        self.fold.rows.addWidget(self._said)
        self.fold.rows.addLayout(self._list)
        self.rows: dict[str, QFrame] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fold)

    def refresh(self) -> None:
        """Read them again, where they are shown."""
        if self.fold.opened:
            self._show(*self._read())

    def _turned(self, opened: bool) -> None:
        if opened:
            self.refresh()

    def _read(self) -> tuple[Sequence[GivenFeedback], str]:
        if not self._history.exists():
            return (), ""
        try:
            return FeedbackStore(self._history, read_only=True).given(), ""
        except UserError as error:
            return (), str(error)

    def _show(self, given: Sequence[GivenFeedback], problem: str) -> None:
        clear(self._list)
        self.rows.clear()
        for mark in given[:_SHOWN]:
            self.rows[mark.turn] = self._row(mark)
            self._list.addWidget(self.rows[mark.turn])
        self._said.setText(problem or self._sum(len(given)))

    def _sum(self, count: int) -> str:
        if not count:
            return self.tr("Nothing yet. Thumbs and corrections stand below each answer.")
        if count > _SHOWN:
            words = self.tr("Ratings: {n}. The newest {m} are shown.")
            return words.format(n=QLocale().toString(count), m=_SHOWN)
        return self.tr("Ratings: {n}. Nothing else of your chats is used.").format(n=count)

    def _row(self, mark: GivenFeedback) -> QFrame:
        icon, word = self._kind(mark)
        box = QFrame()
        box.setProperty("kind", "sunken")
        when = QLocale().toString(
            QDateTime.fromSecsSinceEpoch(int(mark.at)), QLocale.FormatType.ShortFormat
        )
        back = QPushButton(icons.icon("rotate-ccw"), self.tr("Take back"))
        back.setAutoDefault(False)
        asked, said = _line(mark.asked), _line(mark.corrected or mark.answered)
        back.setAccessibleName(self.tr("Take back: {asked}").format(asked=asked))
        back.clicked.connect(lambda: self._take_back(mark.turn))
        head = QHBoxLayout()
        head.setSpacing(theme.gap(2))
        head.addWidget(Glyph(icon))
        head.addWidget(label(word, "strong", wrap=False))
        head.addWidget(label(when, "caption", wrap=False))
        head.addStretch(1)
        head.addWidget(back)
        column = QVBoxLayout(box)
        column.setContentsMargins(theme.gap(3), theme.gap(2), theme.gap(2), theme.gap(2))
        column.setSpacing(theme.gap())
        column.addLayout(head)
        column.addWidget(label(asked, "caption", copy=True))
        column.addWidget(label(said, copy=True))
        box.setAccessibleName(f"{word}: {asked}. {said}")
        return box

    def _kind(self, mark: GivenFeedback) -> tuple[str, str]:
        if mark.corrected:
            return "square-pen", self.tr("Corrected")
        if mark.good:
            return "thumbs-up", self.tr("Good")
        return "thumbs-down", self.tr("Bad: nothing is learned from it")

    def _take_back(self, turn: str) -> None:
        """The mind forgets it; the next row gets the focus."""
        turns = list(self.rows)
        at = turns.index(turn)
        box = self.rows.pop(turn)
        self._list.removeWidget(box)
        box.hide()
        box.deleteLater()
        self._said.setText(self._sum(len(self.rows)))
        left = [*turns[at + 1 :], *reversed(turns[:at])]
        following = self.rows[left[0]].findChildren(QPushButton)[0] if left else self.fold.heading
        following.setFocus()
        self.taken_back.emit(turn)


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LETTERS else f"{line[:_LETTERS]}…"
