"""Text for the eye turned into text for the ear.

Numbers, times, dates and units stay as they are where the voice reads them well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from agent.voice.text.numbers import read_out

_FENCE = re.compile(r"(?:```|~~~)[ \t]*([\w+#.-]*)[^\n]*\n?.*?(?:```|~~~|\Z)", re.DOTALL)
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_MARKS = re.compile(r"\s?\[\d{1,2}(?:\s*[,;–-]\s*\d{1,2})*\](?!\()")
_URL = re.compile(r"<?\b(?:https?://|www\.)([\w.-]+\w)(?:[:/?#][^\s<>)]*[^\s<>).,;:!?])?/?>?")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_TABLE_RULE = re.compile(r"^[ \t]*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:[-*_]\s*){3,}$", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*\|(.+)\|[ \t]*$", re.MULTILINE)
_TABLE = re.compile(
    r"(?:^[ \t]*\|.*\|[ \t]*\n)[ \t]*\|[ \t:|-]+\|[ \t]*\n(?:[ \t]*\|.*\|[ \t]*(?:\n|\Z)){4,}",
    re.MULTILINE,
)
_HEADING = re.compile(r"^[ \t]*#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
_QUOTE = re.compile(r"^[ \t]*(?:>\s?)+", re.MULTILINE)
_TASK = re.compile(r"^([ \t]*[-*+]\s+)\[([ xX])\]\s+", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*[-*+•]\s+(.*)$", re.MULTILINE)
_NUMBERED = re.compile(r"^[ \t]*(\d{1,3})[.)]\s+(.*)$", re.MULTILINE)
_BOLD = re.compile(r"(\*\*\*|___|\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_ITALIC = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])")
_INLINE_CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_FORMULA = re.compile(r"\\[()\[\]]|\$\$")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
# The voice carries a currency over to the next number ("$3, 20 °C" became "20 dollars degrees").
_MONEY = re.compile(
    r"([$£€])\s?(\d[\d,]*)(?:\.(\d\d))?(?![\d.]*\d)"
    r"(?!\s?(?:hundred|thousand|million|billion|trillion|[kKmMbB]\b))"
)
_COINS = {
    "$": ("dollar", "cent", "cents"),
    "£": ("pound", "penny", "pence"),
    "€": ("euro", "cent", "cents"),
}
_LANGUAGES = {
    "py": "Python",
    "js": "JavaScript",
    "ts": "TypeScript",
    "sh": "shell",
    "bash": "shell",
}
_SCRIPTS = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "CYRILLIC": "Cyrillic",
    "ARABIC": "Arabic",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "DEVANAGARI": "Hindi",
    "THAI": "Thai",
}


def spoken(text: str) -> str:
    """`text` as it should be read out: no Markdown, no marks of evidence, code summarised.

    Words in a script that an English voice cannot read are named ("Chinese text"). Empty where
    there is nothing to say, or where most of it is in such a script: then it is only shown. A
    code block must be whole within `text`. What comes out may be put in again.
    """
    letters = [character for character in text if character.isalpha()]
    latin = sum(_script(character) in ("LATIN", "FULLWIDTH") for character in letters)
    if 2 * latin < len(letters):
        return ""
    said = _without_markup(text)
    return said if any(character.isalnum() for character in said) else ""


def said_as(text: str, words: Iterable[tuple[str, str]]) -> str:
    """`text` with each word of the pairs replaced by what to say for it, whole words only."""
    for word, said in words:
        if word and said:
            whole = rf"(?<!\w){re.escape(word)}(?!\w)"
            text = re.sub(whole, said.replace("\\", ""), text, flags=re.IGNORECASE)
    return text


def _without_markup(text: str) -> str:
    text = _FENCE.sub(_summarise, text)
    text = _PICTURE.sub(lambda found: f"A picture: {found[1]}." if found[1] else "", text)
    text = _LINK.sub(r"\1", text)
    text = _URL.sub(lambda found: _host(found[1]), text)
    text = _MARKS.sub("", _TAG.sub(" ", text))
    text = _inline(_blocks(text))
    text = read_out(_MONEY.sub(_money, text))
    text = _foreign(_pictograms(text)).replace("[", "").replace("]", "")
    text = re.sub(r"[ \t]+", " ", text)
    text = re.sub(r" +([,.;:!?])", r"\1", text)
    return re.sub(r"\s*\n\s*", "\n", text).strip()


def pieces(text: str, longest: int) -> Iterator[str]:
    """Lines of `text`, those over `longest` characters cut between words."""
    for line in text.split("\n"):
        rest = line.strip()
        while len(rest) > longest:
            cut = _cut(rest, longest)
            yield rest[:cut].strip()
            rest = rest[cut:].strip()
        if rest:
            yield rest


def _cut(text: str, longest: int) -> int:
    for breaks in (". ! ? …", ", ; : —"):
        at = max(text.rfind(mark + " ", 0, longest) for mark in breaks.split())
        if at > longest // 4:
            return at + 1
    at = text.rfind(" ", 0, longest)
    return at if at > 0 else longest


def _blocks(text: str) -> str:
    text = _TABLE.sub(_table, text)
    text = _RULE.sub("", _TABLE_RULE.sub("", text))
    text = _ROW.sub(lambda row: _stop(", ".join(filter(None, _cells(row[1])))), text)
    text = _HEADING.sub(lambda found: _stop(found[1]), _QUOTE.sub("", text))
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
    return line if not line or line[-1] in ".!?:;,…" else line + "."


def _inline(text: str) -> str:
    text = _INLINE_CODE.sub(lambda found: _name(found[2]), text)
    text = _BOLD.sub(r"\2", _BOLD.sub(r"\2", text))
    text = _UNDERLINED.sub(r"\1", _ITALIC.sub(r"\1", text))
    text = _ESCAPE.sub(r"\1", _FORMULA.sub("", text))
    return re.sub(r"(?<=\w)_(?=\w)", " ", text).replace("**", "").replace("`", "")


def _name(code: str) -> str:
    return code.strip().replace("()", "").replace("_", " ")


def _summarise(block: re.Match[str]) -> str:
    language = _LANGUAGES.get(block[1].lower(), block[1].capitalize())
    kind = f"{language} code" if language and language.lower() != "text" else "text"
    lines = len([line for line in block[0].splitlines()[1:] if line.strip(" `~")])
    size = f"{lines} lines" if lines != 1 else "one line"
    return f"\nOn the screen: {size} of {kind}.\n"


def _host(host: str) -> str:
    host = host.removeprefix("www.")
    return host.replace(".", " dot ")


def _money(found: re.Match[str]) -> str:
    unit, coin, coins = _COINS[found[1]]
    whole = found[2].rstrip(",")
    tail = "," if found[2].endswith(",") else ""
    said = f"{whole} {unit}" + ("" if whole == "1" else "s")
    cents = int(found[3] or 0)
    if cents:
        said += f" and {cents} {coin if cents == 1 else coins}"
    return said + tail


def _script(character: str) -> str:
    return unicodedata.name(character, "").split(" ", 1)[0].split("-", 1)[0]


def _pictograms(text: str) -> str:
    return "".join(
        " "
        if unicodedata.category(c) in ("So", "Co", "Cn", "Cc", "Sk") and c not in {"\n", "°"}
        else c
        for c in text
    )


def _foreign(text: str) -> str:
    """Runs of letters that an English voice cannot read become the name of their script."""
    said, current = [], ""
    for character in text:
        kind = _SCRIPTS.get(_script(character), "") if character.isalpha() else None
        if kind is None and current and not character.isalnum() and character != "\n":
            continue  # what stands between foreign words goes with them
        if kind and kind != current:
            said.append(f" {kind} text ")
        current = kind or ""
        if not kind:
            said.append(" " + character if said and said[-1].endswith("text ") else character)
    return "".join(said)
