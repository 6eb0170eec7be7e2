"""Texts made plain, so that phrases can be found in them and words be counted."""

from __future__ import annotations

import re
import unicodedata

LATIN = "a-z\u00df-\u024f"
CHINESE = "\u3400-\u4dbf\u4e00-\u9fff"
CITATION = re.compile(r"\[\d+(?:\s*,\s*\d+)*\]")

_SPACED_THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_HYPHEN = re.compile(rf"(?<=[{LATIN}])-(?=[{LATIN}])")
_MARKS = re.compile(r"[*#]|\\[()\[\]]")
_WORD = re.compile(rf"[{CHINESE}]|\d+(?:[.:,]\d+)*|[{LATIN}]+(?:'[{LATIN}]+)*")
_ALIKE = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u300c\u300d", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)


def plain(text: str) -> str:
    """Lower case, one width, straight quotes, no Markdown, no thousands separators, one line."""
    text = unicodedata.normalize("NFKC", _SPACED_THOUSANDS.sub("", text)).casefold()
    text = _MARKS.sub("", text.translate(_ALIKE))
    text = _THOUSANDS.sub("", _HYPHEN.sub(" ", text))
    return " ".join(text.split())


def occurs(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text as whole words: "4" is not in "14", "4.5" or "4:30"."""
    wanted = plain(phrase)
    if not wanted:
        return False
    pattern = _before(wanted[0]) + re.escape(wanted) + _after(wanted[-1])
    return re.search(pattern, plain(text)) is not None


def count_words(text: str) -> int:
    """Words, numbers and Chinese characters, without citations."""
    return len(_WORD.findall(plain(CITATION.sub(" ", text))))


def _before(letter: str) -> str:
    if letter.isdigit():
        return rf"(?<![{LATIN}0-9])(?<!\d[.,:])"
    return rf"(?<![{LATIN}0-9])" if re.match(f"[{LATIN}]", letter) else ""


def _after(letter: str) -> str:
    if letter.isdigit():  # "4:45" is in "4:45pm"
        return r"(?!\d)(?![.,:]\d)"
    return rf"(?![{LATIN}0-9])" if re.match(f"[{LATIN}]", letter) else ""
