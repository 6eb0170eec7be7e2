"""Starts the threads of a conversation: none ends unseen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeAlias

Broken: TypeAlias = Callable[[str, Exception], None]
"""Told the name of a thread and what ended it."""


def not_told(name: str, error: Exception) -> None:
    """For threads whose failure nobody waits for: the interpreter reports it."""
    raise error


def start(name: str, run: Callable[[], None], broken: Broken = not_told) -> threading.Thread:
    """A running daemon thread; `broken` is called in it where `run` raises."""

    def guarded() -> None:
        try:
            run()
        except Exception as error:
            broken(name, error)

    thread = threading.Thread(target=guarded, name=name, daemon=True)
    thread.start()
    return thread
