"""The rows of the list of chats, and the search line above them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from desktop import theme
from desktop.widgets.glyph import Glyph
from desktop.widgets.plain_text import short
from desktop.widgets.text_frame import TextFrame

CHAT = int(Qt.ItemDataRole.UserRole)
LONGEST = 200
"""Of a title, and of what is searched for, in letters."""


def search_field(line: QLineEdit) -> TextFrame:
    """The frame around a search line, with its sign."""
    field = TextFrame()
    field.watch(line)
    sign = Glyph("search")
    row = QHBoxLayout(field)
    row.setContentsMargins(theme.gap(2), theme.gap(1.5), theme.gap(), theme.gap(1.5))
    row.addWidget(sign)
    row.addWidget(line)
    return field


def one_line_title(text: str) -> str:
    """A title on one line, no longer than can be read."""
    return short(text, LONGEST).replace("\n", " ")


def heading_row(text: str) -> QStandardItem:
    """The name of a group of chats."""
    item = QStandardItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setFont(theme.font(theme.Size.CAPTION, bold=True))
    item.setForeground(theme.color("muted"))
    return item
