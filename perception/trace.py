"""Event trace: every message of a run as a line of JSON, for whoever looks for a fault.

It holds what was said, so it is written only where the user names a file for it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np

from perception.types import UserError

TRACE = "CANDOR_TRACE"
"""Environment variable with the trace's file; children inherit it."""

Value = TypeVar("Value")


class Trace:
    """A file that several processes append lines to, each line in one write."""

    def __init__(self, file: Path) -> None:
        """UserError where the file cannot be written."""
        try:
            self._file = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError as error:
            raise UserError(
                f"The trace {file} cannot be written: {error.strerror or error}.",
                "Name a file in a folder that you may write to.",
            ) from error

    def note(self, sender: str, receiver: str, value: object) -> None:
        """Append one message. `at` is Unix time in seconds."""
        line = {
            "at": round(time.time(), 6),
            "from": sender,
            "to": receiver,
            "kind": type(value).__name__,
            "fields": _readable(
                msgspec.to_builtins(value, builtin_types=(bytes,), enc_hook=_plain)
            ),
        }
        os.write(self._file, msgspec.json.encode(line) + b"\n")

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def begin_trace(file: Path) -> Path:
    """Empty the trace's file for a new run; returns its whole path. UserError as `Trace`."""
    whole = file.expanduser().absolute()
    Trace(whole).close()
    os.truncate(whole, 0)
    return whole


def traced(pass_on: Callable[[Value], None], sender: str, receiver: str) -> Callable[[Value], None]:
    """`pass_on`, with each value noted first; `pass_on` itself where no trace was asked for."""
    file = os.environ.get(TRACE)
    if not file:
        return pass_on
    trace = Trace(Path(file))

    def note_and_pass_on(value: Value) -> None:
        trace.note(sender, receiver, value)
        pass_on(value)

    return note_and_pass_on


def _plain(value: object) -> object:
    if isinstance(value, np.ndarray):
        return {"bytes": value.nbytes}
    raise TypeError(f"{type(value).__name__} cannot be traced")


def _readable(value: object) -> object:
    """Bytes as their length: a picture in a trace helps nobody."""
    match value:
        case bytes():
            return {"bytes": len(value)}
        case dict():
            return {str(key): _readable(item) for key, item in value.items()}
        case list() | tuple():
            return [_readable(item) for item in value]
    return value
