"""Items drawn evenly from a stream of unknown length (Vitter's algorithm R)."""

from __future__ import annotations

import random
from typing import Generic, TypeVar

T = TypeVar("T")


class Drawn(Generic[T]):
    """At most `most` of the items that were added, each as likely as the others."""

    def __init__(self, most: int, seed: int) -> None:
        self._most, self._draw, self._seen = most, random.Random(seed), 0
        self.kept = list[T]()

    def add(self, item: T) -> None:
        """Keep an item or not."""
        if len(self.kept) < self._most:
            self.kept.append(item)
        elif self._most and (place := self._draw.randint(0, self._seen)) < self._most:
            self.kept[place] = item
        self._seen += 1
