"""The list of decisions that the user marked as wrong, each with a button that deletes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from agent.memory.appeals import AppealStore, KeptAppeal
from desktop import theme
from desktop.i18n.messages import sentences
from desktop.widgets import icons
from desktop.widgets.clear import clear
from desktop.widgets.collapsible import Collapsible
from desktop.widgets.labels import label
from perception.types import UserError

_SHOWN = 100
_LETTERS = 300


class AppealList(QWidget):
    """Read when it is opened. `taken_back` carries the turn of one that is to be deleted."""

    taken_back = Signal(str)

    def __init__(self, history: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self.fold = Collapsible(self.tr("Decisions you marked as wrong"))
        self.fold.toggled.connect(self.refresh)
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

    def _read(self) -> tuple[Sequence[KeptAppeal], str]:
        if not self._history.exists():
            return (), ""
        try:
            return AppealStore(self._history, read_only=True).all(), ""
        except UserError as error:
            return (), " ".join(sentences(error.notice))

    def _show(self, kept: Sequence[KeptAppeal], problem: str) -> None:
        clear(self._list)
        self.rows = {appeal.turn: self._row(appeal) for appeal in kept[:_SHOWN]}
        for row in self.rows.values():
            self._list.addWidget(row)
        self._said.setText(problem or self._sum(len(kept)))

    def _sum(self, count: int) -> str:
        if not count:
            return self.tr("None. “This was wrong…” stands below an answer that was changed.")
        words = self.tr("Decisions: {n}. They are deleted with their chats.")
        return words.format(n=QLocale().toString(count))

    def _row(self, appeal: KeptAppeal) -> QFrame:
        box = QFrame()
        box.setProperty("kind", "sunken")
        what = self._action(appeal.decided.action)
        found = appeal.decided.category.replace("_", " ")
        when = QLocale().toString(
            QDateTime.fromSecsSinceEpoch(int(appeal.at)), QLocale.FormatType.ShortFormat
        )
        asked = _line(appeal.asked)
        delete = QPushButton(icons.icon("trash-2"), self.tr("Delete"))
        delete.setAutoDefault(False)
        delete.setAccessibleName(self.tr("Delete: {asked}").format(asked=asked))
        delete.clicked.connect(lambda: self.taken_back.emit(appeal.turn))
        head = QHBoxLayout()
        head.setSpacing(theme.gap(2))
        head.addWidget(label(f"{what}: {found}" if found else what, "strong", wrap=False))
        head.addWidget(label(when, "caption", wrap=False))
        head.addStretch(1)
        head.addWidget(delete)
        column = QVBoxLayout(box)
        column.setContentsMargins(theme.gap(3), theme.gap(2), theme.gap(2), theme.gap(2))
        column.setSpacing(theme.gap())
        column.addLayout(head)
        column.addWidget(label(asked, copy=True))
        if appeal.words:
            column.addWidget(label(_line(appeal.words), "muted", copy=True))
        if appeal.may_train:
            column.addWidget(label(self.tr("May be learned from"), "caption"))
        box.setAccessibleName(" ".join((what, asked, appeal.words)).strip())
        return box

    def _action(self, action: str) -> str:
        names = {
            "block": self.tr("Held back"),
            "redact": self.tr("Changed"),
            "advise": self.tr("Advised"),
        }
        return names.get(action, action)


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LETTERS else f"{line[:_LETTERS]}…"
