"""How far a long measurement is, told on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import TypeVar

_SECONDS = 5.0
T = TypeVar("T")


def told(stream: Iterator[T]) -> Iterator[T]:
    """The same, while the number of those that are done is told now and then."""
    began = last = time.monotonic()
    for number, each in enumerate(stream, start=1):
        yield each
        if (now := time.monotonic()) - last > _SECONDS:
            last = now
            print(f"{number} done, {number / (now - began):.0f} a second", file=sys.stderr)
