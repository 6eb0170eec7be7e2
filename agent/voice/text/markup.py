"""Markdown and its kin taken off a text; code and long tables said in a few words.

Every pattern can match in one way only, so that hostile text takes no longer than other text.
"""

from __future__ import annotations

import re

from agent.voice.text.formulas import formulas

_FENCE = re.compile(r"(?:```|~~~)[ \t]*([\w+#.-]*)[^\n]*\n?.*?(?:```|~~~|\Z)", re.DOTALL)
_PICTURE = re.compile(r"!\[([^\[\]]{0,300})\]\([^)\[]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\([^)\s\[]{0,500}(?:\s\"[^\"\[]{0,200}\")?\)")
_FOOTNOTE = re.compile(r"\[\^\w{1,20}\]:?")
_MARKS = re.compile(r"\s?\[\d{1,2}(?:\s*[,;–-]\s*\d{1,2})*\](?!\()")
_URL = re.compile(
    r"<?\b(?:https?://|www\.)([\w.-]{1,250}\w)(?:[:/?#][^\s<>)]{0,2000}[^\s<>).,;:!?])?/?>?"
)
_MAIL_LINK = re.compile(r"<(?:mailto:)?([\w.+-]{1,64}@[\w.-]{3,100})>|\bmailto:")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.{0,500}?-->")
_TABLE_RULE = re.compile(r"^ ?\|? ?:?-{2,}:? ?(?:\| ?:?-{2,}:? ?)*\|?$", re.MULTILINE)
_RULE = re.compile(r"^ ?(?:[-*_] ?){3,}$", re.MULTILINE)
_ROW = re.compile(r"^ ?\|(.+)\| ?$", re.MULTILINE)
_TABLE = re.compile(
    r"(?:^ ?\|.*\| ?\n) ?\|[ :|-]+\| ?\n(?: ?\|.*\| ?(?:\n|\Z)){4,}",
    re.MULTILINE,
)
_HEADING = re.compile(r"^ ?#{1,6} (.*)$", re.MULTILINE)
_QUOTE = re.compile(r"^ ?(?:> ?)+", re.MULTILINE)
_TASK = re.compile(r"^( ?[-*+] )\[([ xX])\] ", re.MULTILINE)
_BULLET = re.compile(r"^ ?[-*+•‣◦] (.*)$", re.MULTILINE)
_NUMBERED = re.compile(r"^ ?(\d{1,3})[.)] (.*)$", re.MULTILINE)
_ITALIC = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])")
_INLINE_CODE = re.compile(r"(`{1,2})([^`\n]+)\1")
_POWER_STARS = re.compile(r"(?<=[\w)])\s?\*\*\s?(?=[\d(-])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_ENTITIES = {"&nbsp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'"}
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
    text = _FENCE.sub(_summarise, text)
    text = re.sub(r"[ \t\u2007\u3000]+", " ", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(r"\n ?(?:\n ?)+", "\n\n", text)
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    text = _PICTURE.sub(lambda found: f"A picture: {found[1]}." if found[1] else "", text)
    text = _FOOTNOTE.sub("", _LINK.sub(r"\1", text))
    text = _URL.sub(lambda found: _host(found[1]), text)
    text = formulas(_MARKS.sub("", _TAG.sub(" ", _MAIL_LINK.sub(r"\1", text))))
    return _inline(_blocks(text))


def _blocks(text: str) -> str:
    text = _TABLE.sub(_table, text)
    text = _RULE.sub("", _TABLE_RULE.sub("", text))
    text = _ROW.sub(lambda row: _stop(", ".join(filter(None, _cells(row[1])))), text)
    text = _HEADING.sub(lambda found: _stop(found[1].rstrip("# ")), _QUOTE.sub("", text))
    text = _TASK.sub(lambda found: found[1] + ("Done: " if found[2] != " " else "To do: "), text)
    text = _BULLET.sub(lambda found: _stop(found[1]), text)
    return _NUMBERED.sub(lambda found: _stop(f"{found[1]}: {found[2]}"), text)


def _table(found: re.Match[str]) -> str:
    """A table of more than three rows takes too long to listen to."""
    rows = found[0].strip().split("\n")
    columns = ", ".join(filter(None, _cells(rows[0].strip().strip("|"))))
    return f"On the screen: a table of {len(rows) - 2} rows: {columns}.\n"


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|")]


def _stop(line: str) -> str:
    line = line.strip()
    return line if not line or line.rstrip("*_`~")[-1:] in ".!?:;,…" else line + "."


def _inline(text: str) -> str:
    text = _INLINE_CODE.sub(lambda found: _name(found[2]), text)
    text = _POWER_STARS.sub("^", text)
    text = text.replace("**", "").replace("~~", "")
    text = _UNDERLINED.sub(r"\1", _ITALIC.sub(r"\1", text.replace("__", "_")))
    text = _ESCAPE.sub(r"\1", text.replace("$$", ""))
    return text.replace("`", "")


def _name(code: str) -> str:
    return code.strip().replace("()", "")


def _summarise(block: re.Match[str]) -> str:
    language = _LANGUAGES.get(block[1].lower(), block[1].capitalize())
    kind = f"{language} code" if language and language.lower() not in ("text", "txt") else "text"
    lines = len([line for line in block[0].splitlines()[1:] if line.strip(" `~")])
    if not lines:  # a block that is only opened here: its lines come one by one
        return f"\nOn the screen: {kind}.\n"
    size = f"{lines} lines" if lines != 1 else "one line"
    return f"\nOn the screen: {size} of {kind}.\n"


def _host(host: str) -> str:
    """The host alone; `places` reads it."""
    return host.removeprefix("www.")
