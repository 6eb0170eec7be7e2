"""Markdown as plain words: for captions, announcements, and what is matched by its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.markdown.parsing import read

if TYPE_CHECKING:
    from markdown_it.token import Token

_MOST = 4000
"""Of a longer text only the beginning is turned into plain words."""


def plain(markdown: str) -> str:
    """The words without their marks, on one line."""
    return " ".join(plain_lines(markdown).split())


def plain_lines(markdown: str) -> str:
    """The words without their marks; each paragraph, item and cell is a line or more."""
    text = markdown[:_MOST]
    tokens = read(text, any_address=True)
    return text if tokens is None else "\n".join(_lines(tokens))


def _span_words(tokens: list[Token] | None) -> str:
    return "".join(
        "\n" if token.type in ("softbreak", "hardbreak") else token.content
        for token in tokens or ()
    )


def _lines(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield _span_words(token.children)
        elif token.type == "list_item_open" and token.info:
            yield f"{token.info}{token.markup}"
        elif token.type in ("fence", "code_block"):
            yield token.content
