"""A chip that stands for an attached text: its title, and how long it is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from agent.attached_text import AttachedText
from desktop.conversation.attached.labels import chip_words, length_of, title_of
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label
from desktop.widgets.row_button import RowButton


class TextChip(RowButton):
    """Its words wrap where there is little room."""

    def __init__(self, text: AttachedText, parent: QWidget | None = None) -> None:
        super().__init__("row", parent)
        read = QCoreApplication.translate("AttachedText", "Read the attached text: {title}")
        self.setAccessibleName(read.format(title=chip_words(text)))
        self.add(label(title_of(text)), Glyph("file-text"))
        self.add(label(length_of(text), "caption"), Glyph(""))
