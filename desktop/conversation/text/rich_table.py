"""A small Markdown table as a table of a Qt document; the cells of a large one as lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextTableFormat,
)

from agent.markdown.pieces import MOST_CELLS
from desktop import theme

if TYPE_CHECKING:
    from markdown_it.token import Token

_Spans: TypeAlias = "Callable[[QTextCursor, Sequence[Token], QTextCharFormat], None]"
_LINE_HEIGHT = 145.0
_ALIGN = {
    "text-align:center": Qt.AlignmentFlag.AlignHCenter,
    "text-align:right": Qt.AlignmentFlag.AlignRight,
}


def insert_table(cursor: QTextCursor, tokens: Sequence[Token], spans: _Spans) -> None:
    """Insert a table where the cursor is; the cursor ends inside it."""
    rows = _rows(tokens)
    columns = max(len(row) for row in rows)
    if columns * len(rows) > MOST_CELLS:
        for row in rows:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
            cursor.insertText(" | ".join(cell.content for _, cell in row))
        cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        return
    table = cursor.insertTable(len(rows), columns, _looks())
    for number, row in enumerate(rows):
        for column, (opened, inline) in enumerate(row):
            inside = table.cellAt(number, column).firstCursorPosition()
            inside.setBlockFormat(_shape(str(opened.attrs.get("style", ""))))
            words = QTextCharFormat()
            if opened.tag == "th":
                words.setFontWeight(QFont.Weight.DemiBold)
            spans(inside, inline.children or [], words)


def _rows(tokens: Sequence[Token]) -> list[list[tuple[Token, Token]]]:
    """The cells of each row: what opened it and what it holds."""
    rows: list[list[tuple[Token, Token]]] = []
    for at, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append((token, tokens[at + 1]))
    return rows


def _shape(style: str) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    shape.setAlignment(_ALIGN.get(style, Qt.AlignmentFlag.AlignLeft))
    return shape


def _looks() -> QTextTableFormat:
    looks = QTextTableFormat()
    looks.setHeaderRowCount(1)
    looks.setBorder(theme.LINE)
    looks.setBorderCollapse(True)
    looks.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    looks.setBorderBrush(theme.color("hairline"))
    looks.setCellPadding(theme.gap(1.5))
    looks.setCellSpacing(0)
    looks.setTopMargin(theme.gap(2))
    return looks
