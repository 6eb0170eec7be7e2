"""What was trained: how good it is, where it came from, which is on, and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop import theme
from desktop import training_events as events
from desktop.adaptercard import AdapterCard
from desktop.labels import label
from desktop.note import Note
from desktop.trainer import Trainer

_CHANGES = ("switch", "back", "delete")


class AdaptersPage(QWidget):
    """`changed` when another adapter is on, so that the models are loaded again."""

    changed = Signal()
    go_on = Signal(str)

    def __init__(self, task: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task = task
        self._name = ""
        self._later: list[list[str]] = []
        self._bases: tuple[str, ...] = ()
        self.cards: dict[str, AdapterCard] = {}
        self._notes = QVBoxLayout()
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.gap(4))
        self._empty = label(kind="muted")
        task.told.connect(self.take)
        task.ended.connect(self._end)
        self._lay_out()

    def refresh(self) -> None:
        """Read the list again."""
        self._do(["list"])

    def switch(self, name: str, anyway: bool = False) -> None:
        """Use an adapter."""
        self._do(["switch", name, *(["--anyway"] if anyway else [])])

    def take(self, event: object) -> None:
        """What the child tells."""
        match event:
            case events.Listed():
                self._show(event)
            case events.Wrong(message, hint, gate):
                self._wrong(message, hint, gate)
            case events.Made(about=about) if about.name in self.cards:
                self.cards[about.name].show_measures(about.measured)
            case events.Done(text=text):
                self._note(Note(text, "") if self._task.action == "export" else None)

    def _wrong(self, message: str, hint: str, gate: bool) -> None:
        if not gate:
            self._note(Note(message, hint, failure=True))
            return
        name = self._name
        why = self.tr(
            "It stays off. Safety and grounding keep Candor from harm and from making things up. "
            "Look at the table before you decide."
        )
        steps = [
            (self.tr("Leave it off"), lambda: self._note(None)),
            (self.tr("Switch it on anyway"), lambda: self.switch(name, anyway=True)),
        ]
        told = self.tr("“{name}” is worse than before on safety or grounding.").format(name=name)
        self._note(Note(told, why, steps, failure=True))

    def _do(self, words: list[str]) -> None:
        """One thing after the other; nothing waits in the window's thread."""
        if self._task.running:
            self._later.append(words)
            return
        self._name = words[1] if len(words) > 1 else ""
        self._note(None)
        self._task.start(words)
        self._enable()

    def _end(self, code: int) -> None:
        action = self._task.action
        if action in _CHANGES and code == 0:
            self._later.append(["list"])
            if action != "delete" or (self._name in self.cards and self.cards[self._name].on):
                self.changed.emit()
        self._enable()
        if self._later:
            self._do(self._later.pop(0))

    def _show(self, listed: events.Listed) -> None:
        _empty(self._list)
        self.cards.clear()
        for row in listed.adapters:
            card = AdapterCard(row)
            card.switched.connect(self.switch)
            card.back.connect(lambda base: self._do(["back", "--model", base]))
            card.exported.connect(self._export)
            card.deleted.connect(lambda name: self._do(["delete", name]))
            card.compared.connect(lambda name: self._do(["evaluate", name]))
            self.cards[row.folder] = card
            self._list.addWidget(card)
        for name in listed.open:
            told = self.tr("The training “{name}” was begun and not finished.").format(name=name)
            step = (self.tr("Go on with it"), lambda name=name: self.go_on.emit(name))
            self._list.addWidget(Note(told, "", [step]))
        nothing = self.tr("Nothing was trained yet. Candor answers as it came.")
        self._empty.setText("" if listed.adapters else nothing)
        self._empty.setVisible(not listed.adapters)

    def _export(self, name: str) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Where to put the copy"))
        if folder:
            self._do(["export", name, str(Path(folder) / f"candor-{name}")])

    def _note(self, note: Note | None) -> None:
        _empty(self._notes)
        if note is not None:
            self._notes.addWidget(note)

    def _enable(self) -> None:
        busy = self._task.running
        for card in self.cards.values():
            card.set_busy(busy)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(6), theme.gap(5), theme.gap(6), theme.gap(5))
        column.setSpacing(theme.gap(4))
        column.addWidget(label(self.tr("What was trained"), "title"))
        column.addLayout(self._notes)
        column.addWidget(self._empty)
        column.addLayout(self._list)
        column.addStretch(1)


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
