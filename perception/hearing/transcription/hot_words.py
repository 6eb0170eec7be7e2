"""Contextual biasing: likely names tried in place of what was decoded, judged by the sound.

The decoder writes what it would write anyway. Then each expected word that it nearly began at
some place is put there, and the whole sentence is scored against the sound again; it stays only
where it costs less than a bounded advantage. So a word is never written that the sound does not
carry. (Rescoring of hypotheses, as in Ortmanns, Ney and Aubert, "A word graph algorithm", 1997.)
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from perception.hearing import Hints
from perception.hearing.transcription.recogniser import Decoded, Recogniser

_ADVANTAGE = 8.0
_CORRECTED = 14.0
_ALIKE = 0.5
_SURE = 0.9
_MOST_TRIED = 4
_LONGEST_SPAN = 3
_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class _Expected:
    """A word that may have been said, how alike it looks, and its advantage in nats."""

    word: str
    alike: float
    advantage: float


@dataclass(frozen=True, slots=True)
class _Trial:
    """A text with an expected word in place of others; how alike they look, and its advantage."""

    tokens: tuple[int, ...]
    alike: float
    advantage: float


def preferred(
    recogniser: Recogniser, encoded: Any, language: str, decoded: Decoded, hints: Hints
) -> Decoded:
    """The decoding with expected words where the sound carries them."""
    ids = [token for token in decoded.tokens if token < recogniser.tokens.end]
    unsure = [chance < _SURE for chance in decoded.chances] or [True] * len(ids)
    found = _trials(recogniser, ids, unsure, hints)
    trials = sorted(found, key=lambda trial: -trial.alike)[:_MOST_TRIED]
    if not trials:
        return decoded
    texts = [tuple(ids), *(trial.tokens for trial in trials)]
    scores = recogniser.score(encoded, language, texts)
    if not scores:
        return decoded
    own = sum(scores[0])
    gains = [
        sum(logs) + trial.advantage - own for logs, trial in zip(scores[1:], trials, strict=True)
    ]
    best = max(range(len(trials)), key=gains.__getitem__)
    if gains[best] <= 0:
        return decoded
    logs = scores[best + 1]
    chances = tuple(math.exp(log) for log in logs[:-1])
    return Decoded(trials[best].tokens, sum(logs) / len(logs), decoded.no_speech, chances)


def _trials(
    recogniser: Recogniser, ids: Sequence[int], unsure: Sequence[bool], hints: Hints
) -> Iterator[_Trial]:
    words = recogniser.tokens.words(ids)
    plain = [_EDGES.sub("", text).casefold() for text, _ in words]
    for first in range(len(words)):
        for last in range(first, min(len(words), first + _LONGEST_SPAN)):
            said = " ".join(filter(None, plain[first : last + 1]))
            if not said:
                continue
            start, end = words[first][1][0], words[last][1][-1] + 1
            doubtful = any(unsure[start:end])
            for expected in _candidates(said, hints if doubtful else replace(hints, words=())):
                tokens = _put(recogniser, ids, words[first : last + 1], expected.word)
                yield _Trial(tokens, expected.alike, expected.advantage)


def _candidates(said: str, hints: Hints) -> Iterator[_Expected]:
    for wrong, right in hints.instead:
        if said == wrong.casefold():
            yield _Expected(right, 1.0, _CORRECTED)
    for word in hints.words:
        if said != word.casefold() and (alike := likeness(said, word)) >= _ALIKE:
            yield _Expected(word, alike, _ADVANTAGE)


def _put(
    recogniser: Recogniser,
    ids: Sequence[int],
    span: Sequence[tuple[str, list[int]]],
    word: str,
) -> tuple[int, ...]:
    """`word` in place of the words of `span`, which keep their space and what closes them."""
    start, end = span[0][1][0], span[-1][1][-1] + 1
    spaced = recogniser.tokens.piece(ids[start]).startswith(" ")
    closing = re.search(r"\W*$", span[-1][0])
    tail = closing[0] if closing else ""
    new = recogniser.tokens.ids((" " if spaced else "") + word + tail)
    return (*ids[:start], *new, *ids[end:])


def likeness(said: str, word: str) -> float:
    """How alike two words look and sound, 0 to 1."""
    one, other = said.casefold().replace(" ", ""), word.casefold().replace(" ", "")
    spelled = SequenceMatcher(None, one, other, autojunk=False).ratio()
    sounded = SequenceMatcher(None, skeleton(one), skeleton(other), autojunk=False).ratio()
    return max(spelled, sounded)


def skeleton(word: str) -> str:
    """The consonants as English speakers say them, roughly: for finding what was misheard."""
    text = word.casefold()
    for pattern, sound in _SOUNDS:
        text = re.sub(pattern, sound, text)
    text = text[:1] + re.sub(r"[aeiouy]", "", text[1:])
    return re.sub(r"(.)\1+", r"\1", text)


_SOUNDS = (
    (r"[^\w]", ""),
    (r"^(?:kn|gn)", "n"),
    (r"^wr", "r"),
    (r"si(?=o)|sch|tsch|tch|ch|sh|ti(?=on)", "S"),
    (r"ph", "f"),
    (r"bh|mh(?=[aeiou]|$)", "v"),
    (r"gh|(?<=[aeiou])w|h(?![aeiou])", ""),
    (r"dg|j", "j"),
    (r"ck|c(?![eiy])|q|k", "k"),
    (r"c(?=[eiy])|z|s", "s"),
    (r"x", "ks"),
    (r"^[aeiouy]", "a"),
)
