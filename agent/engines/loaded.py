"""The engines of one conversation, each loaded when it is first asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from agent.dialogue import Dialogue
from agent.engines.choice import Choice
from agent.threads import start
from agent.voice import Voice
from perception.hearing import Hearing
from perception.seeing.eyes import VisionPipeline
from safety.audit.log import Audit
from safety.guard import Guard

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Engines:
    """What a conversation works with. Each field loads its engine once and returns it."""

    choice: Callable[[], Choice]
    dialogue: Callable[[], Dialogue]
    hearing: Callable[[], Hearing]
    voice: Callable[[], Voice]
    eyes: Callable[[], VisionPipeline]
    guard: Callable[[], Guard]
    audit: Callable[[], Audit]
    ready: Callable[[], bool]
    """Whether the dialogue model is loaded."""
    close: Callable[[], None]


_PATIENCE = 0.02
"""Seconds between two looks whether the model is there."""


def wait_for_dialogue(engines: Engines) -> Iterator[None]:
    """Steps until the dialogue model is loaded, at each of which one may stop.

    Raises what loading it raises.
    """
    if engines.ready():
        return
    failed = list[Exception]()

    def load() -> None:
        try:
            engines.dialogue()
        except Exception as error:
            failed.append(error)

    loading = start("load-dialogue", load)
    while loading.is_alive():
        loading.join(_PATIENCE)
        yield
    if failed:
        raise failed[0]


class Once(Generic[T]):
    """Calls `load` at the first call and keeps its result; a failed load is tried again."""

    def __init__(self, load: Callable[[], T]) -> None:
        self._load, self._lock = load, threading.Lock()
        self._value: list[T] = []

    def __call__(self) -> T:
        with self._lock:
            if not self._value:
                self._value.append(self._load())
            return self._value[0]

    def loaded(self) -> T | None:
        """The value, if there is one yet."""
        return self._value[0] if self._value else None
