"""Teach the hearing one's own voice: read sentences aloud, one after the other, then train."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.i18n.messages import sentences
from desktop.processes import training_events as events
from desktop.session.training import Trainer
from desktop.settings.fields import field
from desktop.training.progress_view import ProgressView
from desktop.training.recordings import Recordings
from desktop.widgets import icons
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import label
from desktop.widgets.message import InlineMessage
from perception.audio.ipc.messages import (
    Level,
    PlayBack,
    Record,
    Recorded,
    Trouble,
)
from perception.languages import sentences as to_read

_LEAST = 6
_STEPS = 100
_SILENT, _QUIET, _LOUDEST = 0.01, 0.08, 0.985
_SHORTEST = 0.5


class VoicePage(QWidget):
    """`to_ears` carries `Record` and `PlayBack`; `switch_wanted` the name of what was made."""

    to_ears = Signal(object)
    switch_wanted = Signal(str)

    def __init__(
        self, folder: Path, work: Trainer, language: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._language = work, language
        self.kept = Recordings(folder / language, to_read(language))
        self._at = self._target = self.kept.first_open()
        self._recording = self._muted = self._mine = False
        self.sentence, self._count = label(kind="title"), label(kind="caption")
        self._verdict = label(kind="caption")
        self.bar, self._meter = QProgressBar(), QProgressBar()
        self.record = QPushButton(icons.icon("mic"), self.tr("Record"))
        self.listen = QPushButton(icons.icon("play"), self.tr("Listen again"))
        self.before = QPushButton(icons.icon("chevron-left"), self.tr("Back"))
        self.skip = QPushButton(icons.icon("chevron-right"), self.tr("Next"))
        self.name = QLineEdit(self.tr("my-voice"), maxLength=100)
        self.begin = QPushButton(icons.icon("play"), self.tr("Learn my voice"))
        self._notes = QVBoxLayout()
        self.run = ProgressView(work, stoppable=False)
        self._wire()
        self._lay_out()
        self._show()

    @property
    def count(self) -> str:
        """How many are read."""
        return self._count.text()

    @property
    def verdict(self) -> str:
        """What is said of the last recording."""
        return self._verdict.text()

    def set_muted(self, muted: bool) -> None:
        """A muted microphone records nothing."""
        self._muted = muted

    def take_sound(self, event: object) -> None:
        """What ears tell."""
        match event:
            case Recorded():
                self._take_recorded(event)
            case Level(peak=peak) if self._recording:
                self._meter.setValue(round(min(1.0, peak) * _STEPS))
            case Trouble(told) if self._recording:
                self._recording = False
                self.to_ears.emit(Record(False))
                self._verdict.setText(" ".join(sentences(told)).strip())
                self._show()

    def _take_recorded(self, recorded: Recorded) -> None:
        """A recording is kept, or is not worth it."""
        draft, place = Path(recorded.file), self._target
        if draft != self.kept.draft:
            return
        if recorded.peak < _SILENT or recorded.seconds < _SHORTEST:
            self._verdict.setText(
                self.tr("Nothing was heard. Look whether the microphone is on, and try again.")
                if recorded.peak < _SILENT
                else self.tr("That was very short. Press once, read the sentence, press again.")
            )
            draft.unlink(missing_ok=True)
        else:
            self.kept.keep(place)
            self._verdict.setText(self._judged(recorded.peak))
        self._show()

    def leave(self) -> None:
        """The page is closed: a recording under way is thrown away, all others are kept."""
        if self._recording:
            self._recording = False
            self.to_ears.emit(Record(False))
            self._show()

    def handle_event(self, event: object) -> None:
        """What the training tells."""
        if isinstance(event, events.Prepared) and event.fatal:
            for problem in event.problems:
                self._notes.addWidget(
                    InlineMessage(*sentences(problem.told), failure=problem.fatal)
                )
        self.run.handle_event(event)

    def end(self, code: int) -> None:
        """The training has ended."""
        self.run.end(code)
        self._mine = False
        self._show()

    def start(self) -> None:
        """Train, or go on with it."""
        name = self.name.text().strip() or self.tr("my-voice")
        words = ["voice", str(self.kept.folder), "--name", name, "--language", self._language]
        if self._work.start(words):
            self._mine = True
            self.run.begin()
        else:
            busy = self.tr("Another training is under way. Wait for it, or stop it.")
            self._notes.addWidget(InlineMessage(busy, ""))
        self._show()

    def _press(self) -> None:
        if self._recording:
            self._recording, self._target = False, self._at
            self.to_ears.emit(Record(False, str(self.kept.draft)))
        elif self._muted:
            self._verdict.setText(self.tr("The microphone is muted. Unmute it first."))
            return
        else:
            self._recording = True
            self._meter.setValue(0)
            self._verdict.setText(self.tr("Read it aloud as you always speak, then press again."))
            self.to_ears.emit(Record(True))
        self._show()

    def _move(self, by: int) -> None:
        self.leave()
        self._at = (self._at + by) % len(self.kept.sentences)
        self._verdict.setText("")
        self._show()

    def _judged(self, peak: float) -> str:
        if peak < _QUIET:
            return self.tr("Kept. It is quiet: come nearer to the microphone if you can.")
        if peak >= _LOUDEST:
            return self.tr("Kept. It is too loud: move away a little if you can.")
        return self.tr("Kept. Press Next, or listen to it again.")

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

    def _show(self) -> None:
        done, total = self.kept.count, len(self.kept.sentences)
        here = self.kept.has(self._at)
        self.sentence.setText(self.kept.sentences[self._at])
        words = self.tr("Sentence {n} of {total} · {done} read")
        self._count.setText(words.format(n=self._at + 1, total=total, done=done))
        self.bar.setValue(done)
        self.bar.setAccessibleDescription(self._count.text())
        if self._recording:
            self.record.setText(self.tr("Done"))
            self.record.setIcon(icons.icon("square", "on_accent"))
        else:
            self.record.setText(self.tr("Record again") if here else self.tr("Record"))
            self.record.setIcon(icons.icon("mic", "ink" if here else "on_accent"))
        next_kind = "primary" if here and not self._recording else ""
        theme.set_kind(self.record, "primary" if not next_kind else "")
        theme.set_kind(self.skip, next_kind)
        self.skip.setIcon(icons.icon("chevron-right", "on_accent" if next_kind else "ink"))
        self.skip.setText(self.tr("Next") if here else self.tr("Skip"))
        self._meter.setVisible(self._recording)
        self.listen.setEnabled(here and not self._recording)
        self.begin.setEnabled(done >= _LEAST and not self._mine)

    def _wire(self) -> None:
        self.record.clicked.connect(self._press)
        play = self.listen.clicked
        play.connect(lambda: self.to_ears.emit(PlayBack(str(self.kept.file(self._at)))))
        self.before.clicked.connect(lambda: self._move(-1))
        self.skip.clicked.connect(lambda: self._move(1))
        self.begin.clicked.connect(self.start)
        self.run.again.connect(self.start)
        self.run.made.connect(self._made)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(6), theme.gap(5), theme.gap(6), theme.gap(5))
        column.setSpacing(theme.gap(4))
        column.addWidget(label(self.tr("Teach Candor how you speak"), "title"))
        promise = self.tr(
            "Read sentences aloud, as many as you like. Each is kept at once on this computer, so "
            "that you can close this and go on another day. Twenty and more help much."
        )
        column.addWidget(label(promise, "muted"))
        column.addWidget(self._card())
        row = QHBoxLayout()
        row.setSpacing(theme.gap(3))
        row.addWidget(field(self.tr("Name of the result"), self.name), 1)
        row.addStretch(1)
        column.addLayout(row)
        foot = QHBoxLayout()
        foot.addWidget(self.begin)
        foot.addStretch(1)
        column.addLayout(foot)
        least = self.tr("You need at least {n} sentences. Takes a few minutes.").format(n=_LEAST)
        column.addWidget(label(least, "caption"))
        column.addLayout(self._notes)
        column.addWidget(self.run)
        column.addStretch(1)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "raised")
        self.bar.setRange(0, len(self.kept.sentences))
        self._meter.setRange(0, _STEPS)
        for bar in (self.bar, self._meter):
            bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Sentences that are read"))
        self._meter.setAccessibleName(self.tr("Loudness of the microphone"))
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.gap(5), theme.gap(4), theme.gap(5), theme.gap(4))
        column.setSpacing(theme.gap(3))
        for part in (self._count, self.bar, self.sentence, self._verdict, self._meter):
            column.addWidget(part)
        buttons = FlowLayout(theme.gap(2))
        for button in (self.record, self.listen, self.before, self.skip):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column.addLayout(buttons)
        return card
