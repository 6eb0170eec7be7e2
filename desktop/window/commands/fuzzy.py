"""Fuzzy search of short titles: how well what is typed fits."""

from __future__ import annotations

import re

_WORD = re.compile(r"\w+")


def fit(typed: str, *titles: str) -> float:
    """How well all typed words fit one of the titles: 0 is not at all, more is better."""
    words = typed.casefold().split()
    if not words:
        return 1.0
    return max((_fit_title(words, title.casefold()) for title in titles if title), default=0.0)


def _fit_title(words: list[str], title: str) -> float:
    parts = [_fit_word(word, title) for word in words]
    # Of two titles that fit as well, the shorter one says less besides.
    return sum(parts) / len(parts) - len(title) / 10_000 if all(parts) else 0.0


def _fit_word(word: str, title: str) -> float:
    if title.startswith(word):
        return 5.0
    if re.search(rf"\b{re.escape(word)}", title):
        return 4.0
    if word in title:
        return 3.0
    starts = "".join(part[0] for part in _WORD.findall(title))
    if len(word) > 1 and word in starts:
        return 2.5
    return _fit_letters(word, title)


def _fit_letters(word: str, title: str) -> float:
    """Its letters in their order, with others between; the closer the better."""
    if len(word) < 3:
        return 0.0
    found = re.search(".*?".join(map(re.escape, word)), title)
    if found is None or len(found.group()) > 3 * len(word):
        return 0.0
    return 1.0 + len(word) / len(found.group())
