"""Which lines one sentence rests on: they are taken away, the likeliest first, until it falls."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass

from agent.causes.claims import Claim
from agent.causes.scoring import Lines, Scoring
from agent.causes.words import overlap
from safety.types import Cause, CauseKind, LineEffect

ANYWAY = math.log(2)
"""What becomes less than so much rarer without all lines would have been said anyway."""

FALLS, RARER = 0.5, math.log(4)
"""A sentence falls when it loses so much of what all lines gave it, or becomes so much rarer."""

AGAINST = math.log(1.15)
"""A line works against a sentence that becomes so much more probable without the line."""

ALIKE = 0.3
"""How much of a line must stand in another for the two to speak of the same thing."""

_MOST_WEIGHED = 3
"""Of more lines that are needed together it is not asked which could be spared: it takes long."""

NOTHING: Lines = frozenset()

Search = Generator[Lines, None, Cause]
"""Yields the lines without which the sentence is to be scored next."""


@dataclass(frozen=True, slots=True)
class CauseSearch:
    """The search for one claim among `lines`; `cited` are those that the answer names for it."""

    claim: Claim
    lines: Mapping[int, str]
    cited: tuple[int, ...]
    scoring: Scoring

    def steps(self) -> Search:
        """With all lines, without the likeliest, with none, then without more of them.

        The order spares reading: what stands behind a line that is gone is read anew.
        """
        every, order = frozenset(self.lines), self._order()
        first = frozenset(order[:1])
        yield NOTHING
        opposing: list[LineEffect] = []
        if overlap(self._words(), self.lines[order[0]]):
            yield first
            if self._falls(first, ANYWAY):
                opposing = yield from self._opposing(first)
        yield every
        gain = max(self._drops(every))
        if gain < ANYWAY:
            return self._cause(CauseKind.ANYWAY, every, ())
        resting = yield from self._resting(order, max(ANYWAY, min(FALLS * gain, RARER)))
        effects = [self._effect(resting, number) for number in sorted(resting)]
        against = [effect for effect in opposing if effect.evidence not in resting]
        return self._cause(CauseKind.RESTS, every, (*effects, *against))

    def _resting(self, order: Sequence[int], least: float) -> Generator[Lines, None, Lines]:
        """The fewest lines without which it falls: how many of the likeliest, then which of them.

        The first alone is tried first; that all of them suffice is known.
        """
        stands, falls = 0, len(order)
        while falls - stands > 1:
            tried = stands + (falls - stands) // 2 if stands else 1
            yield frozenset(order[:tried])
            if self._falls(order[:tried], least):
                falls = tried
            else:
                stands = tried
        removed = list(order[:falls])
        if len(removed) == 1:
            return frozenset(removed)
        yield frozenset(removed[-1:])
        if self._falls(removed[-1:], least):
            return frozenset(removed[-1:])
        needed = list(removed)
        for number in removed[:-1] if len(removed) == _MOST_WEIGHED else ():
            fewer = [each for each in needed if each != number]
            yield frozenset(fewer)
            if self._falls(fewer, least):
                needed = fewer
        return frozenset(needed)

    def _words(self) -> str:
        return " ".join(word.shown for word in self.claim.words)

    def _order(self) -> list[int]:
        """The lines, those that share the most with the sentence first."""
        words = self._words()

        def key(number: int) -> tuple[float, bool, float]:
            line = self.lines[number]
            return (
                -overlap(words, line),
                number not in self.cited,
                -overlap(self.claim.text, line),
            )

        return sorted(self.lines, key=key)

    def _opposing(self, resting: Lines) -> Generator[Lines, None, list[LineEffect]]:
        """The line that works against it, if one does: that which is most like the others.

        A sentence that is certain has none: no line takes anything from it.
        """
        others = [number for number in self.lines if number not in resting]
        if not others or min(self.scoring.logs(self.claim, NOTHING)) > -AGAINST / 2:
            return []
        rests = " ".join(self.lines[number] for number in resting)
        best = max(others, key=lambda number: overlap(self.lines[number], rests))
        if overlap(self.lines[best], rests) < ALIKE:
            return []
        without = frozenset({best})
        yield without
        drops = self._drops(without)
        if min(drops) > -AGAINST:
            return []
        return [self._at(without, best, drops.index(min(drops)))]

    def _falls(self, removed: Iterable[int], least: float) -> bool:
        return max(self._drops(frozenset(removed))) >= least

    def _drops(self, removed: Lines) -> list[float]:
        """How much rarer each word becomes, as logarithms."""
        shown = self.scoring.logs(self.claim, NOTHING)
        without = self.scoring.logs(self.claim, removed)
        return [one - other for one, other in zip(shown, without, strict=True)]

    def _effect(self, removed: Lines, number: int) -> LineEffect:
        drops = self._drops(removed)
        return self._at(removed, number, drops.index(max(drops)))

    def _at(self, removed: Lines, number: int, word: int) -> LineEffect:
        shown = self.scoring.logs(self.claim, NOTHING)[word]
        without = self.scoring.logs(self.claim, removed)[word]
        text = self.claim.words[word].shown
        return LineEffect(number, text, round(math.exp(shown), 4), round(math.exp(without), 4))

    def _cause(self, kind: CauseKind, every: Lines, effects: Iterable[LineEffect]) -> Cause:
        told = self._effect(every, 0)
        return Cause(self.claim.sentence, kind, told.word, told.shown, told.without, tuple(effects))
