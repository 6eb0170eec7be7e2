"""From a call that pushes to a generator that is pulled."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Item(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None


def pull(run: Callable[[Callable[[T], bool]], None]) -> Generator[T]:
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
    try:
        while isinstance(item := items.get(), _Item):
            yield item.value
        if item.error is not None:
            raise item.error
    finally:
        stopped.set()
        thread.join()
