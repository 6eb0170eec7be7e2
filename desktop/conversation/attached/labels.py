"""What a chip says of an attached text: its title and how long it is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from agent.attached_text import AttachedText
from desktop.widgets.plain_text import short

_TITLE = 40


def title_of(text: AttachedText) -> str:
    """The title, on one line and no longer than a chip."""
    return short(" ".join(text.title.split()), _TITLE)


def length_of(text: AttachedText) -> str:
    """How many words and lines it has."""
    translate = QCoreApplication.translate
    if text.lines == 1:
        return translate("AttachedText", "{words} words").format(words=f"{text.words:,}")
    counted = translate("AttachedText", "{words} words, {lines} lines")
    return counted.format(words=f"{text.words:,}", lines=f"{text.lines:,}")


def chip_words(text: AttachedText) -> str:
    """Title and length."""
    return f"{title_of(text)} · {length_of(text)}"
