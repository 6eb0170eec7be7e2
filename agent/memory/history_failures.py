"""What can go wrong with the file of the history, and what the user can do about each."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from agent.codes import AgentCode
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
            AgentCode.FOLDER_UNUSABLE, folder=folder, reason=error.strerror or error
        ) from error
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise _failure(file or Path("memory"), error) from error


def _failure(file: Path, error: sqlite3.Error | sqlite3.Warning) -> UserError:
    code = _code(error)
    if code in _LOCKED:
        return UserError(AgentCode.HISTORY_LOCKED, file=file)
    if code in _FULL:
        return UserError(AgentCode.HISTORY_DISK_FULL, file=file)
    if code in _CLOSED:
        return UserError(AgentCode.HISTORY_NOT_WRITABLE, file=file, reason=error)
    if code == sqlite3.SQLITE_CONSTRAINT:
        return UserError(AgentCode.HISTORY_LOST_CHAT, file=file)
    if isinstance(error, sqlite3.Error) and is_damage(error):
        return UserError(AgentCode.HISTORY_DAMAGED, file=file, reason=error)
    return UserError(AgentCode.HISTORY_UNUSABLE, file=file, reason=error)


def _code(error: sqlite3.Error | sqlite3.Warning) -> int:
    """The primary result code; 0 where there is none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
