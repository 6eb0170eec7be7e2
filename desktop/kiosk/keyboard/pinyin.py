"""Chinese from pinyin: what may be meant by the letters typed so far."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

_FOLDER = Path(__file__).parent
APART = "'"
"""Typed between two syllables that could be read as one: xi'an."""
_LONGEST = 6
"""Letters of the longest syllable, zhuang."""
_MOST_SYLLABLES = 5
_WORD_COST = 7.0
_EACH_WORD = 0.4
_MOST = 60
_FIRST = 5
"""So many characters of one syllable come before words."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Characters that may be meant, and how many of the typed letters they stand for."""

    text: str
    used: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Characters by syllable and words by their syllables, the most used first."""

    characters: dict[str, tuple[tuple[str, int], ...]]
    words: dict[tuple[str, ...], tuple[str, ...]]
    syllables: frozenset[str]
    spelled: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Of each reading its letters, its initials and its words."""

    def candidates(self, typed: str) -> tuple[Candidate, ...]:
        """What may be meant, the likeliest first; the letters may end within a syllable."""
        found = dict.fromkeys(self._found(typed)) if typed.strip(APART) else {}
        return tuple(found)[:_MOST]

    def _found(self, typed: str) -> Iterator[Candidate]:
        begun = sorted(self._begun(typed), key=lambda each: -each.used)
        one = [Candidate(each, len(typed)) for each, _ in self.characters.get(typed, ())]
        one = one or list(self._unfinished(typed))
        yield from one[:_FIRST]
        yield from (each for each in begun if each.used == len(typed))
        if not one and (whole := self._sentence(typed)):
            yield Candidate(whole, len(typed))
        yield from islice(self._completed(typed), _FIRST)
        yield from begun
        yield from one
        for end, syllable in sorted(self._heads(typed, 0), reverse=True):
            yield from (Candidate(each, end) for each, _ in self.characters.get(syllable, ()))

    def _heads(self, typed: str, start: int) -> Iterator[tuple[int, str]]:
        """The syllables that may begin here, each with its end."""
        while typed[start : start + 1] == APART:
            start += 1
        for end in range(start + 1, min(len(typed), start + _LONGEST) + 1):
            if typed[start:end] in self.syllables:
                yield end, typed[start:end]

    def _paths(
        self, typed: str, start: int, before: tuple[str, ...] = ()
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows of syllables that may begin here, each with its end."""
        for end, syllable in self._heads(typed, start):
            path = (*before, syllable)
            yield end, path
            if len(path) < _MOST_SYLLABLES:
                yield from self._paths(typed, end, path)

    def _begun(self, typed: str) -> Iterator[Candidate]:
        """Words that the letters begin with."""
        for end, path in self._paths(typed, 0):
            yield from (Candidate(word, end) for word in self.words.get(path, ()))

    def _completed(self, typed: str) -> Iterator[Candidate]:
        """Words that begin with the letters, or whose syllables do: nih and nh are 你好."""
        if len(typed) < 2:
            return
        for spelled, initials, words in self.spelled:
            if spelled.startswith(typed) or initials == typed:
                yield from (Candidate(word, len(typed)) for word in words)

    def _unfinished(self, typed: str) -> Iterator[Candidate]:
        """Characters of the syllables that begin with these letters."""
        begun = [
            (-count, one)
            for syllable, uses in self.characters.items()
            if syllable != typed and syllable.startswith(typed)
            for one, count in uses[:20]
        ]
        yield from (Candidate(one, len(typed)) for _, one in sorted(begun))

    def _sentence(self, typed: str) -> str:
        """All of the letters as words and characters in a row; empty where they end in between."""
        best: list[tuple[float, str] | None] = [(0.0, ""), *([None] * len(typed))]
        for start in range(len(typed)):
            so_far = best[start]
            if so_far is None:
                continue
            for end, path in self._paths(typed, start):
                step = self._step(path)
                cost = so_far[0] + step[0] if step else math.inf
                known = best[end]
                if step and (known is None or cost < known[0]):
                    best[end] = (cost, so_far[1] + step[1])
        last = best[len(typed)]
        return last[1] if last else ""

    def _step(self, path: tuple[str, ...]) -> tuple[float, str] | None:
        """The likeliest word or character of these syllables, with its cost."""
        if words := self.words.get(path):
            return _WORD_COST + _EACH_WORD * len(path), words[0]
        if len(path) == 1 and (uses := self.characters.get(path[0])):
            one, count = uses[0]
            return math.log(1_000_000 / (count + 1)), one
        return None


@cache
def lexicon() -> Lexicon:
    """The shipped one, read once."""
    characters = {
        syllable: tuple((use[0], int(use[1:])) for use in uses)
        for syllable, *uses in _rows("characters.txt")
    }
    words: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for word, *syllables in _rows("words.txt"):
        words[tuple(syllables)].append(word)
    known = frozenset(characters).union(*words)
    by_reading = {reading: tuple(there) for reading, there in words.items()}
    spelled = tuple(
        ("".join(reading), "".join(each[0] for each in reading), there)
        for reading, there in by_reading.items()
    )
    return Lexicon(characters, by_reading, known, spelled)


def _rows(name: str) -> Iterator[list[str]]:
    for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()
