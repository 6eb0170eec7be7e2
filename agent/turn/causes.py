"""What answers rest on, measured on request, a little at a time while nothing else is done."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace

from agent.causes.measuring import CauseMeasurement
from agent.codes import AgentCode
from agent.dialogue import Dialogue, ForcedScoring
from agent.events import CausesMeasured, Event
from agent.memory.history import History, StoredTurn
from agent.prompting.messages import Prompting
from agent.turn.generation import Generation
from agent.types import Message
from perception.messages import notice
from perception.types import UserError
from safety.types import Cause, Explanation

_log = logging.getLogger("candor.turn")
_STEP = 0.05
"""So much more has to be done before it is told again."""

_MOST_WAITING = 8


class TurnCauses:
    """The measurements that were asked for, the newest first. Thread: converse.

    Pausing gives the engine free at once; what was read already is not read again.
    """

    def __init__(self, history: History, emit: Callable[[Event], None]) -> None:
        self._history, self._emit = history, emit
        self._waiting: list[str] = []
        self._begun: dict[tuple[str, str], CauseMeasurement] = {}
        """By turn and answer: an answer may be continued meanwhile."""
        self._steps: Generator[float, None, tuple[Cause, ...]] | None = None
        self._told = 0.0

    @property
    def waiting(self) -> bool:
        """Whether something is to be measured."""
        return bool(self._waiting)

    def ask(self, turn: str) -> None:
        """Measure a turn as soon as there is time; what is known already is told at once."""
        kept = self._history.turn(turn)
        why = kept.why if kept else None
        if kept is None or why is None or not (kept.prompt and why.sentences):
            problem = notice(AgentCode.CAUSES_OF_NOTHING)
            self._emit(CausesMeasured(turn, 1.0, why, problem))
        elif why.causes:
            self._emit(CausesMeasured(turn, 1.0, why))
        else:
            self.pause()
            self._waiting = [turn, *(each for each in self._waiting if each != turn)]
            del self._waiting[_MOST_WAITING:]
            self._emit(CausesMeasured(turn, 0.0))

    def pause(self) -> None:
        """Give the engine free."""
        if self._steps is not None:
            self._steps.close()
            self._steps = None

    def forget_engine(self) -> None:
        """Another model is loaded: what the last one scored says nothing of it."""
        self.pause()
        self._begun.clear()

    def step(self, writing: Generation) -> bool:
        """Do a little of it; False where there is nothing to do."""
        if not self._waiting or not writing.engines.ready():
            return False
        turn = self._waiting[0]
        try:
            self._advance(turn, writing)
        except UserError as error:
            self._end(turn, None, error)
        except Exception as error:
            _log.exception("the causes were not measured")
            self._end(turn, None, UserError(AgentCode.SOMETHING_BROKE, kind=type(error).__name__))
        return True

    def measure(self, kept: StoredTurn, writing: Generation) -> Generator[None, None, StoredTurn]:
        """Measure a turn now; the same turn with its causes. UserError where that cannot be."""
        steps = self._measurement(kept, writing).steps()
        try:
            while True:
                next(steps)
                yield
        except StopIteration as end:
            return replace(kept, why=self._keep(kept, end.value))
        finally:
            steps.close()
            self._forget(kept.id)

    def _advance(self, turn: str, writing: Generation) -> None:
        if self._steps is None:
            kept = self._history.turn(turn)
            if kept is None:
                self._waiting.remove(turn)
                return
            self._steps, self._told = self._measurement(kept, writing).steps(), 0.0
        try:
            done = next(self._steps)
        except StopIteration as end:
            kept = self._history.turn(turn)
            self._end(turn, self._keep(kept, end.value) if kept else None, None)
            return
        if done >= self._told + _STEP:
            self._told = done
            self._emit(CausesMeasured(turn, done))

    def _end(self, turn: str, why: Explanation | None, error: UserError | None) -> None:
        self.pause()
        self._waiting.remove(turn)
        self._forget(turn)
        self._emit(CausesMeasured(turn, 1.0, why, error.notice if error else None))

    def _keep(self, kept: StoredTurn, causes: tuple[Cause, ...]) -> Explanation:
        why = replace(kept.why or Explanation.of_notes(), causes=causes)
        self._history.explain(kept.id, why)
        return why

    def _measurement(self, kept: StoredTurn, writing: Generation) -> CauseMeasurement:
        key = (kept.id, kept.reply)
        if key not in self._begun:
            dialogue = writing.engines.dialogue()
            self._begun[key] = _begin(kept, dialogue, writing.prompting)
        return self._begun[key]

    def _forget(self, turn: str) -> None:
        self._begun = {key: each for key, each in self._begun.items() if key[0] != turn}


def _begin(kept: StoredTurn, dialogue: Dialogue, prompting: Prompting) -> CauseMeasurement:
    if not isinstance(dialogue, ForcedScoring):
        raise UserError(AgentCode.CAUSES_NEED_SCORES, engine=dialogue.name)
    room = dialogue.context - dialogue.count(kept.reply)

    def messages(now: Message) -> Sequence[Message]:
        return prompting.messages(kept.chat, now, room, dialogue.count, kept.id)

    sentences = kept.why.sentences if kept.why else ()
    return CauseMeasurement(dialogue, kept.prompt, kept.asked, sentences, messages)
