"""What `candor train --json` prints: one of these a line, for a window that follows it."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from agent.adapters.store import About
from agent.training.chat.prepare import Counts
from agent.training.chat.sources import DataProblem
from agent.training.core.progress import TrainingProgress
from desktop.cli.terminal_text import json_text
from perception.messages import Notice


class Event(msgspec.Struct, frozen=True, tag_field="event", tag=str.lower):
    """Each line names its kind in `event`."""


class Prepared(Event, frozen=True):
    """What was found in the data. `samples` are pairs of what is asked and what is answered."""

    problems: tuple[DataProblem, ...]
    train: int
    dev: int
    samples: tuple[tuple[str, str], ...] = ()
    counts: Counts | None = None
    seconds: float = 0.0
    """Of sound, where the data are recordings."""

    @property
    def fatal(self) -> bool:
        """Whether something prevents training."""
        return any(problem.fatal for problem in self.problems)


class Expected(Event, frozen=True):
    """What a training takes: seconds, and bytes of memory and of disk; 0 is not known (yet)."""

    seconds: float
    memory: int = 0
    disk: int = 0


class Said(Event, frozen=True):
    """A line for the person."""

    told: Notice


class Step(Event, frozen=True):
    """How far the training is."""

    now: TrainingProgress


class Made(Event, frozen=True):
    """The training is over, and this came out."""

    about: About


class Row(msgspec.Struct, frozen=True):
    """An adapter in the list. `problem` says why it cannot be used; `on` whether it is."""

    folder: str
    about: About
    problem: Notice | None
    on: bool


class Base(msgspec.Struct, frozen=True):
    """A model that can be trained. `small`: also all of its weights."""

    id: str
    title: str
    small: bool


class Listed(Event, frozen=True):
    """All adapters. `open` names trainings that were begun and have no adapter yet.

    `bases` are the models that can be trained, first the one that answers now.
    """

    adapters: tuple[Row, ...]
    open: tuple[str, ...] = ()
    bases: tuple[Base, ...] = ()


class Done(Event, frozen=True):
    """What was asked for is done."""

    told: Notice


class Wrong(Event, frozen=True):
    """It failed: what happened, and what to do next. `gate`: because the adapter is worse.

    `short`: because so many bytes of memory are missing.
    """

    told: Notice
    gate: bool = False
    short: int = 0


Line: TypeAlias = Prepared | Expected | Said | Step | Made | Listed | Done | Wrong

_decoder: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)


def encode(event: Line) -> str:
    """One line, without its end."""
    return json_text(event)


def decode(line: bytes) -> Line:
    """The event of a line; msgspec.MsgspecError where it is none."""
    return _decoder.decode(line)
