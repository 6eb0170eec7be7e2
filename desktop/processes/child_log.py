"""The log of a child: kept over its starts, with a limit, for the user alone."""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

MOST_BYTES = 1_000_000
STARTED = "--- started "
KEPT = 3
"""Files of one log: the newest, and those before it with .1 and .2 behind their names."""
_APPEND = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_APPEND
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
)


def open_log(file: Path) -> BinaryIO:
    """The log, open to go on, with a line that says when; a full one is put behind first.

    What stands in its place and is no file is put behind too. OSError where the disk refuses.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if _full(file):
        for number in range(KEPT - 1, 0, -1):
            older = _older(file, number - 1)
            if os.path.lexists(older):
                older.replace(_older(file, number))
    stream = os.fdopen(os.open(file, _APPEND, 0o600), "ab")
    if hasattr(os, "fchmod"):
        os.fchmod(stream.fileno(), 0o600)
    now = f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z}"
    stream.write(f"{STARTED}{now}\n".encode())
    stream.flush()
    return stream


def _full(file: Path) -> bool:
    try:
        found = file.lstat()
    except FileNotFoundError:
        return False
    return found.st_size >= MOST_BYTES or not stat.S_ISREG(found.st_mode)


def _older(file: Path, number: int) -> Path:
    return file.with_name(f"{file.name}.{number}") if number else file
