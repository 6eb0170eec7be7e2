"""Marks what was found in the texts of a turn that is shown."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from desktop import theme
from desktop.conversation.turn_view import TurnView
from desktop.session.matches import spans


def mark_turn(
    view: TurnView, pattern: re.Pattern[str] | None, current: int
) -> tuple[QPlainTextEdit | QTextEdit, QRect] | None:
    """Mark every match; the one that is `current` more so. Returns where that one stands."""
    place, place_of = 0, None
    for text in _texts(view):
        selections = list[QTextEdit.ExtraSelection]()
        words = text.toPlainText() if pattern is not None else ""
        for begin, end in spans(pattern, words):
            cursor = text.textCursor()
            cursor.setPosition(_utf16(words, begin))
            cursor.setPosition(_utf16(words, end), QTextCursor.MoveMode.KeepAnchor)
            selections.append(_look(cursor, now=place == current))
            if place == current:
                place_of = (text, text.cursorRect(cursor))
            place += 1
        if selections or text.extraSelections():
            text.setExtraSelections(selections)
    return place_of


def _texts(view: TurnView) -> list[QPlainTextEdit | QTextEdit]:
    stops = view.stops()
    return [
        stop
        for stop in stops
        if isinstance(stop, (QPlainTextEdit, QTextEdit)) and stop.isReadOnly()
    ]


def _look(cursor: QTextCursor, *, now: bool) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    made.cursor = cursor
    look = made.format
    look.setBackground(theme.color("accent" if now else "wash"))
    look.setForeground(theme.color("on_accent" if now else "ink"))
    look.setFontUnderline(not now)
    look.setUnderlineColor(theme.color("accent"))
    made.format = look
    return made


def _utf16(text: str, place: int) -> int:
    """Qt counts in UTF-16."""
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2
