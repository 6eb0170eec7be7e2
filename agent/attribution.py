"""Which evidence a sentence rests on: what it cites, and what it plainly repeats."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.sentences import cited
from perception.types import Evidence

_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+", re.UNICODE)
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ENOUGH = 0.6
_MOST_SAID = 0.5
_RUN = 3
_EMPTY = frozenset(
    _TOKEN.findall(
        "a an and are as at be by for from has have in is it its of on or that the their there"
        " this to was were will with you your left right centre center top bottom view text"
    )
)


def rests_on(sentence: str, evidence: Sequence[Evidence]) -> tuple[int, ...]:
    """Ids of the evidence in `sentence`: cited ones first, then those whose words it repeats.

    An item is repeated when most of its words are there, when they are half of the sentence, or
    when three of them stand in a row.
    """
    marked = cited(sentence, (item.id for item in evidence))
    words = _words(sentence)
    repeated = (
        item.id for item in evidence if item.kind != "heard" and _repeats(words, _words(item.text))
    )
    return tuple(dict.fromkeys((*marked, *repeated)))


def _words(text: str) -> list[str]:
    words = list[str]()
    for token in _TOKEN.findall(text.casefold()):
        if _WIDE.search(token):
            words += [token[i : i + 2] for i in range(max(1, len(token) - 1))]
        elif token not in _EMPTY:
            words.append(token)
    return words


def _repeats(said: list[str], shown: list[str]) -> bool:
    there, wanted = set(said), set(shown)
    shared = len(there & wanted)
    if not shared:
        return False
    if shared >= _ENOUGH * len(wanted) or (shared > 1 and shared >= _MOST_SAID * len(there)):
        return True
    runs = {tuple(shown[i : i + _RUN]) for i in range(len(shown) - _RUN + 1)}
    return any(tuple(said[i : i + _RUN]) in runs for i in range(len(said) - _RUN + 1))
