"""What is read out of Markdown: words and stops; code and long tables said in a few words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agent.markdown.parsing import read
from agent.markdown.pieces import PieceKind, Pieces, cells
from agent.voice.text.formulas import formulas

if TYPE_CHECKING:
    from markdown_it.token import Token

_MOST_MARKS = 1200
"""Of one text; more is no writing, and would take long to read. Then only its words are said."""
_MARK = re.compile(r"[*_`~\[\]<>|&\\$]|^ ?[-+#=]|^ ?\d{1,9}[.)]", re.MULTILINE)
_POINT = re.compile(r"^ ?[•‣◦] ", re.MULTILINE)
_TASK = re.compile(r"\[([ xX])\] ")
_FOOTNOTE = re.compile(r"\[\^\w{1,20}\]:?")
_CITED = re.compile(r"\s?\[\d{1,2}(?:\s*[,;–-]\s*\d{1,2})*\](?!\()")
_URL = re.compile(
    r"<?\b(?:https?://|www\.)([\w.-]{1,250}\w)(?:[:/?#][^\s<>)]{0,2000}[^\s<>).,;:!?])?/?>?"
)
_MAIL = re.compile(r"\bmailto:")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.{0,500}?-->")
_ROW = re.compile(r"^ ?\|(.+)\| ?$")
_DELIMITER = re.compile(r"^ ?\|[ :|-]*-[ :|-]*\| ?$")
_POWER = re.compile(r"(?<=[\w)])(?:\*\*|\s\*\*\s)(?=[\d(-])")
_MOST_ROWS = 3
"""Of a table; a longer one takes too long to listen to."""
_LANGUAGES = {
    "py": "Python",
    "js": "JavaScript",
    "ts": "TypeScript",
    "sh": "shell",
    "bash": "shell",
    "html": "HTML",
    "css": "CSS",
    "json": "JSON",
    "sql": "SQL",
    "cpp": "C++",
    "yaml": "YAML",
    "toml": "TOML",
}


def without_markup(text: str) -> str:
    """`text` with only what is to be read; lines stay lines."""
    text = re.sub(r"[ \t\u2007\u3000]+", " ", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(r"\n ?(?:\n ?)+", "\n\n", text)
    if len(_MARK.findall(text)) <= _MOST_MARKS:
        text = "\n".join(_lines(_POINT.sub("- ", text)))
    text = _URL.sub(lambda found: found[1].removeprefix("www."), _FOOTNOTE.sub("", text))
    text = formulas(_CITED.sub("", _TAG.sub(" ", _MAIL.sub("", text))))
    return _POWER.sub("^", text).replace("**", "").replace("~~", "").replace("`", "")


def _lines(text: str) -> Iterator[str]:
    for piece in Pieces().cut(text):
        if piece.kind is PieceKind.CODE:
            yield _code(piece.language, piece.text)
        elif (tokens := read(piece.text, any_address=True)) is None:
            yield piece.text
        else:
            yield from _Reader(tokens).lines()


@dataclass(slots=True)
class _Reader:
    """Walks the tokens of one text; `_mark` is what is said before the words of an item."""

    tokens: Sequence[Token]
    _item: bool = False
    _mark: str = ""
    _heading: bool = False
    _rows: list[list[str]] = field(default_factory=list)
    _in_table: bool = False

    def lines(self) -> Iterator[str]:
        for token in self.tokens:
            if token.type == "inline" and self._in_table:
                self._rows[-1].append(_words(token).strip())
            elif token.type == "inline":
                yield self._block(_words(token))
            elif token.type == "fence":
                yield _code(token.info.split(" ")[0], token.content)
            elif token.nesting == 1:
                self._open(token)
            elif token.nesting == -1:
                yield from self._close(token)

    def _open(self, token: Token) -> None:
        match token.type:
            case "list_item_open":
                self._item, self._mark = True, f"{token.info}{token.markup}" * bool(token.info)
            case "heading_open":
                self._heading = True
            case "table_open":
                self._in_table, self._rows = True, []
            case "tr_open":
                self._rows.append([])

    def _close(self, token: Token) -> Iterator[str]:
        match token.type:
            case "list_item_close":
                yield self._mark  # A number alone, "42.", is no list.
                self._item, self._mark = False, ""
            case "heading_close":
                self._heading = False
            case "table_close":
                self._in_table = False
                yield from _table(self._rows)

    def _block(self, words: str) -> str:
        words = "\n".join(map(_row, words.split("\n")))
        if self._heading:
            return _stop(words)
        if not self._item:
            return words
        if task := _TASK.match(words):
            words = ("To do: " if task[1] == " " else "Done: ") + words[task.end() :]
        number = self._mark[:-1]
        if len(number) > 3:
            words = f"{self._mark} {words}"
        elif number:
            words = f"{number}: {words}"
        self._mark = ""
        return _stop(words)


def _words(inline: Token) -> str:
    return "".join(_span(token) for token in inline.children or ())


def _span(token: Token) -> str:
    match token.type:
        case "softbreak" | "hardbreak":
            return "\n"
        case "code_inline":
            return token.content.strip().replace("()", "")
        case "image":
            return f"A picture: {token.content}." if token.content else ""
        case _:
            return token.content


def _row(line: str) -> str:
    """A line of a table that stands alone, as it comes while an answer is written."""
    if _DELIMITER.match(line):
        return ""
    return _stop(", ".join(filter(None, cells(line)))) if _ROW.match(line) else line


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if len(rows) - 1 > _MOST_ROWS:
        columns = ", ".join(filter(None, rows[0]))
        yield f"On the screen: a table of {len(rows) - 1} rows: {columns}."
    else:
        yield from (_stop(", ".join(filter(None, row))) for row in rows)


def _stop(line: str) -> str:
    line = line.strip()
    return line if not line or line[-1] in ".!?:;,…" else line + "."


def _code(language: str, code: str) -> str:
    language = _LANGUAGES.get(language.lower(), language.capitalize())
    kind = f"{language} code" if language and language.lower() not in ("text", "txt") else "text"
    lines = len([line for line in code.splitlines() if line.strip()])
    if not lines:  # a block that is only opened here: its lines come one by one
        return f"\nOn the screen: {kind}.\n"
    size = f"{lines} lines" if lines != 1 else "one line"
    return f"\nOn the screen: {size} of {kind}.\n"
