"""Markdown in pieces: finished ones never change again, so only the last is drawn anew."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})\s*([^`\s]*)[^`]*$")
_ENOUGH = 1200
_CONTINUES = re.compile(r"^(?:\s|[-*+] |\d+[.)] |[|>])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of Markdown prose, or the inside of a fenced code block with its language."""

    code: bool
    text: str
    language: str = ""


def pieces(markdown: str) -> list[Piece]:
    """The pieces of a text that may still grow; growing changes only the last of them.

    A long run of prose is cut at a blank line where no list, table or quotation goes on.
    """
    done = list[Piece]()
    lines = list[str]()
    size = 0
    fence = language = ""
    blank = False
    for line in markdown.splitlines(keepends=True):
        bare = line.rstrip("\n")
        if fence:
            if _closes(bare, fence):
                done.append(Piece(True, "".join(lines), language))
                lines, size, fence, blank = [], 0, "", False
            else:
                lines.append(line)
            continue
        opened = _FENCE.match(bare)
        long_enough = size > _ENOUGH and blank and not _CONTINUES.match(bare)
        if lines and (opened or (long_enough and bare.strip())):
            _add_prose(done, lines)
            lines, size = [], 0
        if opened:
            fence, language = opened[1], opened[2]
            continue
        lines.append(line)
        size += len(line)
        blank = not bare.strip()
    if fence:
        done.append(Piece(True, "".join(lines), language))
    else:
        _add_prose(done, lines)
    return done


def _closes(line: str, fence: str) -> bool:
    mark = line.strip()
    indent = len(line) - len(line.lstrip(" "))
    return indent <= 3 and len(mark) >= len(fence) and set(mark) == {fence[0]}


def _add_prose(done: list[Piece], lines: list[str]) -> None:
    text = "".join(lines)
    if text.strip():
        done.append(Piece(False, text))


_MARKS = re.compile(
    r"(\*\*|__|`|^#{1,6} |^> |^[-*+] (?=\S)|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w))", re.M
)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def plain(markdown: str) -> str:
    """The words without their marks, on one line: for captions and announcements."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", markdown)).split())
