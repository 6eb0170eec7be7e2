"""Control tokens and characters that cannot be seen: found, and taken out of foreign text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_JOINERS = re.compile("[\u200c\u200d]")
"""They also shape emoji, Persian and Indic words, so they alone are no sign of anything."""

_ALIKE = {
    "<": "<＜﹤‹〈⟨≺",
    ">": ">＞﹥›〉⟩≻",
    "|": "|｜︱∣ǀ⏐￨¦│┃",
    "[": "[［【",
    "]": "]］】",
    "_": "_＿▁",
    "/": "/／⁄∕",
}
_MARKERS = re.compile(
    r"[<＜]\s*[|｜]\s*[\w▁＿ -]{1,40}?\s*[|｜]\s*[>＞]"
    r"|\[/?\s?INST\s?\]|<<\s?/?SYS\s?>>|<(?:start|end)_of_turn>"
)
_PASSES = 4


def hidden_text(text: str) -> str:
    """What the tag characters (U+E0000 to U+E007F) in `text` spell; they show as nothing."""
    return "".join(chr(ord(c) - 0xE0000) for c in text if ord(c) - 0xE0000 in range(0x20, 0x7F))


def invisible(text: str) -> int:
    """How many characters cannot be seen, without the joiners that scripts and emoji need."""
    return len(_UNSEEN.findall(_JOINERS.sub("", text)))


def markers(text: str) -> list[str]:
    """The spellings of chat markers in `text`, such as `<|im_end|>`, in whatever disguise."""
    return _MARKERS.findall(_UNSEEN.sub("", text))


def strip_control(text: str, control_tokens: Iterable[str]) -> str:
    """`text` without anything that a model could read as other than text.

    Taken out: every spelling of `control_tokens` and of the common chat markers (any case, with
    spaces between, in full-width or other look-alike signs, nested in one another), invisible
    and direction-changing characters, and control characters other than tab and line ends.
    """
    plain = _CONTROLS.sub("", _UNSEEN.sub("", text))
    spelling = _spellings(frozenset(control_tokens))
    for _ in range(_PASSES):
        stripped = spelling.sub(" ", plain)
        if stripped == plain:
            return plain
        plain = stripped
    # Nested deeper than anyone writes by chance: without these signs no marker can be left.
    return re.sub("[" + re.escape("".join(_ALIKE.values())) + "]", " ", plain)


@lru_cache(maxsize=16)
def _spellings(tokens: frozenset[str]) -> re.Pattern[str]:
    long = sorted((token for token in tokens if len(token.strip()) > 2), key=len, reverse=True)
    parts = [r"\s*".join(_any_of(c) for c in token.strip() if not c.isspace()) for token in long]
    return re.compile("|".join([*parts, _MARKERS.pattern]), re.IGNORECASE)


def _any_of(character: str) -> str:
    if alike := _ALIKE.get(character):
        return "[" + re.escape(alike) + "]"
    wide = chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else ""
    return f"[{re.escape(character + wide)}]"
