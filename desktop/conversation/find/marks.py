"""Marks what was found in the texts of a turn that is shown."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from agent.attached_text import AttachedText
from desktop import theme
from desktop.conversation.find.shown_text import Match, Place
from desktop.conversation.turn_view import TurnView
from desktop.session.matches import spans
from desktop.widgets.plain_text import clean

_AROUND = 240
"""So many letters before and after a match in an attached text are shown."""

Marked = tuple[QPlainTextEdit | QTextEdit, QRect]


def mark_turn(
    view: TurnView, pattern: re.Pattern[str] | None, current: Match | None
) -> Marked | None:
    """Mark every match; the one that is `current` more so. Returns where that one stands."""
    counted, place_of = {Place.QUESTION: 0, Place.ANSWER: 0}, None
    for text in _texts(view):
        place = Place.QUESTION if text is view.question.words else Place.ANSWER
        selections = list[QTextEdit.ExtraSelection]()
        words = text.toPlainText() if pattern is not None else ""
        for span in spans(pattern, words):
            cursor = _over(text, words, span)
            now = current is not None and (current.place, current.number) == (place, counted[place])
            selections.append(_look(cursor, now=now))
            if now:
                place_of = (text, text.cursorRect(cursor))
            counted[place] += 1
        if selections or text.extraSelections():
            text.setExtraSelections(selections)
    return place_of


def mark_passage(view: TurnView, match: Match, text: AttachedText) -> Marked:
    """Show the passage of an attached text around a match below its chip, with it marked."""
    begin, end = match.span
    start, stop = max(0, begin - _AROUND), min(len(text.text), end + _AROUND)
    before = ("…" if start else "") + clean(text.text[start:begin])
    found = clean(text.text[begin:end])
    whole = before + found + clean(text.text[end:stop]) + ("…" if stop < len(text.text) else "")
    excerpt = view.question.excerpt
    if excerpt is None or excerpt.toPlainText() != whole:
        excerpt = view.question.show_excerpt(match.text, whole)
    cursor = _over(excerpt, whole, (len(before), len(before) + len(found)))
    excerpt.setExtraSelections([_look(cursor, now=True)])
    return excerpt, excerpt.cursorRect(cursor)


def _texts(view: TurnView) -> list[QPlainTextEdit | QTextEdit]:
    stops = view.stops()
    return [
        stop
        for stop in stops
        if isinstance(stop, (QPlainTextEdit, QTextEdit))
        and stop.isReadOnly()
        and stop is not view.question.excerpt
    ]


def _over(text: QPlainTextEdit | QTextEdit, words: str, span: tuple[int, int]) -> QTextCursor:
    cursor = text.textCursor()
    cursor.setPosition(_utf16(words, span[0]))
    cursor.setPosition(_utf16(words, span[1]), QTextCursor.MoveMode.KeepAnchor)
    return cursor


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
