"""What a dropped or chosen file is: a text or a picture."""

from __future__ import annotations

from pathlib import Path

from agent.attached_text import AttachedText, read_text_file
from agent.codes import AgentCode
from desktop.codes import DesktopCode
from desktop.session import pictures
from perception.types import UserError

_TEXTS = frozenset([".txt", ".md", ".markdown", ".csv", ".log", ".json", ".rst", ".tex"])
_PICTURES = frozenset([".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff"])


def read_file(file: Path) -> AttachedText | bytes:
    """The text, or the bytes of the picture. UserError where it is neither, or cannot be read."""
    if file.suffix.lower() in _TEXTS:
        return read_text_file(file)
    try:
        return pictures.read_picture(file)
    except UserError as error:
        if error.code != DesktopCode.NOT_A_SHOWN_PICTURE or file.suffix.lower() in _PICTURES:
            raise
    try:
        return read_text_file(file)
    except UserError as error:
        if error.code != AgentCode.NOT_A_TEXT_FILE:
            raise
        raise UserError(DesktopCode.NEITHER_PICTURE_NOR_TEXT, file=file.name) from error
