"""The words of a turn as they are shown, without its widgets: to count what is found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice

from PySide6.QtGui import QTextDocument

from agent.attached_text import AttachedText
from agent.markdown.pieces import PieceKind, Pieces
from desktop.conversation.text.rich_text import write_markdown
from desktop.session.chat import ShownTurn
from desktop.session.matches import spans
from desktop.widgets.plain_text import clean

_MOST_IN_TEXT = 500
"""Matches of one attached text that are gone through."""


class Place(Enum):
    """Where in a turn words were found."""

    QUESTION = auto()
    TEXT = auto()
    ANSWER = auto()


@dataclass(frozen=True, slots=True)
class Match:
    """One match: the `number`th of its place; of an attached text also which one, and where."""

    turn: str
    place: Place
    number: int
    text: int = 0
    span: tuple[int, int] = (0, 0)


def matches(
    turn: ShownTurn, texts: Sequence[AttachedText], typed: str, pattern: re.Pattern[str]
) -> Iterator[Match]:
    """Every match of a turn, in the order of the screen."""
    words = typed.casefold().split()
    for number in range(_count(pattern, _asked(turn, words))):
        yield Match(turn.id, Place.QUESTION, number)
    for index, text in enumerate(texts):
        for number, found in enumerate(islice(pattern.finditer(text.text), _MOST_IN_TEXT)):
            yield Match(turn.id, Place.TEXT, number, index, found.span())
    for number in range(_count(pattern, _answer(turn, words))):
        yield Match(turn.id, Place.ANSWER, number)


def matches_in(turn: ShownTurn, typed: str, pattern: re.Pattern[str]) -> int:
    """How often the words stand in question and answer."""
    return sum(1 for _ in matches(turn, turn.texts, typed, pattern))


def _count(pattern: re.Pattern[str], texts: Iterator[str]) -> int:
    return sum(len(spans(pattern, text)) for text in texts)


def _asked(turn: ShownTurn, words: list[str]) -> Iterator[str]:
    if _may_hold(turn.asked, words):
        yield clean(turn.asked)


def _answer(turn: ShownTurn, words: list[str]) -> Iterator[str]:
    if not _may_hold(turn.answer, words):
        return
    document = QTextDocument()
    for piece in Pieces().cut(turn.answer):
        if piece.kind is PieceKind.CODE or piece.large:
            yield clean(piece.text)
        elif _may_hold(piece.text, words):
            write_markdown(document, piece.text)
            yield document.toPlainText()


def _may_hold(text: str, words: list[str]) -> bool:
    """A quick look, before the text is laid out."""
    folded = text.casefold()
    return all(word in folded for word in words)
