"""The engines of a conversation, each loaded when first asked for; kinds are found by file name."""

from __future__ import annotations

import importlib
import pkgutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from agent.dialogue import Dialogue
from agent.engines.choice import Choice
from agent.voice import Voice
from perception.hearing import Hearing
from perception.seeing.eyes import Eyes
from perception.types import UserError
from safety.audit import Audit
from safety.guard import Guard

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Engines:
    """What a conversation works with. Each field loads its engine once and returns it."""

    choice: Callable[[], Choice]
    dialogue: Callable[[], Dialogue]
    hearing: Callable[[], Hearing]
    voice: Callable[[], Voice]
    eyes: Callable[[], Eyes]
    guard: Callable[[], Guard]
    audit: Callable[[], Audit]
    ready: Callable[[], bool]
    """Whether the dialogue model is loaded."""
    close: Callable[[], None]


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


def names(package: str) -> tuple[str, ...]:
    """The engines of a package: its modules that have a `load` function, by file name."""
    path = importlib.import_module(package).__path__
    found = (module.name for module in pkgutil.iter_modules(path))
    return tuple(name for name in found if hasattr(_module(package, name), "load"))


def find(package: str, name: str) -> Callable[..., Any]:
    """The `load` function of an engine; UserError when there is none of that name."""
    known = names(package)
    if name not in known:
        raise UserError(f"There is no engine named {name}.", f"Choose one of: {', '.join(known)}.")
    load: Callable[..., Any] = _module(package, name).load
    return load


def _module(package: str, name: str) -> Any:
    return importlib.import_module(f"{package}.{name}")
