"""A text in pieces: finished ones never change again, so only the last is drawn anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})\s*([^`\s]*)[^`]*$")
_DELIMITER = re.compile(r"^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CONTINUES = re.compile(r"^(?:\s|[-*+] |\d+[.)] |[|>])")
_ITEM = re.compile(r"^(?:[-*+]|\d{1,9}[.)]) ")
_BAR = re.compile(r"(?<!\\)\|")
_SOFT, _FIRM, _HARD = 1200, 2400, 4000
"""Characters of prose: from here on cut where nothing goes on, between items, and anywhere."""
_MOST_LINES = 200
MOST_CELLS = 200
"""Of a table; a larger one costs too much time to be drawn as one."""
_MOST_COLUMNS = 12
LONGEST_WORD = 100
"""Letters without a space; longer words are not kept whole where a piece is cut."""


class PieceKind(Enum):
    """How a piece is shown."""

    PROSE = "prose"
    CODE = "code"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of Markdown, a table, or the inside of a fenced code block with its language."""

    kind: PieceKind
    text: str
    language: str = ""

    @property
    def large(self) -> bool:
        """Whether it is a table that costs too much to be drawn as one."""
        if self.kind is not PieceKind.TABLE:
            return False
        if len(self.text) > _HARD:
            return True
        rows = self.text.count("\n") + 1
        columns = len(cells(self.text.split("\n", 1)[0]))
        return columns > _MOST_COLUMNS or rows * columns > MOST_CELLS


class Pieces:
    """Cuts a text that grows. What is finished is not looked at again: the cost is linear."""

    def __init__(self) -> None:
        self._done = list[Piece]()
        self._text = ""
        self._begin = 0
        """Where the last piece begins, the one that may still change."""

    def cut(self, text: str) -> list[Piece]:
        """The pieces of a text; growing changes only the last of them.

        Prose is cut at a blank line where no list, table or quotation goes on; a very long list
        between two items; where nothing else helps, anywhere.
        """
        if not text.startswith(self._text):
            self._done, self._begin = [], 0
        self._text = text
        found = _Cutting(text[self._begin :]).found
        if not found:
            return list(self._done)
        self._done += [piece for _, piece in found[:-1]]
        self._begin += found[-1][0]
        return [*self._done, found[-1][1]]


def cells(row: str) -> list[str]:
    """The cells of a line of a table."""
    found = [cell.strip().replace("\\|", "|") for cell in _BAR.split(row.strip())]
    if found and not found[0]:
        found = found[1:]
    return found[:-1] if found and not found[-1] else found


class _Cutting:
    """One pass over a text. `found` holds the pieces with where each begins."""

    def __init__(self, text: str) -> None:
        self.found = list[tuple[int, Piece]]()
        self._kind, self._lines, self._size = PieceKind.PROSE, list[str](), 0
        self._begin = self._at = 0
        self._fence = self._language = ""
        self._blank = False
        for line in _lines(text):
            self._take(line, line.rstrip("\r\n"))
            self._at += len(line)
        self._end(self._kind)

    def _take(self, line: str, bare: str) -> None:
        if self._kind is PieceKind.CODE:
            if _closes(bare, self._fence):
                self._end(PieceKind.PROSE, len(line))
            else:
                self._lines.append(line)
            return
        opened = _FENCE.match(bare)
        if opened:
            self._end(PieceKind.CODE)
            self._fence, self._language = opened[1], opened[2]
            return
        if self._kind is PieceKind.TABLE and not bare.strip():
            self._end(PieceKind.PROSE)
        elif self._kind is PieceKind.PROSE and self._lines:
            self._cut_prose(line, bare)
        self._lines.append(line)
        self._size += len(line)
        self._blank = not bare.strip()

    def _cut_prose(self, line: str, bare: str) -> None:
        """End the prose before this line, where it is long enough or a table begins."""
        if line.endswith("\n") and _DELIMITER.match(bare) and self._heads(bare):
            header = self._lines.pop()
            self._at -= len(header)
            self._end(PieceKind.TABLE)
            self._at += len(header)
            self._lines = [header]
        elif bare.strip() and self._is_long(line, bare):
            self._end(PieceKind.PROSE)

    def _heads(self, delimiter: str) -> bool:
        header = self._lines[-1]
        if "|" not in delimiter or "|" not in header or header.startswith(("    ", "\t")):
            return False
        return len(cells(header)) == len(cells(delimiter))

    def _is_long(self, line: str, bare: str) -> bool:
        if self._blank and self._size > _SOFT and not _CONTINUES.match(bare):
            return True
        many = self._size > _FIRM or len(self._lines) > _MOST_LINES // 2
        if many and _ITEM.match(bare):
            return True
        return self._size + len(line) > _HARD or len(self._lines) >= _MOST_LINES

    def _end(self, following: PieceKind, closing: int = 0) -> None:
        """Close the piece that is open, before this line or, with `closing`, after it."""
        text = "".join(self._lines)
        if self._kind is PieceKind.CODE or text.strip():
            language = self._language if self._kind is PieceKind.CODE else ""
            self.found.append((self._begin, Piece(self._kind, text, language)))
        self._kind, self._lines, self._size, self._blank = following, [], 0, False
        self._begin = self._at + closing


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends; very long ones in parts, cut after a space where there is one."""
    begin = 0
    while begin < len(text):
        end = text.find("\n", begin, begin + _HARD) + 1
        if not end and begin + _HARD < len(text):
            space = text.rfind(" ", begin + _HARD - LONGEST_WORD, begin + _HARD) + 1
            end = space or begin + _HARD
        end = end or len(text)
        yield text[begin:end]
        begin = end


def _closes(line: str, fence: str) -> bool:
    mark = line.strip()
    indent = len(line) - len(line.lstrip(" "))
    return indent <= 3 and len(mark) >= len(fence) and set(mark) == {fence[0]}
