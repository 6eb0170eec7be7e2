"""Turn-taking as one pure state machine: no thread, no clock, no model.

    state, actions = step(state, event, rules)

listening -> user speaking -> maybe finished -> thinking -> speaking -> listening; while Candor
thinks or speaks, a voice is first held provisionally, then interrupts or is withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from perception.audio.messages import FloorPhase, Mode
from perception.audio.turn_events import Action, Event


@dataclass(frozen=True, slots=True)
class Rules:
    """When a voice begins, pauses, ends and interrupts. Probabilities 0 to 1, times in seconds.

    `patience` is the user's setting: so much more silence belongs to a turn.
    """

    patience: float = 0.0
    pre_roll: float = 0.4
    continue_within: float = 2.0


@dataclass(frozen=True, slots=True)
class State:
    """Everything that turn-taking remembers. Turns are named `<prefix>-<number>`."""

    prefix: str
    mode: Mode = Mode.HOLD
    muted: bool = False
    phase: FloorPhase = FloorPhase.OFF
    count: int = 0


def step(state: State, event: Event, rules: Rules) -> tuple[State, tuple[Action, ...]]:
    """The next state, and what is to be done now, in this order."""
    raise NotImplementedError(type(event).__name__, rules, state)
