"""A text that comes with a question, whole: pasted, or a file's. It is data, never an order."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from pathlib import Path

from agent.codes import AgentCode
from agent.memory.history_rows import title_of
from perception.regular_file import open_regular
from perception.types import UserError

MOST_TEXTS = 5
"""In one question."""
MOST_LETTERS = 4_000_000
"""Of one text; more is refused and nothing is cut. A thick novel has one million."""

_MOST_BYTES = 4 * MOST_LETTERS
_HEAD = 65_536
_WIDE = re.compile("[\u3400-\u9fff\u3040-\u30ff]")


@dataclass(frozen=True, slots=True)
class AttachedText:
    """A text with a title: its first words, or the name of its file."""

    title: str
    text: str

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.text.rstrip("\n").count("\n") + 1

    @property
    def words(self) -> int:
        """How many words it has; a Chinese character counts as one."""
        spaced = _WIDE.sub(" ", self.text)
        return len(_WIDE.findall(self.text)) + len(spaced.split())


def pasted(text: str) -> AttachedText:
    """A text from the clipboard. UserError where it is longer than one may be."""
    plain = _plain(text)
    title = title_of(plain)
    return AttachedText(title, _checked(plain, title))


def read_text_file(file: Path) -> AttachedText:
    """A text file, by its name. UserError where it is none, too long, or cannot be read."""
    name = file.name
    try:
        with open_regular(file) as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or error
        raise UserError(AgentCode.TEXT_FILE_UNREADABLE, file=name, reason=reason) from error
    if len(data) > _MOST_BYTES:
        raise UserError(AgentCode.TEXT_TOO_LONG, name=name, most=f"{MOST_LETTERS:,}")
    text = _decoded(data)
    if text is None or _looks_binary(text):
        raise UserError(AgentCode.NOT_A_TEXT_FILE, file=name)
    if not text.strip():
        raise UserError(AgentCode.TEXT_FILE_EMPTY, file=name)
    return AttachedText(name, _checked(_plain(text), name))


def _checked(text: str, name: str) -> str:
    if len(text) > MOST_LETTERS:
        raise UserError(AgentCode.TEXT_TOO_LONG, name=name, most=f"{MOST_LETTERS:,}")
    return text


def _plain(text: str) -> str:
    """Line ends of one kind; what no database and no other process can hold is marked."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return text.encode("utf-8", "replace").decode("utf-8")


def _decoded(data: bytes) -> str | None:
    marked = data[:2] in (BOM_UTF16_LE, BOM_UTF16_BE)
    try:
        return data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        return None


def _looks_binary(text: str) -> bool:
    return "\0" in text[:_HEAD] or text.startswith("%PDF-")
