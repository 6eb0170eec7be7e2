"""Letters that an English voice cannot read, and signs that nobody reads."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

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
_LATIN = ("LATIN", "FULLWIDTH", "MICRO", "MASCULINE", "FEMININE")
_NEVER_READ = ("So", "Co", "Cn", "Cc", "Cf", "Sk")
_READ_ALL_THE_SAME = frozenset("\n°^`©®\t")
_KEYCAP = re.compile("[\ufe0e\ufe0f\u20e3]")
_ONE_GREEK = re.compile("(?<![\u0370-\u03ff])[\u0391-\u03a9\u03b1-\u03c9](?![\u0370-\u03ff])")


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    if not character.isalpha() or character.isascii():
        return "LATIN"
    return unicodedata.name(character, "").split(" ", 1)[0].split("-", 1)[0]


@lru_cache(maxsize=4096)
def _is_read(character: str) -> bool:
    return character in _READ_ALL_THE_SAME or unicodedata.category(character) not in _NEVER_READ


def latin_share(text: str) -> float:
    """How many of the letters are Latin; 1 where there is none."""
    letters = [character for character in _ONE_GREEK.sub("", text) if character.isalpha()]
    latin = sum(_script(character) in _LATIN for character in letters)
    return latin / len(letters) if letters else 1.0


def language(text: str) -> str:
    """The language or script of most foreign letters, "" where there is none: "Chinese"."""
    found = [_script(character) for character in text if character.isalpha()]
    names = [_SCRIPTS.get(script, "another script") for script in found if script not in _LATIN]
    if "Japanese" in names:
        return "Japanese"  # its words are written in Chinese letters too
    return max(set(names), key=names.count) if names else ""


def without_pictograms(text: str) -> str:
    """`text` without emoji and other pictures; the digit of a keycap stays."""
    text = _KEYCAP.sub("", text)
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if _is_read(c) else "" if c == "\u00ad" else " " for c in text)


def foreign(text: str) -> str:
    """Runs of letters that an English voice cannot read become the name of their script.

    One Greek letter by itself is a sign, and has a name.
    """
    if text.isascii():
        return text
    text = _ONE_GREEK.sub(_greek, text)
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


def _greek(found: re.Match[str]) -> str:
    return f" {unicodedata.name(found[0]).split(' ')[-1].lower()} "
