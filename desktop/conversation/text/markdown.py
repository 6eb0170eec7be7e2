"""The one reading of Markdown for the window: by markdown-it, which takes linear time in length.

Pictures and HTML are not read as such, and a link is one only where it may be opened. What is read
here is short (see pieces.py), because a few kinds of text still cost more than linear time.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_DEEPEST = 20
"""Of lists and quotations in each other; below it nothing is read."""
_MOST_BRACKETS, _MOST_SPANS = 200, 280
"""Of one text; a page of prose has a tenth of it."""
_OPENS = re.compile(r"(?:https?://|mailto:)", re.I)
_MARKS = re.compile(
    r"(\*\*|__|`|^#{1,6} |^> |^[-*+] (?=\S)|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w))", re.M
)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_SAID = 4000
"""Of a longer text only the beginning is turned into plain words."""


def read(text: str) -> list[Token] | None:
    """The tokens of a short text; None where it has more markup than can be shown as meant."""
    if text.count("[") > _MOST_BRACKETS:
        return None
    tokens = _parser().parse(text)
    deep = any(token.level >= _DEEPEST - 2 for token in tokens)
    spans = sum(len(token.children or ()) for token in tokens)
    return None if deep or spans > _MOST_SPANS + 2 * len(tokens) else tokens


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    parser.enable(["table", "strikethrough"])
    parser.disable(["html_block", "html_inline"])
    parser.validateLink = may_open  # type: ignore[assignment, method-assign]
    return parser


def may_open(address: str) -> bool:
    """Whether a link may be opened: only the web and mail."""
    return _OPENS.match(address) is not None


def plain(markdown: str) -> str:
    """The words without their marks, on one line: for captions and announcements."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", markdown[:_SAID])).split())
