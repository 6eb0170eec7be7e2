"""The engines that there are: each a file with a frozen `ENGINE`, found by looking into its folder.

An installed package adds one by an entry point of the group `candor.dialogue`, `candor.hearing`
or `candor.voice` that names such a value. An engine that cannot be imported is logged, left out,
and the rest work. Importing an engine's file is cheap: what is heavy is imported by its `load`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol, TypeVar

from agent.codes import AgentCode
from agent.dialogue import DialogueEngine
from agent.voice import VoiceEngine
from perception.discovery import declared
from perception.hearing import HearingEngine
from perception.types import UserError


class Named(Protocol):
    """Any kind of engine."""

    @property
    def name(self) -> str:
        """What settings call it."""
        ...


E = TypeVar("E", bound=Named)


@cache
def dialogue_engines() -> tuple[DialogueEngine, ...]:
    """Engines that continue a conversation, by name."""
    return found("agent.dialogue", "candor.dialogue", DialogueEngine)


@cache
def hearing_engines() -> tuple[HearingEngine, ...]:
    """Speech recognisers, by name."""
    return found("perception.hearing", "candor.hearing", HearingEngine)


@cache
def voice_engines() -> tuple[VoiceEngine, ...]:
    """Voices, by name."""
    return found("agent.voice", "candor.voice", VoiceEngine)


def named(engines: Sequence[E], name: str) -> E:
    """The engine of that name; UserError when there is none."""
    for engine in engines:
        if engine.name == name:
            return engine
    known = ", ".join(engine.name for engine in engines)
    raise UserError(AgentCode.ENGINE_UNKNOWN, name=name, known=known)


def found(package: str, group: str, kind: type[E]) -> tuple[E, ...]:
    """All engines of a kind, sorted by name; of two with one name, the package's own."""
    engines = dict[str, E]()
    for _, engine in declared(package, "ENGINE", group, kind):
        engines.setdefault(engine.name, engine)
    return tuple(engines[name] for name in sorted(engines))
