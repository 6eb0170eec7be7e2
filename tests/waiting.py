"""Waiting for a condition in place of a fixed sleep."""

from __future__ import annotations

import time
from collections.abc import Callable

_LOOK_EVERY_S = 0.01


def until(condition: Callable[[], bool], timeout: float = 20.0) -> bool:
    """Whether `condition` came true within `timeout` seconds; assert on it."""
    end = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(_LOOK_EVERY_S)
    return True
