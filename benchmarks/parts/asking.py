"""The dialogue model that the guard's cascade asks, for a bench."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from agent.assembly import assemble
from agent.dialogue import Dialogue
from agent.settings import Settings
from agent.turn.inquiry import log_odds, messages
from perception.types import UserError
from safety.cascade import Ask, Cascade, Inquiry
from safety.types import Finding

Loader = Callable[[], Dialogue]


class AskingCascade(Cascade):
    """A cascade that asks at once, and tells of each text whether it asked and how long it took."""

    def __init__(self, ask: Ask) -> None:
        """`ask` answers an inquiry; while `paused` nobody is asked, as in a search for reasons."""
        super().__init__(self._asked)
        self._model, self.paused = ask, False
        self._settled, self._ms, self.unanswered = False, 0.0, 0

    def begin(self) -> None:
        """Another text follows."""
        self._settled, self._ms, self.unanswered = False, 0.0, 0

    @property
    def waited(self) -> float | None:
        """Milliseconds that the answers about this text took; None where nothing was in doubt."""
        return self._ms if self._settled else None

    def settled(self, finding: Finding, text: str) -> Finding:
        """The finding with the score that the answer gives it."""
        self._settled = self._settled or self.inquiry(finding.category, text) is not None
        return super().settled(finding, text)

    def _asked(self, inquiry: Inquiry) -> float:
        if self.paused:
            raise LookupError("nobody is asked")
        began = time.perf_counter()
        try:
            return self._model(inquiry)
        except Exception:
            self.unanswered += 1
            raise
        finally:
            self._ms += (time.perf_counter() - began) * 1e3


@dataclass(frozen=True, slots=True)
class Model:
    """The dialogue model, and the cascade that asks it."""

    dialogue: Dialogue
    cascade: AskingCascade


@contextmanager
def asking_model(wanted: bool, model: str) -> Iterator[Model | None]:
    """The model, loaded, which has read what all inquiries begin with.

    None where it is not wanted. Where the default one is not here, that is told, and None; one
    that was named must be here.
    """
    if not wanted:
        yield None
        return
    engines = assemble(Settings(dialogue_model=model, speak_answers=False), private=True)
    try:
        yield _loaded(engines.dialogue) if model else _default(engines.dialogue)
    finally:
        engines.close()


def _default(dialogue: Loader) -> Model | None:
    try:
        return _loaded(dialogue)
    except UserError as error:
        print(f"{error} The guard is measured alone.", file=sys.stderr)
        return None


def _loaded(load: Loader) -> Model:
    dialogue = load()

    def ask(inquiry: Inquiry) -> float:
        steps = log_odds(dialogue, inquiry)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return float(end.value)

    cascade = AskingCascade(ask)
    for opening in cascade.openings:
        with closing(dialogue.prefill(messages(opening)[:-1])) as reading:
            for _ in reading:
                pass
    return Model(dialogue, cascade)
