"""Where a question is written: words, pictures, texts, and the button that sends or stops."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from agent.attached_text import AttachedText
from agent.prompting.prompt import MOST_CHARACTERS
from desktop import theme
from desktop.conversation.attached.intake import AttachmentIntake, is_long
from desktop.conversation.attached.row import TextRow
from desktop.conversation.attachments import Attachments
from desktop.conversation.question_edit import QuestionEdit
from desktop.voice.mode_button import ModeButton, MuteButton
from desktop.voice.push_to_talk import TalkButton
from desktop.widgets import icons
from desktop.widgets.plain_text import clean
from desktop.widgets.text_frame import TextFrame

_PICTURES = "*.png *.jpg *.jpeg *.webp *.gif *.bmp *.tif *.tiff"
_TEXTS = "*.txt *.md *.csv *.log *.json"


class Composer(TextFrame):
    """Words with pictures and texts. `sent` carries all three; the rest are plain wishes."""

    sent = Signal(str, object, object)
    stopped = Signal()
    changed = Signal(str)
    trouble = Signal(str, str)
    shown = Signal(bytes)
    text_opened = Signal(object)
    edit_cancelled = Signal()
    camera_toggled = Signal(bool)
    attached_changed = Signal()
    announced = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.text = QuestionEdit(self._take_paste, self)
        self.watch(self.text)
        self.mode, self.mute = ModeButton(self), MuteButton(self)
        self.talk = TalkButton(self)
        self._attachments = Attachments(self)
        self._texts = TextRow(self)
        self._intake = AttachmentIntake(self._attachments, self._texts, self)
        self._note = QLabel()
        self._note.setProperty("kind", "caption")
        self._note.setWordWrap(True)
        self._note.hide()
        self._attach = _tool("paperclip", self.tr("Add a picture or a text"))
        self.camera = _tool("camera", self.tr("Look through the camera"))
        self.camera.setCheckable(True)
        self._cancel = _tool("x", self.tr("Stop editing, keep the old answer"))
        self._cancel.hide()
        self.go = _tool("arrow-up", "")
        self.go.setProperty("kind", "primary")
        self._answering = False
        self._shown_go: tuple[bool, bool] | None = None
        self._connect()
        self._lay_out()
        self.set_answering(False)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        tools = [self._attach, self.camera, self._cancel]
        return [*self._texts.stops(), self.text, *tools, self.mute, self.talk, self.mode, self.go]

    def set_answering(self, answering: bool) -> None:
        """Show Stop instead of Send while an answer is on its way and nothing is written."""
        self._answering = answering
        self._show_go()

    def set_editing(self, editing: bool) -> None:
        """Say that the question will stand in for an earlier one."""
        self._cancel.setVisible(editing)
        if editing:
            self._say(self.tr("Your question is asked again; what follows it is replaced."))
        else:
            self._say("")

    def set_draft(
        self, text: str, shown: Sequence[bytes] = (), texts: Sequence[AttachedText] = ()
    ) -> None:
        """Put words, pictures and texts in; words that are too many for the field are attached."""
        fits = len(text) <= MOST_CHARACTERS
        self.text.setPlainText(clean(text) if fits else "")
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self._attachments.clear()
        for data in shown:
            self._attachments.add(data)
        self._texts.remove(self._texts.texts)
        for each in texts:
            self._texts.add(each)
        if not fits:
            self._intake.attach_words(text)

    def set_most(self, most: int) -> None:
        """How high the attached texts may be together, in pixels; more of them scroll."""
        self._texts.set_most(most)

    def focus_text(self) -> None:
        """Put the caret into the text."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def draft(self) -> str:
        """What is written and not sent."""
        return self.text.toPlainText()

    @property
    def attached(self) -> tuple[bytes, ...]:
        """The pictures that will be sent."""
        return self._attachments.pictures

    @property
    def texts(self) -> tuple[AttachedText, ...]:
        """The texts that will be sent."""
        return self._texts.texts

    def let_go(self, taken: Sequence[bytes], texts: Sequence[AttachedText] = ()) -> None:
        """These are on a turn: they leave the composer, where they are in it."""
        self._attachments.remove(taken)
        self._texts.remove(texts)

    @property
    def noted(self) -> str:
        """What is said beside the buttons."""
        return self._note.text()

    def add_files(self, files: Sequence[Path]) -> None:
        """Attach files with pictures or text; says so where one is neither."""
        self._intake.add_files(files)

    def take_pictures(self, data: QMimeData) -> bool:
        """Take files and pictures out of a drop or a paste; False when it has none."""
        return self._intake.take_pictures(data)

    def _take_paste(self, data: QMimeData) -> bool:
        """Take pictures, files, and a text that is long or does not fit into the field."""
        if self.take_pictures(data):
            return True
        text = data.text()
        if not is_long(text) and len(text) <= self.text.room:
            return False
        if self._intake.attach_words(text):
            self.text.note_taken()
        return True

    def _put_back(self, place: int) -> None:
        """Put an attached text into the field, where it fits."""
        text = self._texts.texts[place].text
        if len(text) > self.text.room:
            told = self.tr("It has {n} characters, and the field holds {most}: it stays attached.")
            self._say(told.format(n=f"{len(text):,}", most=f"{MOST_CHARACTERS:,}"))
            return
        self._texts.take_text(place)
        self.text.insertPlainText(clean(text))
        self.focus_text()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Accept pictures and texts."""
        if self.text.canInsertFromMimeData(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Take pictures and texts."""
        self.text.insertFromMimeData(event.mimeData())
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is little room, Mute is an icon alone."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """What is written on the buttons changed: there may be more or less room now."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def send(self) -> None:
        """Send what is written; nothing happens where there is nothing."""
        text, attached, texts = self.text.toPlainText().strip(), self.attached, self.texts
        if not (text or attached or texts):
            return
        self.text.clear()
        self._attachments.clear()
        self._texts.remove(texts)
        self._say("")
        self.sent.emit(text, attached, texts)

    def _connect(self) -> None:
        self.text.submitted.connect(self.send)
        self.text.textChanged.connect(self._changed)
        self.text.paste_undone.connect(lambda: self._put_back(len(self.texts) - 1))
        for attached in (self._attachments, self._texts):
            attached.changed.connect(self._show_go)
            attached.changed.connect(self.attached_changed)
        self._intake.trouble.connect(self.trouble)
        self._intake.shown.connect(self.shown)
        self._intake.announced.connect(self.announced)
        self._texts.opened.connect(self.text_opened)
        self._texts.wanted_back.connect(self._put_back)
        self._attachments.picked.connect(self.shown)
        self._attach.clicked.connect(self.choose)
        self.camera.toggled.connect(self.camera_toggled)
        self._cancel.clicked.connect(self.edit_cancelled)
        self.go.clicked.connect(self._went)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(theme.gap())
        tools.addWidget(self._attach)
        tools.addWidget(self.camera)
        tools.addStretch()
        tools.addWidget(self.mute)
        talking = QHBoxLayout()
        talking.setSpacing(0)
        talking.addWidget(self.talk)
        talking.addWidget(self.mode)
        tools.addLayout(talking)
        tools.addWidget(self.go)
        note = QHBoxLayout()
        note.setContentsMargins(theme.gap(2), theme.gap(), 0, 0)
        note.addWidget(self._note, 1)
        note.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(2), theme.gap(2), theme.gap(2), theme.gap(2))
        column.setSpacing(theme.gap())
        column.addWidget(self._attachments)
        column.addWidget(self._texts)
        column.addLayout(note)
        words = QHBoxLayout()
        words.setContentsMargins(theme.gap(2), theme.gap(), theme.gap(2), 0)
        words.addWidget(self.text)
        column.addLayout(words)
        column.addLayout(tools)

    def _fit(self) -> None:
        tools = [self._attach, self.camera, self.talk, self.mode, self.go]
        room = self.width() - 2 * theme.gap(2) - (len(tools) + 1) * theme.gap()
        rest = sum(tool.sizeHint().width() for tool in tools)
        self.mute.set_narrow(rest + self.mute.wide() > room)

    def choose(self) -> None:
        """Let the user choose files with pictures or text."""
        kinds = self.tr("Pictures and texts") + f" ({_PICTURES} {_TEXTS})"
        every = self.tr("All files") + " (*)"
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Add a picture or a text"), "", f"{kinds};;{every}"
        )
        self.add_files([Path(name) for name in names])

    def _changed(self) -> None:
        self._show_go()
        self.changed.emit(self.text.toPlainText())

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def _went(self) -> None:
        if self._stops:
            self.stopped.emit()
        else:
            self.send()

    @property
    def _stops(self) -> bool:
        attached = self.attached or self.texts
        return self._answering and self.text.document().isEmpty() and not attached

    def _show_go(self) -> None:
        stops = self._stops
        enabled = stops or bool(self.attached or self.texts or self.text.toPlainText().strip())
        if self._shown_go == (stops, enabled):
            return
        self._shown_go = (stops, enabled)
        token = "on_accent" if enabled else "muted"
        self.go.setIcon(icons.icon("square" if stops else "arrow-up", token))
        name = self.tr("Stop this answer") if stops else self.tr("Send")
        key = "Esc" if stops else "Enter"
        self.go.setAccessibleName(name)
        self.go.setAccessibleDescription(key)
        self.go.setToolTip(f"{name} ({key})")
        self.go.setEnabled(enabled)


def _tool(icon: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("kind", "quiet")
    button.setIcon(icons.icon(icon))
    button.setToolTip(name)
    button.setAccessibleName(name)
    return button
