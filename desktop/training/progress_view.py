"""A training while it runs: what it does, how far it is, its curves, and how to end it."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QVBoxLayout, QWidget

from agent.adapters.store import About
from agent.codes import AgentCode
from agent.training.core.metrics_log import read
from agent.training.core.progress import TrainingProgress
from desktop import theme
from desktop.i18n.messages import sentences
from desktop.processes import training_events as events
from desktop.session.training import Trainer
from desktop.training import labels, score_table
from desktop.training.curve_chart import CurveView
from desktop.widgets import icons
from desktop.widgets.clear import clear
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import label
from desktop.widgets.message import InlineMessage
from perception.messages import Notice

_STEPS = 1000


class ProgressView(QFrame):
    """Follows a `Trainer` that trains. `made` carries the `About` of what came out.

    One that is not `stoppable` can only be paused: a part of it is of no use.
    """

    made = Signal(object)
    again = Signal()

    def __init__(self, trainer: Trainer, *, stoppable: bool = True) -> None:
        super().__init__()
        self.setProperty("kind", "raised")
        self._trainer, self._stoppable = trainer, stoppable
        self._title, self._line = label(kind="strong"), label(kind="caption")
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("How far the training is"))
        self.curves = CurveView()
        self.stop = QPushButton(icons.icon("square"), self.tr("Stop and keep the best"))
        self.pause = QPushButton(icons.icon("pause"), self.tr("Pause"))
        self.go_on = QPushButton(icons.icon("play"), self.tr("Resume"))
        self._result = QVBoxLayout()
        self._ending = ""
        self._log: Path | None = None
        self.stop.clicked.connect(lambda: self._end("stop"))
        self.pause.clicked.connect(lambda: self._end("pause"))
        self.go_on.clicked.connect(self.again)
        self._lay_out()
        self.hide()

    @property
    def text(self) -> str:
        """What it says of itself."""
        return f"{self._title.text()} {self._line.text()}".strip()

    def begin(self, log: Path | None = None) -> None:
        """A training was started; `log` holds the steps of one that goes on."""
        self._ending, self._log = "", log
        self._clear()
        self.curves.clear()
        self._bar.setValue(0)
        self._say(self.tr("Starting"), self.tr("The model is being loaded. This takes a moment."))
        self._show(running=True)
        self.show()

    def handle_event(self, event: object) -> None:
        """What the training tells."""
        match event:
            case events.Prepared():
                self._say(self.tr("Starting"), self.tr("Trying a few steps."))
            case events.Expected(seconds=seconds):
                words = self.tr("This will take about {time}.")
                self._line.setText(words.format(time=labels.duration(seconds)))
            case events.Step(now=now):
                self._step(now)
            case events.Said(Notice(AgentCode.COMPARING_WITH_BASE)):
                self._bar.setValue(_STEPS)
                self._say(self.tr("Comparing before and after"), "")
            case events.Made(about=about):
                self._finish(about)
            case events.Wrong(told):
                self._clear()
                self._result.addWidget(InlineMessage(*sentences(told), failure=True))
                self._ending = "wrong"

    def end(self, code: int) -> None:
        """It has ended."""
        self._show(running=False)
        if code == 130:
            kept = self.tr("Everything learned so far is kept. Go on whenever you like.")
            self._say(self.tr("Paused"), kept)
        elif self._ending == "wrong":
            self._say(self.tr("Not finished"), "")
        self.go_on.setVisible(code != 0)

    def _step(self, now: TrainingProgress) -> None:
        if self._log is not None and now.step > 1:
            for line in read(self._log):
                if line["step"] < now.step:
                    self.curves.add_progress(msgspec.convert(line, TrainingProgress))
        self._log = None
        self.curves.add_progress(now)
        share = now.step / max(1, now.steps)
        self._bar.setValue(round(share * _STEPS))
        words = self.tr("Step {step} of {steps}, round {round}").format(
            step=now.step, steps=now.steps, round=now.epoch + (now.score is None)
        )
        if now.step and now.score is None:
            left = now.seconds / now.step * (now.steps - now.step)
            about = self.tr("about {time} left").format(time=labels.duration(left))
            words = f"{words} · {about}"
        if not self._ending:
            self._say(self.tr("Learning"), words)
        self._bar.setAccessibleDescription(words)

    def _finish(self, about: About) -> None:
        self._clear()
        self._bar.setValue(_STEPS)
        done = self.tr("“{name}” is ready. It is not used until you switch it on.")
        self._say(self.tr("Done"), done.format(name=about.name))
        self._result.addWidget(score_table.table(about.measured))
        self.made.emit(about)

    def add_result(self, part: QWidget) -> None:
        """Something more below the result."""
        self._result.addWidget(part)

    def _end(self, how: str) -> None:
        self._ending = how
        if how == "stop":
            self._say(self.tr("Stopping"), self.tr("After this step the best so far is kept."))
            self._trainer.stop()
        else:
            self._say(self.tr("Pausing"), self.tr("After this step it is saved."))
            self._trainer.pause()
        self.stop.setEnabled(False)
        self.pause.setEnabled(False)

    def _say(self, title: str, line: str) -> None:
        self._title.setText(title)
        self._line.setText(line)

    def _show(self, *, running: bool) -> None:
        self.stop.setVisible(running and self._stoppable)
        self.pause.setVisible(running)
        for button in (self.stop, self.pause):
            button.setEnabled(running)
        self._bar.setVisible(running)
        self.go_on.hide()

    def _clear(self) -> None:
        clear(self._result)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), theme.gap(4), theme.gap(4), theme.gap(4))
        column.setSpacing(theme.gap(3))
        for part in (self._title, self._line, self._bar, self.curves):
            column.addWidget(part)
        buttons = FlowLayout(theme.gap(2))
        for button in (self.stop, self.pause, self.go_on):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column.addLayout(buttons)
        self._result.setSpacing(theme.gap(3))
        column.addLayout(self._result)
