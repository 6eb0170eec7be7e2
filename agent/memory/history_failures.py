"""What can go wrong with the file of the history, and what the user can do about each."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from perception.types import UserError

_FULL = (sqlite3.SQLITE_FULL,)
_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_CLOSED = (
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
)
_DAMAGED = (
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_FORMAT,
    sqlite3.SQLITE_MISMATCH,
)
_LOST_SCHEMA = ("no such table", "no such column", "malformed", "no such module", "has no column")


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is broken, and not only out of reach for now."""
    return _code(error) in _DAMAGED or any(word in str(error) for word in _LOST_SCHEMA)


@contextlib.contextmanager
def told(file: Path | None) -> Iterator[None]:
    """Turns what SQLite and the disk say into a UserError with the right thing to do."""
    try:
        yield
    except OSError as error:
        folder = file.parent if file else "for temporary files"
        raise UserError(
            f"The folder {folder} cannot be used: {error.strerror or error}.",
            "Check that it is a folder that you may write to, or name another with CANDOR_HOME.",
        ) from error
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise UserError(*_said(file or Path("memory"), error)) from error


def _said(file: Path, error: sqlite3.Error | sqlite3.Warning) -> tuple[str, str]:
    code = _code(error)
    if code in _LOCKED:
        return (
            f"The history in {file} is locked by another program.",
            "Close the other program that uses it, then try again.",
        )
    if code in _FULL:
        return (
            f"The history in {file} cannot be written: the disk is full.",
            "Free some space, then try again.",
        )
    if code in _CLOSED:
        return (
            f"The history in {file} cannot be opened or written: {error}.",
            "Let your account write to that folder and file, or name another with CANDOR_HOME.",
        )
    if code == sqlite3.SQLITE_CONSTRAINT:
        return f"The history in {file} does not know this chat any more.", "Begin a new chat."
    if isinstance(error, sqlite3.Error) and is_damage(error):
        return (
            f"The history in {file} is damaged: {error}.",
            "Start Candor again: it saves what can still be read.",
        )
    return (
        f"The history in {file} cannot be used: {error}.",
        "Check that the disk has space and is sound, then try again.",
    )


def _code(error: sqlite3.Error | sqlite3.Warning) -> int:
    """The primary result code; 0 where there is none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
