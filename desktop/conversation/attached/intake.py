"""Takes what is pasted, dropped or chosen into the rows of pictures and texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QImage

from agent.attached_text import MOST_TEXTS, AttachedText, pasted
from agent.codes import AgentCode
from desktop.conversation.attached.files import read_file
from desktop.conversation.attached.labels import chip_words
from desktop.conversation.attached.row import TextRow
from desktop.conversation.attachments import Attachments
from desktop.i18n.messages import sentences
from desktop.session import pictures
from perception.types import UserError

_LONG_LETTERS, _LONG_LINES = 2000, 30
"""A longer paste is attached."""


class AttachmentIntake(QObject):
    """`trouble` says what could not be taken, `announced` and `shown` what was."""

    trouble = Signal(str, str)
    shown = Signal(bytes)
    announced = Signal(str)

    def __init__(self, images: Attachments, texts: TextRow, parent: QObject) -> None:
        super().__init__(parent)
        self._images, self._texts = images, texts

    def add_files(self, files: Sequence[Path]) -> None:
        """Attach files with pictures or text; says so where one is neither."""
        for file in files:
            try:
                read = read_file(file)
                if isinstance(read, AttachedText):
                    self._add_text(read)
                else:
                    self._add_picture(read)
            except UserError as error:
                self.trouble.emit(*sentences(error.notice))

    def take_pictures(self, data: QMimeData) -> bool:
        """Take files and pictures out of a drop or a paste; False when it has none."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self.add_files(files)
            return True
        image = data.imageData() if data.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self._add_picture(pictures.encode(image))
            return True
        return False

    def attach_words(self, text: str) -> bool:
        """Attach a text; says so where that cannot be."""
        try:
            self._add_text(pasted(text))
        except UserError as error:
            self.trouble.emit(*sentences(error.notice))
            return False
        return True

    def _add_text(self, text: AttachedText) -> None:
        if len(self._texts.texts) >= MOST_TEXTS:
            raise UserError(AgentCode.TOO_MANY_TEXTS, most=MOST_TEXTS)
        self._texts.add(text)
        self.announced.emit(self.tr("Attached: {title}").format(title=chip_words(text)))

    def _add_picture(self, data: bytes) -> None:
        if self._images.add(data):
            self.shown.emit(data)
        else:
            hint = self.tr("Send these first, or take one away.")
            self.trouble.emit(self.tr("Four pictures are the most in one question."), hint)


def is_long(text: str) -> bool:
    """Whether a text is rather attached than typed."""
    return len(text) > _LONG_LETTERS or text.strip().count("\n") >= _LONG_LINES
