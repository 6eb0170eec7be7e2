"""Drives turn-taking on a made-up trace: voices and silences in seconds, events in between."""

from __future__ import annotations

from typing import TypeVar

from perception.audio.ipc.messages import Mode, TurnPhase
from perception.audio.turns.events import (
    Action,
    AskEndpoint,
    Endpoint,
    EndTurn,
    Event,
    Frame,
    ModeChanged,
    ReportPause,
    Show,
    StartTurn,
    WordsRecognised,
)
from perception.audio.turns.machine import MachineState, Rules, step

_FRAME = 0.032
_A = TypeVar("_A", bound=Action)


class Talk:
    """The machine with a clock; remembers each action and when it came.

    `text` is what the mind understands 0.25 s after each pause (None: it says nothing), `complete`
    what smart-turn answers 0.05 s after its question (None: nothing).
    """

    def __init__(
        self, mode: Mode = Mode.OPEN, rules: Rules | None = None, complete: float | None = 0.98
    ) -> None:
        self.rules = rules or Rules()
        self.now = 10.0
        self.text: str | None = "What is the time?"
        self.complete = complete
        self.done: list[tuple[float, Action]] = []
        self._later: list[tuple[float, Event]] = []
        self.state = MachineState("t")
        self.tell(ModeChanged(mode, self.now))

    def tell(self, event: Event) -> list[Action]:
        """One event; what is done for it."""
        self.state, actions = step(self.state, event, self.rules)
        for action in actions:
            self.done.append((self.now, action))
            if isinstance(action, AskEndpoint) and self.complete is not None:
                answer = Endpoint(action.turn, action.at, self.complete)
                self._later.append((self.now + 0.05, answer))
            if isinstance(action, ReportPause) and self.text is not None:
                self._later.append(
                    (self.now + 0.15, WordsRecognised(action.turn, self.text, action.at))
                )
        return list(actions)

    def hear(
        self,
        seconds: float,
        voice: float,
        far: bool = False,
        echo: float = 0.0,
        faded: bool = False,
    ) -> None:
        """So many seconds of one probability."""
        for _ in range(round(seconds / _FRAME)):
            self.now += _FRAME
            due = [event for at, event in self._later if at <= self.now]
            self._later = [(at, event) for at, event in self._later if at > self.now]
            for event in due:
                self.tell(event)
            self.tell(Frame(self.now, voice, far, echo, faded))

    def say(self, seconds: float, far: bool = False) -> None:
        """A voice."""
        self.hear(seconds, 0.95, far)

    def wait(self, seconds: float) -> None:
        """Silence."""
        self.hear(seconds, 0.02)

    def ask(self) -> str:
        """A whole question and its end; the turn's name."""
        self.say(1.5)
        self.wait(1.2)
        return self.last(EndTurn).turn

    def all(self, kind: type[_A]) -> list[_A]:
        """The actions of a kind, in order."""
        return [action for _, action in self.done if isinstance(action, kind)]

    def last(self, kind: type[_A]) -> _A:
        """The newest action of a kind."""
        return self.all(kind)[-1]

    def when(self, kind: type[Action]) -> float:
        """When the newest action of a kind came."""
        return [at for at, action in self.done if isinstance(action, kind)][-1]

    def kinds(self) -> list[str]:
        """The names of all actions but what is shown, in order."""
        return [type(action).__name__ for _, action in self.done if not isinstance(action, Show)]

    def phases(self) -> list[TurnPhase]:
        """What was shown, in order."""
        return [action.phase for action in self.all(Show)]

    @property
    def turns(self) -> int:
        """How many turns have begun."""
        return len(self.all(StartTurn))
