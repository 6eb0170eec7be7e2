"""Whether an answer turned in a circle.

It did where a line or a sentence of three words or more stands three times in a row or four times
at all, list marks left out; or where up to twenty words come four times in a row, eight words or
more in all. A Chinese character is a word. "Happy birthday to you" is no loop.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from agent.training.everyday.text import CHINESE, LATIN, plain

_LEAST_WORDS = 3
_IN_A_ROW = 3
_AT_ALL = 4
_RUN, _RUN_WORDS, _LONGEST = 4, 8, 20
_MARK = re.compile(r"^\W*(?:\d+[.):])?\W*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？；])|\n")
_WORD = re.compile(rf"[{CHINESE}]|\d+|[{LATIN}']+")


def loops(answer: str) -> bool:
    """Whether it says the same again and again."""
    lines = answer.splitlines()
    return (
        _repeats(lines) or _repeats(_SENTENCE.split(answer)) or _runs(_WORD.findall(plain(answer)))
    )


def _repeats(pieces: Iterable[str]) -> bool:
    kept = [tuple(_WORD.findall(plain(_MARK.sub("", piece)))) for piece in pieces]
    kept = [words for words in kept if len(words) >= _LEAST_WORDS]
    rows = max((len(list(same)) for _, same in groupby(kept)), default=0)
    return rows >= _IN_A_ROW or max(Counter(kept).values(), default=0) >= _AT_ALL


def _runs(words: Sequence[str]) -> bool:
    for length in range(1, _LONGEST + 1):
        wanted = max(_RUN * length, _RUN_WORDS) - length
        same = 0
        for at in range(length, len(words)):
            same = same + 1 if words[at] == words[at - length] else 0
            if same >= wanted:
                return True
    return False
