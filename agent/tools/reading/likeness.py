"""How much two pieces of text speak of the same: by their words, without a model."""

from __future__ import annotations

import re

_COMMON = frozenset(
    [
        "a",
        "an",
        "the",
        "i",
        "i'm",
        "my",
        "me",
        "mine",
        "we",
        "our",
        "us",
        "you",
        "your",
        "he",
        "she",
        "it",
        "his",
        "her",
        "its",
        "they",
        "their",
        "is",
        "are",
        "was",
        "were",
        "am",
        "be",
        "been",
        "to",
        "of",
        "in",
        "on",
        "at",
        "for",
        "with",
        "and",
        "or",
        "but",
        "that",
        "this",
        "these",
        "those",
        "do",
        "does",
        "did",
        "have",
        "has",
        "had",
        "what",
        "which",
        "who",
        "where",
        "when",
        "why",
        "how",
        "can",
        "could",
        "would",
        "will",
        "shall",
        "should",
        "there",
        "here",
        "not",
        "no",
        "yes",
        "so",
        "too",
        "also",
        "about",
        "from",
        "by",
        "as",
        "if",
        "then",
        "than",
        "please",
        "tell",
        "know",
        "remember",
        "forget",
        "thing",
        "said",
        "say",
        "told",
        "again",
        "still",
        "much",
        "many",
    ]
)


def words_of(text: str) -> frozenset[str]:
    """The words that carry meaning: English ones cut to their stem, Chinese in pairs of letters."""
    plain = text.casefold().replace("\u2019", "'")
    english = {
        _stem(w)
        for w in re.findall(r"[a-z\u00df-\u024f0-9]+(?:'[a-z]+)?", plain)
        if w not in _COMMON
    }
    chinese = {
        run[n : n + 2]
        for run in re.findall(
            r"[\u4e00-\u9fff]+", re.sub(r"[我你的了是在有把这那吗呢吧什么哪]", " ", plain)
        )
        for n in range(max(1, len(run) - 1))
    }
    return frozenset(english | chinese)


def likeness(one: str, other: str) -> float:
    """From 0 to 1: shared words against the words of the shorter text."""
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return 0.0
    shared = len(first & second)
    return (
        shared / min(len(first), len(second))
        if shared > 1 or min(len(first), len(second)) == 1
        else 0.5 * shared / min(len(first), len(second))
    )


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
