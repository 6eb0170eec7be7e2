"""How a child process of the window begins: its wire is its own, and no thread dies unseen."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from typing import BinaryIO

from perception.logs import start_logging

_log = logging.getLogger("candor.processes")

COULD_NOT_START = 78
"""Exit code of a child that has told why it cannot work: starting it again would not help."""
BROKE = 70
"""Exit code of a child of which a thread broke, and that has told so."""


def own_wire() -> BinaryIO:
    """Standard output for messages alone: what a library prints goes to standard error."""
    wire = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return wire


def end_with_any_thread(last_words: Callable[[BaseException | None], None]) -> None:
    """Let an error that ends a thread end the process: else it would read as a hang.

    `last_words` tells the window of it, and returns when that is on its way.
    """
    start_logging(logging.INFO)

    def die(failure: threading.ExceptHookArgs) -> None:
        name = failure.thread.name if failure.thread else "a thread"
        _log.critical("%s crashed", name, exc_info=failure.exc_value)
        try:
            last_words(failure.exc_value)
        finally:
            os._exit(BROKE)

    threading.excepthook = die
