"""Whether an answer turned in a circle, as it is written.

It did where a line or a sentence of three words or more stands three times in a row or four times
at all, list marks left out; or where up to twenty words come four times in a row, eight words or
more in all. A Chinese character is a word. "Happy birthday to you" is no loop. Code repeats itself
by its nature: in a fence only the same line eight times in a row counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

_LEAST_WORDS = 3
_IN_A_ROW = 3
_AT_ALL = 4
_CODE_ROW = 8
_RUN, _RUN_WORDS, _LONGEST = 4, 8, 20
_MARK = re.compile(r"^\W*(?:\d+[.):])?\W*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？；])|\n")
_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|\d+|[^\W\d_]+(?:'[^\W\d_]+)*")
_FENCE = "```"


def repeats(answer: str) -> bool:
    """Whether an answer says the same again and again."""
    parts = answer.split(_FENCE)
    if any(_rows(part.splitlines()) >= _CODE_ROW for part in parts[1::2]):
        return True
    talk = "\n".join(parts[::2])
    words = _words(talk)
    return _again(talk.splitlines()) or _again(_SENTENCE.split(talk)) or _runs(words)


def _rows(lines: Iterable[str]) -> int:
    """How often the same line stands in a row, at most; empty lines count for nothing."""
    kept = [line.strip() for line in lines if line.strip()]
    return max((len(list(same)) for _, same in groupby(kept)), default=0)


def _again(pieces: Iterable[str]) -> bool:
    kept = [" ".join(_words(_MARK.sub("", piece))) for piece in pieces]
    kept = [words for words in kept if len(words.split()) >= _LEAST_WORDS]
    return _rows(kept) >= _IN_A_ROW or max(Counter(kept).values(), default=0) >= _AT_ALL


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("’", "'"))


def _runs(words: Sequence[str]) -> bool:
    for length in range(1, _LONGEST + 1):
        wanted = max(_RUN * length, _RUN_WORDS) - length
        same = 0
        for at in range(length, len(words)):
            same = same + 1 if words[at] == words[at - length] else 0
            if same >= wanted:
                return True
    return False
