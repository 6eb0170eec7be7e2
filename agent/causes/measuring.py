"""What an answer rests on: every sentence is scored again without the lines that were shown."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence

from agent.causes import variants
from agent.causes.claims import claims
from agent.causes.scoring import Lines, Scoring
from agent.causes.search import CauseSearch, Search
from agent.dialogue import ForcedScoring
from agent.types import Message
from safety.types import Cause, CauseKind, GivenSentence

_USUAL = 4
"""So many variants of the prompt are read for most answers; for the progress that is shown."""


class CauseMeasurement:
    """Measures one answer. It may be left at any step and begun again: what was read is kept.

    `prompt` is the user's message as the model read it; `messages` makes the whole prompt of one.
    """

    def __init__(
        self,
        engine: ForcedScoring,
        prompt: str,
        question: str,
        sentences: Sequence[GivenSentence],
        messages: Callable[[Message], Sequence[Message]],
    ) -> None:
        self._lines = variants.lines(prompt)
        self._scoring = Scoring(engine, prompt, messages)
        self._sentences = sentences
        self._claims = tuple(claims(question, sentences))
        self._read = 0

    def steps(self) -> Generator[float, None, tuple[Cause, ...]]:
        """The causes in the order of the sentences; yields about how much of it is done."""
        self._read = 0
        found = (yield from self._search()) if self._lines else []
        return tuple(sorted((*found, *self._rest(found)), key=lambda cause: cause.sentence))

    def _search(self) -> Generator[float, None, list[Cause]]:
        """All claims side by side, so that those who want the same variant share its prompt."""
        found: list[Cause] = []
        open_ = [
            CauseSearch(c, self._lines, self._sentences[c.sentence].evidence, self._scoring)
            for c in self._claims
        ]
        waiting = [(search, search.steps()) for search in open_]
        while waiting:
            wanted = [*_advance(waiting, found)]
            for removed in dict.fromkeys(lines for _, _, lines in wanted):
                for search, _, lines in wanted:
                    if lines == removed:
                        for _ in self._scoring.read(search.claim, removed):
                            yield self._share()
                self._read += 1
                yield self._share()
            waiting = [(search, steps) for search, steps, _ in wanted]
        return found

    def _share(self) -> float:
        return min(0.95, (self._read + 0.5) / (_USUAL + 1))

    def _rest(self, found: Sequence[Cause]) -> Iterator[Cause]:
        """What was not measured: from memory where nothing was shown, else Candor's own words."""
        known = {cause.sentence for cause in found}
        claimed = {claim.sentence for claim in self._claims}
        for place, given in enumerate(self._sentences):
            if place not in known and given.text.strip():
                memory = not self._lines and place in claimed
                yield Cause(place, CauseKind.MEMORY if memory else CauseKind.OWN)


def _advance(
    waiting: Sequence[tuple[CauseSearch, Search]], found: list[Cause]
) -> Iterator[tuple[CauseSearch, Search, Lines]]:
    """What each search wants to know next; the causes of those that are over."""
    for search, steps in waiting:
        try:
            yield search, steps, next(steps)
        except StopIteration as end:
            found.append(end.value)
