"""How close a kept text is to a question: shared words and, with a sentence encoder, meaning.

Both are added into one number, scaled so that 1 is just close enough. The weights were found on
the forty facts of tests/agent/memory/recall_set.toml.
"""

from __future__ import annotations

import re

from agent.tools.reading.likeness import likeness

_WORDS = 0.34
"""Shared words that are enough where there is no encoder."""
_ENGLISH = 0.32
_WORDS_WEIGH = 0.6
_CHINESE = 0.2
_COMMON_NEARNESS = 0.52
"""The encoder is English: any two Chinese texts are about so near."""
_NEARNESS_WEIGHS = 0.5
_WIDE = re.compile("[\u3400-\u9fff]")
_EMPTY = frozenset(
    "我你您他她它们的了是在有把被给这那哪里个几什么怎吗呢吧啊不没很都也就要会能可以和与跟到对上下"
    "多少一二三四五六七八九十好请"
)


def closeness(one: str, other: str, nearness: float | None = None) -> float:
    """From 0 upwards, 1 for just close enough; `nearness` is the cosine of the two meanings."""
    shared = likeness(one, other)
    if nearness is None:
        return shared / _WORDS
    wide = bool(_WIDE.search(one)), bool(_WIDE.search(other))
    if all(wide):
        meant = _NEARNESS_WEIGHS * (nearness - _COMMON_NEARNESS)
        return max(shared / _WORDS, (_characters(one, other) + meant) / _CHINESE)
    if any(wide):
        return shared / _WORDS
    return (nearness + _WORDS_WEIGH * shared) / _ENGLISH


def _characters(one: str, other: str) -> float:
    """The share of the shorter text's telling characters that the other has too."""
    first, second = (frozenset(_WIDE.findall(text)) - _EMPTY for text in (one, other))
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0
