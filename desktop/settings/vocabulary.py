"""The user's own words: those that were corrected once, and those that are added here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from agent.commands import ForgetWord, LearnWord
from agent.events import WordList
from agent.speech.vocabulary import Entry
from desktop import theme
from desktop.i18n.messages import sentences
from desktop.widgets import icons
from desktop.widgets.clear import clear
from desktop.widgets.folding_row import FoldingRow
from desktop.widgets.labels import label
from desktop.widgets.plain_text import tip

_LETTERS = 200
"""The most of a word or name."""


class VocabularyEditor(QWidget):
    """Shows the list that the mind told, and asks it for changes: `wanted` carries a command."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: LearnWord | ForgetWord | None = None
        self.word, self.instead, self.said = (QLineEdit(maxLength=_LETTERS) for _ in range(3))
        self._add = QPushButton(icons.icon("plus"), self.tr("Add"))
        self._add.setAutoDefault(False)
        self._add.clicked.connect(self._learn)
        self._trouble = label(kind="danger")
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.gap(2))
        self._lay_out()
        self.word.textChanged.connect(self._show_add)
        self._show_add()
        self._complain("")

    def show_list(self, told: WordList) -> None:
        """Show the list, or why it could not be read or changed."""
        asked, self._asked = self._asked, None
        self._complain(" ".join(sentences(told.problem)).strip() if told.problem else "")
        if asked is not None and told.problem is None:
            if isinstance(asked, LearnWord):
                for edit in (self.word, self.instead, self.said):
                    edit.clear()
            self.word.setFocus()
        self._show_entries(told.entries)

    def _show_entries(self, entries: Sequence[Entry]) -> None:
        clear(self._list)
        for entry in reversed(entries):
            self._list.addWidget(self._row(entry))
        if not entries and not self._trouble.text():
            nothing = self.tr("None yet. When a name is heard wrongly, say “No, it is Siobhan”.")
            self._list.addWidget(label(nothing, "muted"))

    def _lay_out(self) -> None:
        fields = (
            (self.word, self.tr("Word or name"), ""),
            (self.instead, self.tr("Heard instead"), self.tr("optional")),
            (self.said, self.tr("Said like"), self.tr("optional")),
        )
        row = FoldingRow()
        for edit, name, hint in fields:
            edit.setAccessibleName(name)
            edit.setPlaceholderText(hint)
            edit.returnPressed.connect(self._learn)
            words = label(name, "caption")
            words.setBuddy(edit)
            pair = QWidget()
            inside = QVBoxLayout(pair)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(theme.gap())
            inside.addWidget(words)
            inside.addWidget(edit)
            row.add(pair, 1)
        row.add(self._add, low=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(3))
        column.addWidget(row)
        column.addWidget(self._trouble)
        column.addLayout(self._list)

    def _row(self, entry: Entry) -> QWidget:
        line = QFrame()
        line.setProperty("kind", "raised")
        parts = [self.tr("not {word}").format(word=entry.instead_of)] if entry.instead_of else []
        if entry.said_as:
            parts.append(self.tr("said like {word}").format(word=entry.said_as))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(entry.word))
        if parts:
            words.addWidget(label(", ".join(parts), "caption"))
        remove = QToolButton()
        remove.setProperty("kind", "quiet")
        remove.setIcon(icons.icon("trash-2", "muted"))
        name = self.tr("Remove {word}").format(word=entry.word)
        remove.setAccessibleName(name)
        remove.setToolTip(tip(name))
        remove.clicked.connect(lambda: self._forget(entry))
        row = QHBoxLayout(line)
        row.setContentsMargins(theme.gap(3), theme.gap(), theme.gap(), theme.gap())
        row.addLayout(words, 1)
        row.addWidget(remove)
        return line

    def _show_add(self) -> None:
        self._add.setEnabled(bool(self.word.text().strip()))

    def _learn(self) -> None:
        word, instead, said = (edit.text().strip() for edit in (self.word, self.instead, self.said))
        if word:
            self._ask(LearnWord(word, instead, said))

    def _forget(self, entry: Entry) -> None:
        self._ask(ForgetWord(entry.id))

    def _ask(self, command: LearnWord | ForgetWord) -> None:
        if self._asked is None:  # a second press asks for nothing new
            self._asked = command
            self.wanted.emit(command)

    def _complain(self, text: str) -> None:
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))
