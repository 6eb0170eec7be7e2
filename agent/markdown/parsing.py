"""The one reading of Markdown: by markdown-it, which takes linear time in length.

HTML is not read as such. Of LaTeX the backslashes and underscores are no markup: a `formula` token
holds it as it was written. What is read here is short (see pieces.py), because a few kinds of text
still cost more than linear time.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_DEEPEST = 20
"""Of lists and quotations in each other; below it nothing is read."""
_MOST_BRACKETS, _MOST_SPANS = 200, 280
"""Of one text; a page of prose has a tenth of it."""
_OPENS = re.compile(r"(?:https?://|mailto:)", re.I)
_FORMULA = re.compile(
    r"\$\$[^$]{1,400}\$\$|\\\([^\n]{1,400}?\\\)|\\\[[^\]]{1,400}?\\\]"
    r"|\$(?=[^$\n]*[\\^_{}=<>])[^$\n]{1,200}(?<=\S)\$(?![\w$])"
)
_OPERATOR = re.compile(r"(?<=[\d)])\*{1,2}(?=[\d(])|(?<=\w)\*{1,2}(?=\d)")
"""Times and power, "2*3*4" and "x**2": no emphasis."""


def read(text: str, any_address: bool = False) -> list[Token] | None:
    """The tokens of a short text; None where it has more markup than can be shown as meant.

    A link or picture is one only where it may be opened, unless `any_address` will do because
    nothing can be opened.
    """
    if text.count("[") > _MOST_BRACKETS:
        return None
    tokens = _parser(any_address).parse(text)
    deep = any(token.level >= _DEEPEST - 2 for token in tokens)
    spans = sum(len(token.children or ()) for token in tokens)
    return None if deep or spans > _MOST_SPANS + 2 * len(tokens) else tokens


def may_open(address: str) -> bool:
    """Whether a link may be opened: only the web and mail."""
    return _OPENS.match(address) is not None


@functools.cache
def _parser(any_address: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    parser.enable(["table", "strikethrough"])
    parser.disable(["html_block", "html_inline"])
    parser.inline.ruler.before("escape", "formula", _formula)
    parser.inline.ruler.before("emphasis", "operator", _operator)
    may_link = (lambda address: True) if any_address else may_open
    parser.validateLink = may_link  # type: ignore[assignment, method-assign]
    return parser


def _formula(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "$\\" or not (found := _FORMULA.match(state.src, state.pos)):
        return False
    before = state.src[state.pos - 1 : state.pos]
    if found[0][0] == "$" and (before.isalnum() or before == "$"):
        return False
    if not silent:
        state.push("formula", "", 0).content = found[0]
    state.pos = found.end()
    return True


def _operator(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "*" or not (found := _OPERATOR.match(state.src, state.pos)):
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True
