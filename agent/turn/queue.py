"""The queue of the turn thread: items in order, and a wake-up call."""

from __future__ import annotations

import threading
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class TurnQueue(Generic[T]):
    """The queue of the turn thread: filled from any thread, emptied by one."""

    def __init__(self) -> None:
        self._items: deque[T] = deque()
        self._woken = self._closed = False
        self._changed = threading.Condition()

    def put(self, item: T) -> bool:
        """Add an item; never blocks. False where nobody will take it."""
        with self._changed:
            if not self._closed:
                self._items.append(item)
                self._changed.notify()
            return not self._closed

    def close(self) -> tuple[T, ...]:
        """Take nothing more; what was still waiting."""
        with self._changed:
            self._closed = True
            left = tuple(self._items)
            self._items.clear()
            return left

    def wake(self) -> None:
        """Let the next `get` return at once."""
        with self._changed:
            self._woken = True
            self._changed.notify()

    def empty(self) -> bool:
        """Whether no item waits."""
        return not self._items

    def waiting(self) -> tuple[T, ...]:
        """The items that wait, the next one first."""
        with self._changed:
            return tuple(self._items)

    def get(self) -> T | None:
        """The next item, or None when it was woken and there is none."""
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._woken)
            self._woken = False
            return self._items.popleft() if self._items else None
