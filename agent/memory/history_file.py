"""Opens the file of the history: checked, up to date, and recovered where it is damaged."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from filelock import Timeout

from agent.codes import AgentCode
from agent.memory.history_failures import is_damage
from agent.memory.history_recovery import alone, recover
from agent.memory.history_schema import bring_up_to_date
from agent.memory.write_ahead import write_ahead
from perception.types import UserError

_PATIENCE = 5.0
"""Seconds to wait for another process that writes."""

Identity = tuple[int, int]
"""What a file is on its disk, whatever it is called."""


def open_file(file: Path | None) -> tuple[sqlite3.Connection, UserError | None]:
    """A connection, and what was saved where the file was damaged; None is a history in memory.

    UserError where it is no file or from a newer Candor, else OSError and `sqlite3.Error`.
    """
    if file is None:
        return _connect(None), None
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if file.exists() and not file.is_file():
        raise UserError(AgentCode.HISTORY_IS_NO_FILE, file=file)
    broken = identity(file)
    try:
        return _connect(file), None
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
    return mend(file, broken)


def mend(file: Path, broken: Identity | None) -> tuple[sqlite3.Connection, UserError | None]:
    """Recover a damaged file and open it; only open it where another process has done so."""
    try:
        with alone(file):
            saved = recover(file) if identity(file) == broken else None
            return _connect(file), saved
    except Timeout as error:
        raise UserError(AgentCode.HISTORY_BEING_SAVED, file=file) from error


def identity(file: Path) -> Identity | None:
    """What the file is; None where there is none."""
    try:
        found = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def open_plain(file: Path | None) -> sqlite3.Connection:
    """A connection to a file that a `History` keeps in order."""
    db = sqlite3.connect(file or ":memory:", timeout=_PATIENCE, check_same_thread=False)
    try:
        db.text_factory = _text
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            db.execute(f"PRAGMA {pragma}")
    except BaseException:
        db.close()
        raise
    return db


def _connect(file: Path | None) -> sqlite3.Connection:
    db = open_plain(file)
    try:
        db.row_factory = sqlite3.Row
        if file:
            write_ahead(db)
        else:
            db.execute("PRAGMA temp_store=MEMORY")
        bring_up_to_date(db, file)
        [found] = db.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(f"malformed: {found}")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            db.close()
        raise
    return db


def _text(data: bytes) -> str:
    """Damaged letters are marked; they cost no row."""
    return data.decode("utf-8", "replace")
