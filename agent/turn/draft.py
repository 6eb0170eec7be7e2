"""An answer that is written before it is sure that its question was asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from agent.turn.context import OpenTurn
from agent.turn.generation import Steps, Writing
from agent.turn.moderation import Given
from agent.turn.question import Question
from agent.types import Ended
from perception.types import Heard


@dataclass(slots=True)
class Draft:
    """What was written so far is kept here, and nowhere else, until the turn is real."""

    turn: OpenTurn
    asked: Question
    heard: Heard
    writing: Writing
    _held: deque[Given] = field(default_factory=deque)
    _steps: Steps | None = None
    _ended: Ended | None = None

    def step(self) -> bool:
        """Write a little more; False when the answer is whole."""
        if self._steps is None:
            self._steps = self._all()
        try:
            given = next(self._steps)
        except StopIteration as end:
            self._ended = end.value
            return False
        if given is not None:
            self._held.append(given)
        return True

    def fits(self, asked: Question, heard: Heard | None, writing: Writing) -> bool:
        """Whether it answers just this question, with these engines and settings."""
        return (
            heard is self.heard
            and writing is self.writing
            and asked.chat == self.asked.chat
            and asked.pictures == self.asked.pictures
            and asked.replaces == self.asked.replaces
        )

    def begin(self, turn: OpenTurn) -> OpenTurn:
        """The turn is real now; `turn` is it as it began."""
        self.turn.started, self.turn.chat, self.turn.stored = turn.started, turn.chat, turn.stored
        self.turn.marks.update(turn.marks)
        self.turn.notes = turn.notes + self.turn.notes
        return self.turn

    def steps(self) -> Steps:
        """What was written, then the rest as it is written."""
        while self._held:
            yield self._held.popleft()
        if self._steps is not None and self._ended is None:
            self._ended = yield from self._steps
        return self._ended or Ended.DONE

    def close(self) -> None:
        """Drop it; the engine is free afterwards."""
        if self._steps is not None:
            self._steps.close()

    def _all(self) -> Steps:
        yield from _nothing(self.writing.prepare(self.turn, self.asked, self.heard.text))
        return (yield from self.writing.write(self.turn, self.asked))


def _nothing(steps: Iterator[None]) -> Steps:
    yield from steps
    return Ended.DONE
