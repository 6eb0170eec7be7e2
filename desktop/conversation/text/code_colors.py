"""The colours of code: read by pygments a little at a time, so that the window never waits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextDocument, QTextLayout

from desktop import theme

if TYPE_CHECKING:
    from pygments.lexer import Lexer  # type: ignore[import-untyped]

_MOST = 60_000
"""Characters; a longer code stays in one colour."""
_SLICE_S = 0.006
_PAUSE_MS = 120
"""After the last change, so that an answer that grows is not read at each word."""
_TOKENS = (
    ("Comment", "muted"),
    ("Keyword", "accent"),
    ("Operator.Word", "accent"),
    ("Name.Builtin", "accent"),
    ("Name.Tag", "accent"),
    ("Literal.String", "warn"),
    ("Literal.Number", "danger"),
    ("Name.Decorator", "danger"),
)
"""The first that fits; names of the theme, which has each in enough contrast."""


class CodeColors(QObject):
    """Colours a plain document in place; neither its text nor its size changes."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._language = ""
        self._steps: Iterator[None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._go_on)

    def color(self, language: str) -> None:
        """Colour the document anew, soon; without a known language it stays as it is."""
        self._language, self._steps = language, None
        self._timer.start(_PAUSE_MS)

    def finish(self) -> None:
        """Do at once what is left."""
        self._timer.stop()
        for _ in self._steps or self._color():
            pass
        self._steps = None

    def _go_on(self) -> None:
        steps = self._steps = self._steps or self._color()
        until = time.monotonic() + _SLICE_S
        for _ in steps:
            if time.monotonic() >= until:
                self._timer.start(0)
                return
        self._steps = None

    def _color(self) -> Iterator[None]:
        text = self._document.toPlainText()
        lexer = lexer_of(self._language) if len(text) <= _MOST else None
        if lexer is None:
            return
        looks = _looks()
        line = _Line(self._document.begin())
        for _, token, value in lexer.get_tokens_unprocessed(text):
            look = next((look for name, look in looks if str(token)[6:].startswith(name)), None)
            for number, part in enumerate(value.split("\n")):
                if number:
                    line.finish(self._document)
                line.add(part, look)
            yield
        line.finish(self._document)


class _Line:
    """The line that is being coloured."""

    def __init__(self, block: QTextBlock) -> None:
        self._block, self._at = block, 0
        self._ranges = list[QTextLayout.FormatRange]()

    def add(self, text: str, look: QTextCharFormat | None) -> None:
        """Colour the next letters of it."""
        length = len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
        if look is not None and length:
            found = QTextLayout.FormatRange()
            found.start, found.length = self._at, length
            found.format = look
            self._ranges.append(found)
        self._at += length

    def finish(self, document: QTextDocument) -> None:
        """Show it, and go to the next."""
        if not self._block.isValid():
            return
        layout = self._block.layout()
        if layout.formats() != self._ranges:
            layout.setFormats(self._ranges)
            document.markContentsDirty(self._block.position(), self._block.length())
        self._block, self._at, self._ranges = self._block.next(), 0, []


def lexer_of(language: str) -> Lexer | None:
    """What reads this language; None where nobody knows it."""
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
    from pygments.util import ClassNotFound  # type: ignore[import-untyped]

    name = language.strip().casefold()
    if not name or name in ("text", "txt", "plain", "plaintext"):
        return None
    try:
        return get_lexer_by_name(name)
    except ClassNotFound:
        return None


def file_ending(language: str) -> str:
    """The usual ending of a file of this language, with its dot."""
    lexer = lexer_of(language)
    for pattern in lexer.filenames if lexer is not None else ():
        if pattern.startswith("*.") and pattern[2:].isalnum():
            return str(pattern[1:])
    return ".txt"


def _looks() -> list[tuple[str, QTextCharFormat]]:
    looks = []
    for name, token in _TOKENS:
        look = QTextCharFormat()
        look.setForeground(theme.color(token))
        looks.append((name, look))
    return looks
