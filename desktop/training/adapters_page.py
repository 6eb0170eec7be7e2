"""What was trained: how good it is, where it came from, which is on, and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from agent.adapters.store import OURS
from desktop import theme
from desktop.i18n.messages import sentences
from desktop.processes import training_events as events
from desktop.session.training import Trainer
from desktop.training.adapter_card import AdapterCard
from desktop.widgets import icons
from desktop.widgets.clear import clear
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import label
from desktop.widgets.message import InlineMessage

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
        self.cards: dict[str, AdapterCard] = {}
        self._notes = QVBoxLayout()
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.gap(4))
        self._empty = label(kind="muted")
        self.file = QPushButton(icons.icon("file-text"), self.tr("Import a file…"))
        self.folder = QPushButton(icons.icon("folder"), self.tr("Import a folder…"))
        self.file.clicked.connect(self._choose_file)
        self.folder.clicked.connect(self._choose_folder)
        task.told.connect(self.handle_event)
        task.ended.connect(self._end)
        self._lay_out()

    def refresh(self) -> None:
        """Read the list again."""
        self._do(["list"])

    def take_in(self, source: str) -> None:
        """Take over what was exported elsewhere."""
        if source:
            self._do(["import", source])

    def switch(self, name: str, anyway: bool = False) -> None:
        """Use an adapter; one of ours is named `ours` and its base."""
        if name.startswith(f"{OURS} "):
            self._do(["switch", OURS, "--model", name.removeprefix(f"{OURS} ")])
            return
        self._do(["switch", name, *(["--anyway"] if anyway else [])])

    def handle_event(self, event: object) -> None:
        """What the child tells."""
        match event:
            case events.Listed():
                self._show(event)
            case events.Wrong(told, gate):
                self._wrong(*sentences(told), gate)
            case events.Made():
                self._note(None)
            case events.Done() if self._task.action == "import":
                self._note(
                    InlineMessage(self.tr("It is here, and not used until you switch it on."), "")
                )
            case events.Done(told):
                self._note(
                    InlineMessage(*sentences(told)) if self._task.action == "export" else None
                )

    def _wrong(self, message: str, hint: str, gate: bool) -> None:
        if not gate:
            self._note(InlineMessage(message, hint, failure=True))
            return
        name = self._name
        why = self.tr(
            "It stays off. Safety and grounding keep Candor from harm and from making things up; "
            "ordinary talk is what you ask of it every day. Look at the table before you decide."
        )
        steps = [
            (self.tr("Leave it off"), lambda: self._note(None)),
            (self.tr("Switch it on anyway"), lambda: self.switch(name, anyway=True)),
        ]
        told = self.tr("“{name}” is worse than before on safety, grounding or ordinary talk.")
        told = told.format(name=name)
        self._note(InlineMessage(told, why, steps, failure=True))

    def _do(self, words: list[str]) -> None:
        """One thing after the other; nothing waits in the window's thread."""
        if self._task.running:
            self._later.append(words)
            return
        action = words[0]
        self._name = words[1] if len(words) > 1 else ""
        if action != "list":
            self._note(None)
        self._task.start(words)
        self._enable()

    def _end(self, code: int) -> None:
        action = self._task.action
        if action == "evaluate" or (action in (*_CHANGES, "import") and code == 0):
            self._later.append(["list"])
        card = self.cards.get(self._name)
        deleted = action == "delete" and (card is None or not card.on)
        if action in _CHANGES and code == 0 and not deleted:
            self.changed.emit()
        self._enable()
        if self._later:
            self._do(self._later.pop(0))

    def _show(self, listed: events.Listed) -> None:
        clear(self._list)
        self.cards.clear()
        for row in listed.adapters:
            card = AdapterCard(row)
            card.switched.connect(self.switch)
            card.back.connect(lambda base: self._do(["back", "--model", base]))
            card.exported.connect(self._export)
            card.deleted.connect(lambda name: self._do(["delete", name]))
            card.compared.connect(self._compare)
            self.cards[card.name] = card
            self._list.addWidget(card)
        for name in listed.open:
            told = self.tr("The training “{name}” was begun and not finished.").format(name=name)
            step = (self.tr("Go on with it"), lambda name=name: self.go_on.emit(name))
            self._list.addWidget(InlineMessage(told, "", [step]))
        nothing = self.tr("Nothing was trained yet. Candor answers as it came.")
        self._empty.setText("" if listed.adapters else nothing)
        self._empty.setVisible(not listed.adapters)

    def _compare(self, name: str) -> None:
        self._do(["evaluate", name])
        told = self.tr("Comparing “{name}” with its base. This takes some minutes.")
        self._note(InlineMessage(told.format(name=name), ""))

    def _choose_file(self) -> None:
        kinds = self.tr("Adapters") + " (*.zip about.json *.gguf *.safetensors)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("An exported adapter"), "", kinds)
        self.take_in(name)

    def _choose_folder(self) -> None:
        title = self.tr("The folder of an exported adapter")
        self.take_in(QFileDialog.getExistingDirectory(self, title))

    def _export(self, name: str) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Where to put the copy"))
        if folder:
            self._do(["export", name, str(Path(folder) / f"candor-{name}")])

    def _note(self, note: InlineMessage | None) -> None:
        clear(self._notes)
        if note is not None:
            self._notes.addWidget(note)

    def _enable(self) -> None:
        busy = self._task.running
        for card in self.cards.values():
            card.set_busy(busy)
        for button in (self.file, self.folder):
            button.setEnabled(not busy)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(6), theme.gap(5), theme.gap(6), theme.gap(5))
        column.setSpacing(theme.gap(4))
        column.addWidget(label(self.tr("Trained versions"), "title"))
        column.addLayout(self._notes)
        column.addWidget(self._empty)
        column.addLayout(self._list)
        buttons = FlowLayout(theme.gap(2))
        for button in (self.file, self.folder):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.addStretch(1)
