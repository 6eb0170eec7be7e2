"""The first minute: three steps that can be skipped. Hear me, see me, ask me."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from agent.events import Preview
from desktop import theme
from desktop.inspector.picture import Picture
from desktop.settings.microphone_trial import DeviceTrial
from desktop.widgets import icons
from desktop.widgets.dialog import Dialog
from desktop.widgets.labels import label
from desktop.widgets.scrolling import ScrollPage


class FirstMinute(Dialog):
    """Tests microphone, speaker and camera, and asks a first question; nothing happens unasked.

    `camera_wanted` turns the camera on and off, `aloud_wanted` says whether answers are read,
    `asked` carries the first question.
    """

    camera_wanted = Signal(bool)
    aloud_wanted = Signal(bool)
    asked = Signal(str)

    def __init__(self, *, aloud: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Three things to try"))
        self.trial = DeviceTrial()
        self.aloud = QCheckBox(self.tr("Read all answers aloud"))
        self.aloud.setChecked(aloud)
        self.aloud.toggled.connect(self.aloud_wanted)
        self.camera = QPushButton(icons.icon("camera"), self.tr("Test the camera"))
        self.camera.setCheckable(True)
        self.camera.setAutoDefault(False)
        self.camera.toggled.connect(self.camera_wanted)
        self.picture = Picture()
        self.picture.hide()
        self.questions = list[QPushButton]()
        self._step = label(kind="caption")
        self._steps = QStackedWidget()
        for page in (self._hear(), self._see(), self._ask()):
            area = ScrollPage()
            area.show_page(page)
            self._steps.addWidget(area)
        self.skip = QPushButton(self.tr("Skip"))
        self.back, self.next = QPushButton(self.tr("Back")), QPushButton(self.tr("Next"))
        self._lay_out()
        self._go(0)

    @property
    def step(self) -> int:
        """Which of the three is shown, from 0."""
        return self._steps.currentIndex()

    def show_preview(self, preview: Preview) -> None:
        """Show what the camera sees."""
        image = QImage.fromData(preview.jpeg)
        if self.camera.isChecked() and not image.isNull():
            self.picture.show_image(image, preview.scene)
            self.picture.show()

    def done(self, result: int) -> None:
        """Close; the camera that was tested goes off."""
        self.camera.setChecked(False)
        super().done(result)

    def _hear(self) -> QWidget:
        words = self.tr(
            "Candor hears you only while you hold Talk, until you choose another way. Test your "
            "microphone and speaker here:"
        )
        spoken = self.tr(
            "Spoken questions are answered aloud. Typed ones are not, unless you wish."
        )
        return _page(self.tr("Hear me"), words, self.trial, label(spoken, "muted"), self.aloud)

    def _see(self) -> QWidget:
        words = self.tr(
            "Show Candor a label, a letter or a thing, through the camera or as a picture. The "
            "camera is off until you turn it on, and nothing is recorded."
        )
        return _page(self.tr("See me"), words, self.camera, self.picture)

    def _ask(self) -> QWidget:
        words = self.tr("Type or say what you want to know. Here is something to begin with:")
        for question in (
            self.tr("How do I boil an egg?"),
            self.tr("What is 15% of 80?"),
            self.tr("Set a timer for 5 minutes"),
        ):
            button = QPushButton(question)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, words=question: self._take_question(words))
            self.questions.append(button)
        return _page(self.tr("Ask me"), words, *self.questions)

    def _take_question(self, words: str) -> None:
        self.accept()
        self.asked.emit(words)

    def _lay_out(self) -> None:
        self.next.setProperty("kind", "primary")
        self.next.setDefault(True)
        self.skip.setProperty("kind", "quiet")
        self.skip.clicked.connect(self.reject)
        self.back.clicked.connect(lambda: self._go(self.step - 1))
        self.next.clicked.connect(self._go_on)
        foot = QHBoxLayout()
        foot.addWidget(self.skip)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(5), theme.gap(4), theme.gap(5), theme.gap(4))
        column.setSpacing(theme.gap(3))
        column.addWidget(self._step)
        column.addWidget(self._steps, 1)
        column.addLayout(foot)
        wanted = QSize(theme.glyph(115), theme.glyph(95))
        self.fit(wanted)

    def _go_on(self) -> None:
        if self.step == self._steps.count() - 1:
            self.accept()
        else:
            self._go(self.step + 1)

    def _go(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        self.camera.setChecked(False)
        self._step.setText(self.tr("Step {n} of 3").format(n=step + 1))
        self.back.setEnabled(step > 0)
        last = step == self._steps.count() - 1
        self.next.setText(self.tr("Done") if last else self.tr("Next"))
        self.skip.setVisible(not last)


def _page(title: str, words: str, *parts: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, theme.gap(2), 0)
    column.setSpacing(theme.gap(3))
    column.addWidget(label(title, "title"))
    column.addWidget(label(words))
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return page
