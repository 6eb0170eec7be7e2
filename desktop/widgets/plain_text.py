"""Foreign text as Qt may show it: no control characters, no markup, no endless words."""

from __future__ import annotations

import html
import re

_SHOWN = "\N{REPLACEMENT CHARACTER}"
# NUL and its like draw nothing or boxes; U+FDD0, U+FDD1, U+2029 and U+FFFC have a meaning inside
# Qt's documents; a forced direction makes a text read as another one.
_NAMES = {
    **dict.fromkeys(range(0x20), _SHOWN),
    **dict.fromkeys(range(0x7F, 0xA0), _SHOWN),
    **dict.fromkeys(range(0xD800, 0xE000), _SHOWN),
    **dict.fromkeys(range(0xFDD0, 0xFDF0), _SHOWN),
    **dict.fromkeys((0x202D, 0x202E, 0xFFFC, 0xFFFE, 0xFFFF), _SHOWN),
    0x09: "\t",
    0x0A: "\n",
    0x0B: "\n",
    0x0C: "\n",
    0x85: "\n",
    0x2028: "\n",
    0x2029: "\n",
}
# Each run of another direction is laid out for itself.
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202c\u2066-\u2069]")
_MOST_DIRECTIONS = 100
_LONG_WORD = re.compile(r"\S{80}(?=\S)")
_MOST = 4000
_MOST_LINES = 100
_TIP = 600


def clean(text: str) -> str:
    """The text with line ends of one kind, and marks for what must not reach Qt."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_NAMES)
    if len(_DIRECTIONS.findall(text)) > _MOST_DIRECTIONS:
        return _DIRECTIONS.sub("", text)
    return text


def short(text: str, most: int = _MOST) -> str:
    """The text for a label: cut openly, and with places where a very long word may be broken."""
    cut = clean(text[: most + 1])
    lines = cut.split("\n")
    whole = len(text) <= most and len(lines) <= _MOST_LINES
    kept = "\n".join(lines[:_MOST_LINES])[:most]
    return _LONG_WORD.sub("\\g<0>\N{ZERO WIDTH SPACE}", kept if whole else f"{kept} …")


def breakable(path: str) -> str:
    """A path for a label, which may be broken behind each of its folders."""
    return re.sub(r"(?<=[/\\\\])(?=.)", "\N{ZERO WIDTH SPACE}", path)


def tip(text: str) -> str:
    """A tooltip that shows the text as it is: Qt guesses from the text whether it is markup."""
    words = html.escape(short(text, _TIP))
    return f'<div style="white-space: pre-wrap">{words}</div>' if text else ""


def on_button(text: str) -> str:
    """The text for a button or a menu, where & would name a key."""
    return short(text, _TIP).replace("&", "&&")
