"""Teach the model from one's own examples: choose, check, estimate, train, and see the result."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent.settings import data_folder
from desktop import amounts, icons, theme, trainwords
from desktop import training_events as events
from desktop.fields import Choice, Switch, field
from desktop.flow import FlowLayout
from desktop.labels import label
from desktop.note import Note
from desktop.prepared import prepared_view
from desktop.runview import RunView
from desktop.trainer import Trainer

_QUICK_LAYERS = "8"


class ExamplesPage(QWidget):
    """`switch_wanted` carries the name of an adapter that was just made."""

    switch_wanted = Signal(str)

    def __init__(self, work: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.path = QLineEdit()
        self.path.setPlaceholderText(self.tr("A folder, or a csv, jsonl, txt file"))
        self.file = QPushButton(icons.icon("file-text"), self.tr("File…"))
        self.folder = QPushButton(icons.icon("folder"), self.tr("Folder…"))
        self.marks = Switch(self.tr("Also the answers that I marked or corrected"), False)
        self.name = QLineEdit(self.tr("mine"))
        quick, whole = self.tr("Quick: the upper layers learn"), self.tr("Thorough: all learn")
        self.way = Choice((("quick", quick), ("whole", whole)), "quick")
        self.check = QPushButton(icons.icon("search"), self.tr("Check the examples"))
        self.estimate = QPushButton(icons.icon("clock"), self.tr("Estimate"))
        self.begin = QPushButton(icons.icon("play"), self.tr("Start training"))
        self._buttons = (self.check, self.estimate, self.begin)
        self._found = QVBoxLayout()
        self._state = label(kind="caption")
        self.run = RunView(work)
        self._checked = False
        self._doing = ""
        self._wire()
        self._lay_out()
        self._show()

    def take(self, event: object) -> None:
        """What the child tells."""
        if self._doing == "run":
            self.run.take(event)
            return
        match event:
            case events.Prepared():
                self._checked = not event.fatal
                self._put(prepared_view(event))
                self._say("")
            case events.Expected(seconds=seconds, memory=memory, disk=disk):
                words = self.tr("About {time}, {memory} of memory, {disk} of disk.")
                self._say(
                    words.format(
                        time=trainwords.duration(seconds),
                        memory=amounts.size(memory),
                        disk=amounts.size(disk),
                    )
                )
            case events.Wrong(message=message, hint=hint):
                self._checked = self._checked and self._doing == "estimate"
                self._say("")
                self._put(Note(message, hint, failure=True))

    def end(self, code: int) -> None:
        """The child has ended."""
        if self._doing == "run":
            self.run.end(code)
        self._doing = ""
        self._show()

    def start(self) -> None:
        """Train, or go on with it."""
        if self._run("run", self._options()):
            self.run.begin(data_folder() / "training" / self._called() / "metrics.jsonl")
            self._show()

    def open_run(self, name: str) -> None:
        """Offer a training that was begun under this name."""
        self.name.setText(name)

    @property
    def status(self) -> str:
        """The line beside the buttons."""
        return self._state.text()

    def _run(self, action: str, more: list[str]) -> bool:
        if not self._ready():
            return False
        words = [action, *self._source(), *more]
        self._doing = action
        if not self._work.start(words):
            self._doing = ""
            busy = self.tr("Another training is under way. Wait for it, or stop it.")
            self._say(busy)
            return False
        self._show()
        return True

    def _ready(self) -> bool:
        if self.path.text().strip() or self.marks.isChecked():
            return True
        message = self.tr("There is nothing to learn from yet.")
        hint = self.tr("Choose a file or folder, or take the answers that you marked.")
        self._put(Note(message, hint, failure=True))
        self.path.setFocus()
        return False

    def _source(self) -> list[str]:
        path = self.path.text().strip()
        words = [str(Path(path).expanduser())] if path else []
        return [*words, *(["--history"] if self.marks.isChecked() else [])]

    def _options(self) -> list[str]:
        layers = ["--layers", _QUICK_LAYERS] if self.way.value == "quick" else []
        return ["--name", self._called(), *layers]

    def _called(self) -> str:
        return self.name.text().strip() or self.tr("mine")

    def _check(self) -> None:
        if self._run("prepare", []):
            self._say(self.tr("Reading the examples…"))

    def _guess(self) -> None:
        if self._run("estimate", self._options()):
            self._say(self.tr("Trying a few steps. This takes a moment…"))

    def _changed(self) -> None:
        self._checked = False
        self._show()

    def _choose_file(self) -> None:
        kinds = self.tr("Examples") + " (*.csv *.tsv *.jsonl *.json *.txt *.md)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Your examples"), "", kinds)
        if name:
            self.path.setText(name)

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder with your examples"))
        if name:
            self.path.setText(name)

    def _say(self, words: str) -> None:
        self._state.setText(words)
        self._state.setVisible(bool(words))

    def _put(self, part: QWidget) -> None:
        while (item := self._found.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._found.addWidget(part)

    def _show(self) -> None:
        """The next step is the button that stands out."""
        idle = not self._doing
        self.check.setEnabled(idle)
        for button in (self.estimate, self.begin):
            button.setEnabled(idle and self._checked)
        for button, icon, first in (
            (self.check, "search", not self._checked),
            (self.begin, "play", self._checked),
        ):
            theme.set_kind(button, "primary" if first else "")
            button.setIcon(icons.icon(icon, "on_accent" if first and button.isEnabled() else "ink"))
        for part in (self.path, self.file, self.folder, self.marks, self.name, self.way):
            part.setEnabled(self._doing != "run")

    def _wire(self) -> None:
        self.file.clicked.connect(self._choose_file)
        self.folder.clicked.connect(self._choose_folder)
        self.check.clicked.connect(self._check)
        self.estimate.clicked.connect(self._guess)
        self.begin.clicked.connect(self.start)
        self.run.again.connect(self.start)
        self.run.made.connect(self._made)
        self.path.textChanged.connect(self._changed)
        self.marks.toggled.connect(self._changed)

    def _made(self, about: object) -> None:
        button = QPushButton(icons.icon("check"), self.tr("Switch it on"))
        button.setAutoDefault(False)
        name = self.name.text().strip()
        button.clicked.connect(lambda: self.switch_wanted.emit(name))
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button)
        row.addStretch(1)
        self.run.add_result(box)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(6), theme.gap(5), theme.gap(6), theme.gap(5))
        column.setSpacing(theme.gap(5))
        promise = self.tr(
            "Questions with the answers you would like. They stay on this machine, and you can go "
            "back at any time."
        )
        column.addWidget(label(self.tr("Teach Candor from your own examples"), "title"))
        column.addWidget(label(promise, "muted"))
        column.addWidget(self._choose())
        names = QHBoxLayout()
        names.setSpacing(theme.gap(4))
        names.addWidget(field(self.tr("Name of the result"), self.name), 1)
        names.addWidget(field(self.tr("How"), self.way), 1)
        column.addLayout(names)
        buttons = FlowLayout(theme.gap(2))
        for button in self._buttons:
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.addWidget(self._state)
        self._state.hide()
        column.addLayout(self._found)
        column.addWidget(self.run)
        column.addStretch(1)

    def _choose(self) -> QWidget:
        box = QFrame()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(2))
        row.addWidget(self.path, 1)
        for button in (self.file, self.folder):
            button.setAutoDefault(False)
            row.addWidget(button)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        column.addWidget(field(self.tr("Your examples"), box))
        self.path.setAccessibleName(self.tr("Your examples"))
        column.addWidget(self.marks)
        return inside
