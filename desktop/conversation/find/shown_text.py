"""The words of a turn as they are shown, without its widgets: to count what is found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtGui import QTextDocument

from agent.markdown.pieces import PieceKind, Pieces
from desktop.conversation.text.rich_text import write_markdown
from desktop.session.chat import ShownTurn
from desktop.session.matches import spans
from desktop.widgets.plain_text import clean


def matches_in(turn: ShownTurn, typed: str, pattern: re.Pattern[str]) -> int:
    """How often the words stand in question and answer."""
    words = typed.casefold().split()
    return sum(len(spans(pattern, text)) for text in _texts(turn, words))


def _texts(turn: ShownTurn, words: list[str]) -> Iterator[str]:
    if _may_hold(turn.asked, words):
        yield clean(turn.asked)
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
