"""What Candor keeps for the user: facts, notes and lists, to see, to change and to delete."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from agent.tools.store import FACT, NOTE, Store, StoredNote
from desktop import theme
from desktop.widgets import icons
from desktop.widgets.labels import label
from perception.types import UserError


class Memory(QWidget):
    """Shows what lies in `file` and changes it there."""

    def __init__(self, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._trouble = label(kind="danger")
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.gap(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(3))
        column.addWidget(self._trouble)
        column.addLayout(self._list)
        self.show_list()

    def show_list(self) -> None:
        """Read the file again and show it."""
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._with(self._fill)

    def _fill(self, store: Store) -> None:
        kept, items = store.kept(), store.items()
        for title, kind in ((self.tr("Facts"), FACT), (self.tr("Notes"), NOTE)):
            rows = [one for one in reversed(kept) if one.kind == kind]
            if rows:
                self._list.addWidget(label(title, "strong"))
            for one in rows:
                self._list.addWidget(self._kept(one))
        for name in dict.fromkeys(item.list for item in items):
            title = self.tr("List: {name}").format(name=name)
            self._list.addWidget(label(title, "strong"))
            for line in (item for item in items if item.list == name):
                self._list.addWidget(self._removable(label(line.item), line.item, line.id))
        if not kept and not items:
            nothing = self.tr(
                "Nothing yet. Say “remember that…”, “note: …” or “put milk on my list”."
            )
            self._list.addWidget(label(nothing, "muted"))

    def _kept(self, one: StoredNote) -> QWidget:
        words = QLineEdit(one.text)
        words.setAccessibleName(f"{datetime.fromtimestamp(one.made):%Y-%m-%d}")
        words.setToolTip(words.accessibleName())
        words.editingFinished.connect(lambda: self._change(one, words.text().strip()))
        return self._row(words, one.text, lambda store: store.drop(one.id))

    def _removable(self, words: QWidget, name: str, item: int) -> QWidget:
        return self._row(words, name, lambda store: store.remove_item(item))

    def _row(self, words: QWidget, name: str, drop: Callable[[Store], None]) -> QWidget:
        line = QFrame()
        line.setProperty("kind", "raised")
        remove = QToolButton()
        remove.setProperty("kind", "quiet")
        remove.setIcon(icons.icon("trash-2", "muted"))
        title = self.tr("Remove {word}").format(word=name)
        remove.setAccessibleName(title)
        remove.setToolTip(title)
        remove.clicked.connect(lambda: self._drop(drop))
        row = QHBoxLayout(line)
        row.setContentsMargins(theme.gap(3), theme.gap(), theme.gap(), theme.gap())
        row.addWidget(words, 1)
        row.addWidget(remove)
        return line

    def _drop(self, drop: Callable[[Store], None]) -> None:
        self._with(drop)
        self.show_list()

    def _change(self, one: StoredNote, text: str) -> None:
        if text and text != one.text:
            self._with(lambda store: store.change(one.id, text))

    def _with(self, do: Callable[[Store], None]) -> None:
        """Open the file for a moment: the mind has it open too, and SQLite keeps them apart."""
        try:
            store = Store(self._file)
            try:
                do(store)
            finally:
                store.close()
        except UserError as error:
            self._trouble.setText(f"{error.message} {error.hint}")
            self._trouble.setVisible(True)
            return
        self._trouble.setVisible(False)
