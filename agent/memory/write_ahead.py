"""Write-ahead logging of an SQLite file: readers and one writer do not wait for each other."""

from __future__ import annotations

import sqlite3
import time

_PATIENCE = 5.0
"""Seconds to wait for another process that opens the same file."""
_PAUSE = 0.02


def write_ahead(db: sqlite3.Connection) -> None:
    """Switch a file to write-ahead logging. `sqlite3.OperationalError` where it stays locked.

    SQLite's own patience does not hold for this: two programs that make a file at the same time
    would find it locked.
    """
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            db.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(_PAUSE)
