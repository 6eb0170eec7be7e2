"""Markdown as a Qt document: paragraphs, lists, quotations and tables in the looks of the theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
)

from agent.markdown import parsing
from desktop import theme
from desktop.conversation.text.formulas import show_formulas
from desktop.conversation.text.rich_table import insert_table
from desktop.widgets.plain_text import clean

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE_HEIGHT = 145.0
_BREAK = "\N{LINE SEPARATOR}"
_WIDEST_INDENT = 8
_HEADINGS = {1: theme.Size.DISPLAY, 2: theme.Size.TITLE}
_TASKS = {
    "[ ] ": QTextBlockFormat.MarkerType.Unchecked,
    "[x] ": QTextBlockFormat.MarkerType.Checked,
    "[X] ": QTextBlockFormat.MarkerType.Checked,
}


def write_markdown(document: QTextDocument, text: str) -> None:
    """Put a short Markdown text into a document; what has too much markup is shown plainly."""
    text = clean(text)
    tokens = parsing.read(show_formulas(text))
    if tokens is None:
        note = QCoreApplication.translate("Markdown", "Too much markup, so shown as it is:")
        write_plain(document, text, note)
        return
    document.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    _Writer(cursor).write(tokens)
    cursor.endEditBlock()


def write_plain(document: QTextDocument, text: str, note: str = "") -> None:
    """Put text into a document as it is, under a note where there is one."""
    document.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(paragraph(first=True))
    if note:
        words = QTextCharFormat()
        words.setForeground(theme.color("muted"))
        cursor.insertText(note, words)
        cursor.insertBlock(paragraph())
    cursor.insertText(clean(text), QTextCharFormat())
    cursor.endEditBlock()


def code_font() -> QFont:
    """The system's fixed-width font at body size."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(theme.text_px(theme.Size.BODY))
    return font


def paragraph(*, first: bool = False) -> QTextBlockFormat:
    """The shape of a paragraph."""
    shape = QTextBlockFormat()
    shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    shape.setTopMargin(0 if first else theme.gap(2))
    shape.setBottomMargin(theme.gap())
    return shape


class _Writer:
    """Walks the tokens of one text and writes at the end of the document."""

    def __init__(self, cursor: QTextCursor) -> None:
        self._cursor = cursor
        self._first = self._free = True
        self._quotes = 0
        self._lists = list[tuple[QTextListFormat, QTextList | None]]()
        self._item = False
        """Whether an item was opened that has no paragraph yet."""
        self._heading = 0

    def write(self, tokens: Sequence[Token]) -> None:
        steps: dict[str, Callable[[Token], None]] = {
            "inline": self._paragraph,
            "heading_open": self._open_heading,
            "heading_close": self._close_heading,
            "bullet_list_open": self._open_list,
            "ordered_list_open": self._open_list,
            "bullet_list_close": self._close_list,
            "ordered_list_close": self._close_list,
            "list_item_open": self._open_item,
            "list_item_close": self._close_item,
            "blockquote_open": lambda _: self._quote(1),
            "blockquote_close": lambda _: self._quote(-1),
            "fence": self._code,
            "code_block": self._code,
            "hr": self._rule,
        }
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "table_open":
                at = self._table(tokens, at)
            elif token.type in steps:
                steps[token.type](token)
            at += 1

    def _block(self, shape: QTextBlockFormat) -> None:
        """Begin a block; the one that is there and empty is taken first."""
        margin = 10.0 * theme.SPACE * self._quotes
        shape.setLeftMargin(margin)
        shape.setRightMargin(margin)
        within = len(self._lists) - (1 if self._item else 0)
        shape.setIndent(min(within, _WIDEST_INDENT))
        if self._item:
            shape.setTopMargin(0 if self._first else theme.gap())
            shape.setBottomMargin(0)
            shape.setIndent(0)
        if self._free:
            self._cursor.setBlockFormat(shape)
            self._cursor.setBlockCharFormat(QTextCharFormat())
        else:
            self._cursor.insertBlock(shape, QTextCharFormat())
        if self._item:
            self._enlist()
        self._first = self._free = self._item = False

    def _enlist(self) -> None:
        form, made = self._lists[-1]
        if made is None:
            self._lists[-1] = (form, self._cursor.createList(form))
        else:
            made.add(self._cursor.block())

    def _paragraph(self, token: Token) -> None:
        shape = paragraph(first=self._first)
        children = token.children or []
        if self._item and children and (task := _TASKS.get(children[0].content[:4])):
            children[0].content = children[0].content[4:]
            shape.setMarker(task)
        words = QTextCharFormat()
        if self._heading:
            shape.setHeadingLevel(self._heading)
            shape.setTopMargin(0 if self._first else theme.gap(4))
            size = _HEADINGS.get(self._heading, theme.Size.BODY)
            words.setFont(theme.font(size, bold=True))
        self._block(shape)
        write_spans(self._cursor, children, words)

    def _open_heading(self, token: Token) -> None:
        self._heading = int(token.tag[1:])

    def _close_heading(self, token: Token) -> None:
        self._heading = 0

    def _open_list(self, token: Token) -> None:
        if self._item:
            self._block(paragraph(first=self._first))
        form, depth = QTextListFormat(), len(self._lists)
        form.setIndent(min(depth + 1, _WIDEST_INDENT))
        if token.type == "ordered_list_open":
            form.setStyle(QTextListFormat.Style.ListDecimal)
            form.setStart(int(token.attrs.get("start", 1)))
            form.setNumberSuffix(token.markup or ".")
        else:
            form.setStyle(QTextListFormat.Style.ListDisc)
        self._lists.append((form, None))

    def _close_list(self, token: Token) -> None:
        self._lists.pop()

    def _open_item(self, token: Token) -> None:
        self._item = True

    def _close_item(self, token: Token) -> None:
        if self._item:
            self._block(paragraph(first=self._first))

    def _quote(self, step: int) -> None:
        if self._item:
            self._block(paragraph(first=self._first))
        self._quotes += step

    def _code(self, token: Token) -> None:
        self._block(paragraph(first=self._first))
        words = QTextCharFormat()
        words.setFont(code_font())
        self._cursor.insertText(token.content.rstrip("\n").replace("\n", _BREAK), words)

    def _rule(self, token: Token) -> None:
        shape = paragraph(first=self._first)
        width = QTextLength(QTextLength.Type.PercentageLength, 100)
        shape.setProperty(QTextFormat.Property.BlockTrailingHorizontalRulerWidth, width)
        self._block(shape)

    def _table(self, tokens: Sequence[Token], at: int) -> int:
        """Write the table that begins here; gives where it ends."""
        end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
        if self._item:
            self._block(paragraph(first=self._first))
        inside = tokens[at : end + 1]
        insert_table(self._cursor, inside, write_spans)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._first, self._free = False, True
        return end


def write_spans(cursor: QTextCursor, tokens: Sequence[Token], base: QTextCharFormat) -> None:
    """Write the inside of a paragraph or a cell."""
    looks, code = [base], ""
    for token in tokens:
        match token.type:
            case "text" | "text_special" | "formula":
                cursor.insertText(token.content, looks[-1])
            case "softbreak":
                cursor.insertText(" ", looks[-1])
            case "hardbreak":
                cursor.insertText(_BREAK, looks[-1])
            case "code_inline":
                code = code or code_font().family()
                cursor.insertText(token.content, _as_code(looks[-1], code))
            case "image":
                look = _changed(looks[-1], "a", str(token.attrs.get("src", "")))
                cursor.insertText(token.content or str(token.attrs.get("src", "")), look)
            case _ if token.nesting == 1:
                looks.append(_changed(looks[-1], token.tag, str(token.attrs.get("href", ""))))
            case _ if token.nesting == -1:
                looks.pop()


def _changed(look: QTextCharFormat, tag: str, address: str = "") -> QTextCharFormat:
    changed = QTextCharFormat(look)
    if tag == "strong":
        changed.setFontWeight(QFont.Weight.DemiBold)
    elif tag == "em":
        changed.setFontItalic(True)
    elif tag == "s":
        changed.setFontStrikeOut(True)
    elif tag == "a":
        changed.setAnchor(True)
        changed.setAnchorHref(address)
        changed.setForeground(theme.color("accent"))
    return changed


def _as_code(look: QTextCharFormat, family: str) -> QTextCharFormat:
    changed = QTextCharFormat(look)
    changed.setFontFamilies([family])
    changed.setFontFixedPitch(True)
    changed.setBackground(theme.color("sunken"))
    return changed
