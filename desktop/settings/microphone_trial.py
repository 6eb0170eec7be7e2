"""The test of the devices: a tone, a few seconds of recording, and what to make of it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets import icons
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label
from perception.audio.ipc.messages import Tried

_LOUDEST = 0.985
"""From here on the microphone's own limit cuts the tops of the sound."""
_QUIET = 0.08
_SILENT = 0.01
_PATIENCE_MS = 20_000
_STEPS = 100


class DeviceTrial(QWidget):
    """A button, a meter while it runs, and the result in words. `wanted` starts the trial."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton(icons.icon("audio-lines"), self.tr("Test both"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._start)
        self._meter = QProgressBar()
        self._meter.setRange(0, _STEPS)
        self._meter.setAccessibleName(self.tr("Loudness of the microphone"))
        self._meter.hide()
        self._sign, self._words = Glyph(""), label()
        self._muted = False
        self._late = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._late.timeout.connect(self._give_up)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(3))
        row.addWidget(self.button)
        row.addWidget(self._meter, 1)
        row.addStretch(0)
        result = QHBoxLayout()
        result.setSpacing(theme.gap(2))
        result.addWidget(self._sign)
        result.addWidget(self._words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        column.addLayout(row)
        column.addLayout(result)
        self._say("", "", self.tr("Plays a tone, records three seconds and plays them back."))

    @property
    def text(self) -> str:
        """What is said of it."""
        return self._words.text()

    @property
    def running(self) -> bool:
        """Whether a trial is under way."""
        return self._late.isActive()

    def set_muted(self, muted: bool) -> None:
        """A muted microphone cannot be tested."""
        self._muted = muted

    def show_level(self, peak: float) -> None:
        """How loud the microphone is."""
        if self.running:
            self._meter.setValue(round(min(1.0, peak) * _STEPS))

    def show_result(self, tried: Tried) -> None:
        """What was recorded."""
        if not self.running:
            return
        self._end()
        if tried.peak < _SILENT:
            hint = self.tr(
                "Nothing was heard. Choose another microphone, or look whether it is switched off "
                "or muted."
            )
            self._say("mic-off", "warn", hint)
        elif tried.peak < _QUIET:
            hint = self.tr(
                "Too quiet. Come nearer, or turn the microphone up in the system's sound settings."
            )
            self._say("triangle-alert", "warn", hint)
        elif tried.peak >= _LOUDEST:
            hint = self.tr(
                "Too loud: the sound is cut off. Turn the microphone down in the system's sound "
                "settings, or move away a little."
            )
            self._say("triangle-alert", "warn", hint)
        else:
            self._say("check", "accent", self.tr("Good. Did you hear yourself?"))

    def fail(self, message: str, hint: str) -> None:
        """Sound is in trouble: the trial cannot go on."""
        if self.running:
            self._end()
            self._say("triangle-alert", "warn", f"{message} {hint}".strip())

    def _start(self) -> None:
        if self._muted:
            self._say("mic-off", "warn", self.tr("The microphone is muted. Unmute it first."))
            return
        self.button.setEnabled(False)
        self._meter.setValue(0)
        self._meter.show()
        self._late.start()
        self._say("mic", "accent", self.tr("After the tone, say something for three seconds…"))
        self.wanted.emit()

    def _end(self) -> None:
        self._late.stop()
        self._meter.hide()
        self.button.setEnabled(True)

    def _give_up(self) -> None:
        self._end()
        self._say("triangle-alert", "warn", self.tr("No answer from the sound devices. Try again."))

    def _say(self, icon: str, token: str, text: str) -> None:
        self._sign.setVisible(bool(icon))
        self._sign.set_name(icon, token or "muted")
        self._words.setText(text)
        theme.set_kind(self._words, "" if icon else "caption")
