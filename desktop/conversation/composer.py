"""Where a question is written: words, pictures, and the button that sends or stops."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from agent.prompting.prompt import MOST_CHARACTERS
from desktop import theme
from desktop.conversation.attachments import Attachments
from desktop.conversation.question_edit import QuestionEdit
from desktop.i18n.messages import sentences
from desktop.session import pictures
from desktop.voice.mode_button import ModeButton, MuteButton
from desktop.voice.push_to_talk import TalkButton
from desktop.widgets import icons
from desktop.widgets.plain_text import clean
from desktop.widgets.text_frame import TextFrame
from perception.types import UserError

_PICTURES = "*.png *.jpg *.jpeg *.webp *.gif *.bmp *.tif *.tiff"


class Composer(TextFrame):
    """Text with pictures. `sent` carries both; the rest are plain wishes."""

    sent = Signal(str, object)
    stopped = Signal()
    changed = Signal(str)
    trouble = Signal(str, str)
    shown = Signal(bytes)
    edit_cancelled = Signal()
    camera_toggled = Signal(bool)
    attached_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.text = QuestionEdit(self.take_pictures, self)
        self.watch(self.text)
        self.mode, self.mute = ModeButton(self), MuteButton(self)
        self.talk = TalkButton(self)
        self._attachments = Attachments(self)
        self._note = QLabel()
        self._note.setProperty("kind", "caption")
        self._note.setWordWrap(True)
        self._note.hide()
        self._attach = _tool("paperclip", self.tr("Add a picture"))
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
        return [self.text, *tools, self.mute, self.talk, self.mode, self.go]

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

    def set_draft(self, text: str, shown: Sequence[bytes] = ()) -> None:
        """Put words and pictures in."""
        self.text.setPlainText(clean(text[:MOST_CHARACTERS]))
        if len(text) > MOST_CHARACTERS:
            self._shortened(len(text))
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self._attachments.clear()
        for data in shown:
            self._attachments.add(data)

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

    def let_go(self, taken: Sequence[bytes]) -> None:
        """These pictures are on a turn: they leave the composer, where they are in it."""
        self._attachments.remove(taken)

    @property
    def noted(self) -> str:
        """What is said beside the buttons."""
        return self._note.text()

    def add_files(self, files: Sequence[Path]) -> None:
        """Attach picture files; says so where one is none."""
        for file in files:
            try:
                data = pictures.read_picture(file)
            except UserError as error:
                self.trouble.emit(*sentences(error.notice))
                continue
            self._add(data)

    def take_pictures(self, data: QMimeData) -> bool:
        """Take pictures out of a drop or a paste; False when it has none."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self.add_files(files)
            return True
        image = data.imageData() if data.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self._add(pictures.encode(image))
            return True
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Accept pictures."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Take pictures."""
        if self.take_pictures(event.mimeData()):
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
        text, attached = self.text.toPlainText().strip(), self.attached
        if not (text or attached):
            return
        self.text.clear()
        self._attachments.clear()
        self._say("")
        self.sent.emit(text, attached)

    def _connect(self) -> None:
        self.text.submitted.connect(self.send)
        self.text.textChanged.connect(self._changed)
        self.text.shortened.connect(self._shortened)
        self._attachments.changed.connect(self._show_go)
        self._attachments.changed.connect(self.attached_changed)
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

    def _add(self, data: bytes) -> None:
        if self._attachments.add(data):
            self.shown.emit(data)
        else:
            hint = self.tr("Send these first, or take one away.")
            self.trouble.emit(self.tr("Four pictures are the most in one question."), hint)

    def choose(self) -> None:
        """Let the user choose picture files."""
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Add a picture"), "", self.tr("Pictures") + f" ({_PICTURES})"
        )
        self.add_files([Path(name) for name in names])

    def _changed(self) -> None:
        self._show_go()
        self.changed.emit(self.text.toPlainText())

    def _shortened(self, length: int) -> None:
        kept = self.tr("Shortened: of {n} characters, the first {most} are kept.")
        self._say(kept.format(n=f"{length:,}", most=f"{MOST_CHARACTERS:,}"))

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
        return self._answering and self.text.document().isEmpty() and not self.attached

    def _show_go(self) -> None:
        stops = self._stops
        enabled = stops or bool(self.attached or self.text.toPlainText().strip())
        if self._shown_go == (stops, enabled):
            return
        self._shown_go = (stops, enabled)
        token = "on_accent" if enabled else "muted"
        self.go.setIcon(icons.icon("square" if stops else "arrow-up", token))
        name = self.tr("Stop this answer") if stops else self.tr("Send")
        self.go.setAccessibleName(name)
        self.go.setToolTip(f"{name} ({'Esc' if stops else 'Enter'})")
        self.go.setEnabled(enabled)


def _tool(icon: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("kind", "quiet")
    button.setIcon(icons.icon(icon))
    button.setToolTip(name)
    button.setAccessibleName(name)
    return button
