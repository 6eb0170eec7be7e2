"""Marks in an answer from where on it was not read aloud; every word of it stays."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

_ROW = re.compile(r"^\s*\|")


def marked(body: str, unread: int | None) -> str:
    """The Markdown with the mark; code and tables are marked before their beginning."""
    if unread is None or not body[unread:].strip():
        return body
    mark = QCoreApplication.translate("Unread", "not read aloud from here")
    place = _outside(body, unread)
    before, after = body[:place], body[place:]
    if place < unread and (place == 0 or body[place - 1] == "\n"):
        return f"{before.rstrip()}\n\n*[{mark}]*\n\n{after}"
    line = before.rsplit("\n", 1)[-1]
    gap = "" if not line or line[-1].isspace() else " "
    return f"{before}{gap}*[{mark}]* {after.lstrip(' ')}"


def _outside(body: str, place: int) -> int:
    """The place, or the beginning of the code block or the table that it lies in."""
    if body.count("```", 0, place) % 2:
        return body.rfind("```", 0, place)
    while place and body[place - 1 : place + 1].isascii() and body[place - 1 : place + 1].isalnum():
        place -= 1  # never within a word
    start = body.rfind("\n", 0, place) + 1
    while start < len(body) and _ROW.match(body[start:].split("\n", 1)[0]):
        place = start
        if start == 0:
            break
        start = body.rfind("\n", 0, start - 1) + 1
    return place
