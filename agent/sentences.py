"""Cuts a stream of tokens into pieces that can be checked, shown and spoken.

The first piece is cut early, at a clause, so that the voice can start; the rest are sentences.
Inside a code fence a piece is a line.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agent.dialogue import Token

_FIRST_CLAUSE_WORDS = 4
_LONGEST = 600
_CLOSERS = "\"'”’)]*_»"
_WIDE_ENDS = "。！？；"
_ABBREVIATION = re.compile(
    r"(?:(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|No|vs|etc|approx|ca|cf|fig|e\.g|i\.e|a\.m|p\.m)"
    r"|(?:^|\n)\s*\d{1,3})\.$",
    re.IGNORECASE,
)
CITED = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text with the geometric mean of its tokens' probabilities.

    `ended` is empty, or why the answer ended after this piece (`stop` or `length`).
    """

    text: str
    confidence: float
    ended: str


def pieces(tokens: Iterable[Token]) -> Iterator[Piece]:
    """Pieces of an answer; joined, they are its text."""
    text, logs = "", list[float]()
    fenced, first = False, True
    for token in tokens:
        text += token.text
        if token.text.strip():
            logs.append(math.log(max(token.probability, 1e-6)))
        while (end := _end(text, fenced, first)) > 0:
            piece, text = text[:end], text[end:]
            fenced = fenced != (piece.count("```") % 2 == 1)
            yield Piece(piece, _mean(logs), "")
            logs, first = [], False
        if token.ended:
            # The loop goes on to the end of `tokens`: the engine has its own work to finish.
            yield Piece(text, _mean(logs), token.ended)


def cited(text: str, known: Iterable[int]) -> tuple[int, ...]:
    """The evidence ids that a text cites, each once, in order."""
    there = set(known)
    found = (int(match) for match in CITED.findall(text))
    return tuple(dict.fromkeys(number for number in found if number in there))


def _mean(logs: list[float]) -> float:
    return math.exp(sum(logs) / len(logs)) if logs else 1.0


def _end(text: str, fenced: bool, first: bool) -> int:
    """Where the first piece of `text` ends, or 0 while it may still grow."""
    if fenced or text.lstrip().startswith("```"):
        return text.find("\n") + 1
    for place, mark in enumerate(text):
        if mark == "\n":
            return _after_newlines(text, place)
        if mark in _WIDE_ENDS:
            return _after_closers(text, place + 1)
        if mark in ".!?" and _is_stop(text, place):
            return _after_space(text, place + 1)
        if first and mark in ",;:，：" and _is_clause(text, place):
            return _after_space(text, place + 1)
    return _last_space(text) if len(text) > _LONGEST else 0


def _is_stop(text: str, place: int) -> bool:
    end = _after_closers(text, place + 1)
    if end >= len(text) or not text[end].isspace():
        return False
    return text[place] != "." or not _ABBREVIATION.search(text[: place + 1])


def _is_clause(text: str, place: int) -> bool:
    if text[place] in "，：":
        return place >= _FIRST_CLAUSE_WORDS
    follows = place + 1 < len(text) and text[place + 1].isspace()
    return follows and len(text[:place].split()) >= _FIRST_CLAUSE_WORDS


def _after_closers(text: str, place: int) -> int:
    while place < len(text) and text[place] in _CLOSERS:
        place += 1
    return place


def _after_space(text: str, place: int) -> int:
    place = _after_closers(text, place)
    while place < len(text) and text[place] == " ":
        place += 1
    return place


def _after_newlines(text: str, place: int) -> int:
    # A blank line belongs to the piece before it; it is complete once something else follows.
    end = place
    while end < len(text) and text[end] == "\n":
        end += 1
    return end if end < len(text) or end - place > 1 else 0


def _last_space(text: str) -> int:
    return text.rfind(" ", 0, _LONGEST) + 1 or _LONGEST
