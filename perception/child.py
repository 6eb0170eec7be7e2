"""How a child process of the window begins: its wire is its own, and no thread dies unseen."""

from __future__ import annotations

import logging
import os
import threading
from typing import BinaryIO

from perception.logs import start_logging

_log = logging.getLogger("candor.processes")


def own_wire() -> BinaryIO:
    """Standard output for messages alone: what a library prints goes to standard error."""
    wire = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return wire


def end_with_any_thread() -> None:
    """Let an error that ends a thread end the process: else it would read as a hang."""
    start_logging(logging.INFO)
    threading.excepthook = _die


def _die(failure: threading.ExceptHookArgs) -> None:
    _log.critical("%s crashed", failure.thread, exc_info=failure.exc_value)
    os._exit(70)
