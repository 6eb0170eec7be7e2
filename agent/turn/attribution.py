"""Which evidence a sentence rests on: what it cites, and what it plainly repeats."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.turn.segmentation import CITED, cited
from perception.fusion import ATTACHED
from perception.types import Evidence

_TOKEN = re.compile(r"[0-9]+(?:[.,:][0-9]+)*|[^\W\d_]+", re.UNICODE)
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ENOUGH = 0.5
_MOST_SAID = 0.5
_RUN = 3
_TELLING_DIGITS = 3
_MOST_PARTS = 2
"""Parts of attached texts that a sentence is said to rest on."""
NUMBERS = {
    word: str(value)
    for value, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
}
_EMPTY = frozenset(
    _TOKEN.findall(
        "a an and are as at be by for from has have in is it its of on or that the their there"
        " this to was were will with you your left right centre center middle top bottom view text"
        " probably maybe picture"
    )
)


def rests_on(sentence: str, evidence: Sequence[Evidence]) -> tuple[int, ...]:
    """Ids of the evidence in `sentence`: cited ones first, then those whose words it repeats.

    An item is repeated when half of the words of one of its lines are there, when they are half
    of the sentence, when three of them stand in a row, or when a long number is the same. What
    the user said is no evidence for an answer.
    """
    shown = [item for item in evidence if item.kind != "heard"]
    marked = cited(sentence, (item.id for item in shown))
    words = _words(CITED.sub("", sentence))
    repeated = [item for item in shown if _repeats(words, item)]
    # Parts of one text speak of the same: those that share the most words count.
    parts = sorted(
        (item for item in repeated if item.kind == ATTACHED),
        key=lambda item: -len(set(words) & set(_words(item.text))),
    )
    far = {item.id for item in parts[_MOST_PARTS:]}
    near = (item.id for item in repeated if item.id not in far)
    return tuple(dict.fromkeys((*marked, *near)))


def _words(text: str) -> list[str]:
    words = list[str]()
    for token in _TOKEN.findall(text.casefold()):
        if _WIDE.search(token):
            words += [token[i : i + 2] for i in range(max(1, len(token) - 1))]
        elif token not in _EMPTY:
            # A plural is the same thing; a number is, however it is written.
            single = token[:-1] if len(token) > 3 and token.endswith("s") else token
            words.append(NUMBERS.get(token, single))
    return words


def _repeats(said: list[str], item: Evidence) -> bool:
    shown = _words(item.text)
    there = set(said)
    shared = there & set(shown)
    if any(sum(map(str.isdigit, word)) >= _TELLING_DIGITS for word in shared):
        return True
    if len(shared) > 1 and len(shared) >= _MOST_SAID * len(there):
        return True
    if item.kind == "text":
        return any(_holds(there, line) for line in item.text.splitlines()) or _in_a_row(said, shown)
    return not all(map(str.isdigit, shared)) and len(shared) >= _ENOUGH * len(set(shown))


def _holds(there: set[str], line: str) -> bool:
    wanted = set(_words(line))
    return len(wanted) > 1 and len(wanted & there) > _ENOUGH * len(wanted)


def _in_a_row(said: list[str], shown: list[str]) -> bool:
    runs = {tuple(shown[i : i + _RUN]) for i in range(len(shown) - _RUN + 1)}
    return any(tuple(said[i : i + _RUN]) in runs for i in range(len(said) - _RUN + 1))
