"""Teach the model from one's own examples: choose, check, estimate, train, and see the result."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from agent.settings import data_folder
from desktop import theme
from desktop.i18n.messages import sentences
from desktop.processes import training_events as events
from desktop.processes.train_again import asked_of
from desktop.session.training import Trainer
from desktop.settings.fields import field
from desktop.training import labels
from desktop.training.example_source import ExampleSource
from desktop.training.options import TrainingOptions
from desktop.training.prepared import prepared_view
from desktop.training.progress_view import ProgressView
from desktop.widgets import icons, quantities
from desktop.widgets.clear import clear
from desktop.widgets.flow import FlowLayout
from desktop.widgets.folding_row import FoldingRow
from desktop.widgets.labels import label
from desktop.widgets.message import InlineMessage

_SETTLED_MS = 700
"""So long after the last change what it would take is counted again."""


class ExamplesPage(QWidget):
    """`switch_wanted` carries the name of an adapter that was just made."""

    switch_wanted = Signal(str)

    def __init__(self, work: Trainer, history: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.source, self.choices = ExampleSource(history), TrainingOptions()
        self.path, self.marks, self.way = self.source.path, self.source.marks, self.choices.way
        # What is chosen here is read whole: the row folds where there is no room for it.
        self.way.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.way.setMinimumContentsLength(0)
        self.name = QLineEdit(self.tr("mine"), maxLength=100)
        self.check = QPushButton(icons.icon("search"), self.tr("Check the examples"))
        self.estimate = QPushButton(icons.icon("clock"), self.tr("Estimate"))
        self.begin = QPushButton(icons.icon("play"), self.tr("Start training"))
        self._buttons = (self.check, self.estimate, self.begin)
        self._found, self._short = QVBoxLayout(), QVBoxLayout()
        self._state = label(kind="caption")
        self.run = ProgressView(work)
        self._checked, self._fits, self._timed = False, True, False
        self._doing = self._running = ""
        self._soon = QTimer(self, interval=_SETTLED_MS, singleShot=True)
        self._wire()
        self._lay_out()
        self._show()

    def handle_event(self, event: object) -> None:
        """What the child tells."""
        if self._doing == "run":
            self.run.handle_event(event)
            return
        match event:
            case events.Prepared():
                self._checked, self._fits = not event.fatal, True
                _put(self._found, prepared_view(event))
                self._say("")
            case events.Expected():
                self._expect(event)
            case events.Wrong(short=short) if short and self._checked:
                self._fits = False
                self._say("")
                _put(self._short, InlineMessage(*self._too_large(event), failure=True))
            case events.Wrong(told):
                self._checked = self._checked and self._doing == "estimate"
                self._say("")
                _put(self._found, InlineMessage(*sentences(told), failure=True))

    def end(self, code: int) -> None:
        """The child has ended."""
        if self._doing == "run":
            self.run.end(code)
        self._doing = ""
        self._show()

    def start(self) -> None:
        """Train as it is chosen."""
        if self._run("run", self._options()):
            self._follow(self._called())

    def resume(self, name: str) -> None:
        """Go on with a training that was begun, with the options that it was begun with."""
        asked = asked_of(data_folder() / "training" / name)
        if not asked:
            # It ended before it could note anything, so there is nothing else than what is shown.
            self.name.setText(name)
            if self.source.ready:
                self.start()
            return
        if not self._start(["resume", name]):
            return
        self.name.setText(name)
        self.path.setText(str(asked.get("data") or ""))
        self.marks.setChecked(bool(asked.get("history")))
        self.choices.show_asked(asked)
        self._follow(name)

    @property
    def status(self) -> str:
        """The line beside the buttons."""
        return self._state.text()

    def _follow(self, name: str) -> None:
        self._doing, self._running = "run", name
        self.run.begin(data_folder() / "training" / name / "metrics.jsonl")
        self._show()

    def _run(self, action: str, more: list[str]) -> bool:
        if not self.source.ready:
            message = self.tr("There is nothing to learn from yet.")
            hint = self.tr("Choose a file or folder, or take the answers that you marked.")
            _put(self._found, InlineMessage(message, hint, failure=True))
            self.path.setFocus()
            return False
        return self._start([action, *self.source.words(), *more])

    def _start(self, words: list[str]) -> bool:
        self._soon.stop()
        self._doing = words[0]
        if not self._work.start(words):
            self._doing = ""
            self._say(self.tr("Another training is under way. Wait for it, or stop it."))
            return False
        self._show()
        return True

    def _options(self) -> list[str]:
        return ["--name", self._called(), *self.choices.words()]

    def _called(self) -> str:
        return self.name.text().strip() or self.tr("mine")

    def _check(self) -> None:
        if self._run("prepare", self._options()):
            self._say(self.tr("Reading the examples…"))

    def _guess(self) -> None:
        if self._run("estimate", self._options()):
            self._timed = True
            self._say(self.tr("Trying a few steps. This takes a moment…"))

    def _guess_again(self) -> None:
        """Something else was chosen: count again, and try again where that was wanted before."""
        if self._doing:
            self._soon.start()
        elif self._checked and not self._work.running:
            more = [] if self._timed else ["--counted"]
            if self._run("estimate", [*self._options(), *more]):
                self._say(self.tr("Counting again for what you chose…"))

    def _expect(self, told: events.Expected) -> None:
        self._fits = True
        _put(self._short, None)
        words = self.tr("{memory} of memory, {disk} of disk.")
        if told.seconds:
            words = self.tr("About {time}, {memory} of memory, {disk} of disk.")
            words = words.replace("{time}", labels.duration(told.seconds))
        sizes = {"memory": quantities.size(told.memory), "disk": quantities.size(told.disk)}
        self._say(words.format(**sizes))

    def _too_large(self, told: events.Wrong) -> tuple[str, str]:
        message = self.tr("{size} of memory are missing for this choice.")
        hint = self.tr(
            "Close other programs, or choose the quick way, a smaller base or fewer upper layers. "
            "It said: {reason}"
        )
        return message.format(size=quantities.size(told.short)), hint.format(
            reason=sentences(told.told)[0]
        )

    def _changed(self) -> None:
        self._checked = self._timed = False
        self._soon.stop()
        _put(self._short, None)
        self._show()

    def _chosen(self) -> None:
        if self._checked:
            self._soon.start()

    def _say(self, words: str) -> None:
        self._state.setText(words)
        self._state.setVisible(bool(words))

    def _show(self) -> None:
        """The next step is the button that stands out."""
        idle = not self._doing
        self.check.setEnabled(idle)
        self.estimate.setEnabled(idle and self._checked)
        self.begin.setEnabled(idle and self._checked and self._fits)
        for button, icon, first in (
            (self.check, "search", not self._checked),
            (self.begin, "play", self._checked),
        ):
            theme.set_kind(button, "primary" if first else "")
            button.setIcon(icons.icon(icon, "on_accent" if first and button.isEnabled() else "ink"))
        for part in (self.source, self.name, self.way, self.choices):
            part.setEnabled(self._doing != "run")

    def _wire(self) -> None:
        self.check.clicked.connect(self._check)
        self.estimate.clicked.connect(self._guess)
        self.begin.clicked.connect(self.start)
        self.run.again.connect(lambda: self.resume(self._running))
        self.run.made.connect(self._made)
        self.source.changed.connect(self._changed)
        self.choices.changed.connect(self._chosen)
        self._soon.timeout.connect(self._guess_again)

    def _made(self, about: object) -> None:
        button = QPushButton(icons.icon("check"), self.tr("Switch it on"))
        button.setAutoDefault(False)
        name = self._running
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
            "Questions with the answers you would like. They stay on this computer, and you can go "
            "back at any time."
        )
        column.addWidget(label(self.tr("Teach Candor from your own examples"), "title"))
        column.addWidget(label(promise, "muted"))
        column.addWidget(self.source)
        names = FoldingRow()
        names.add(field(self.tr("Name of the result"), self.name), 1)
        names.add(field(self.tr("How"), self.way), 2)
        column.addWidget(names)
        column.addWidget(self.choices)
        buttons = FlowLayout(theme.gap(2))
        for button in self._buttons:
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.addWidget(self._state)
        self._state.hide()
        column.addLayout(self._short)
        column.addLayout(self._found)
        column.addWidget(self.run)
        column.addStretch(1)


def _put(place: QVBoxLayout, part: QWidget | None) -> None:
    """Show this in place of what was there."""
    clear(place)
    if part is not None:
        place.addWidget(part)
