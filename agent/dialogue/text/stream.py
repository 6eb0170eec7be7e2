"""From a call that pushes to a generator that is pulled."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Item(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None


@dataclass(frozen=True, slots=True)
class Idle(Generic[T]):
    """What to yield every so many seconds while nothing comes, so that the consumer can stop."""

    value: T
    seconds: float = 0.1


def pull(run: Callable[[Callable[[T], bool]], None], idle: Idle[T] | None = None) -> Generator[T]:
    """What `run` pushes, as a generator; `run` works in a thread of its own.

    `push` returns True when `run` must stop. Closing the generator asks for that and waits until
    `run` has returned, so the engine is free afterwards. An error in `run` is raised here: a
    crash never reads as silence.
    """
    items: queue.SimpleQueue[_Item[T] | _End] = queue.SimpleQueue()
    stopped = threading.Event()

    def push(value: T) -> bool:
        items.put(_Item(value))
        return stopped.is_set()

    def work() -> None:
        try:
            run(push)
        except BaseException as error:
            items.put(_End(error))
        else:
            items.put(_End(None))

    thread = threading.Thread(target=work, name="generate", daemon=True)
    thread.start()
    wait = partial(_next, items, idle)
    try:
        while isinstance(item := wait(), _Item):
            yield item.value
        if item.error is not None:
            raise item.error
    finally:
        stopped.set()
        thread.join()


def _next(items: queue.SimpleQueue[_Item[T] | _End], idle: Idle[T] | None) -> _Item[T] | _End:
    if idle is None:
        return items.get()
    try:
        return items.get(timeout=idle.seconds)
    except queue.Empty:
        return _Item(idle.value)
