"""The version of the history's file: made, brought up to date after a backup, or refused.

Version 0 is every file from before versions were written, with or without the table of marks.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from agent.codes import AgentCode
from perception.replaced import replaced
from perception.types import UserError

VERSION = 3
_TABLES = {
    "chats", "turns", "pictures", "texts", "words", "follows", "marks", "meanings", "appeals",
}  # fmt: skip
_FIRST = {"chats", "turns"}


def bring_up_to_date(db: sqlite3.Connection, file: Path | None) -> None:
    """Bring a file to `VERSION`, with a copy of the old one beside it; a new one is made so.

    UserError where a newer Candor wrote it, or another program. `sqlite3.DatabaseError` where
    tables are missing.
    """
    version = version_of(db)
    if version > VERSION:
        raise UserError(AgentCode.HISTORY_NEWER, file=file)
    tables = _tables(db)
    if version == VERSION:
        if not tables >= _TABLES:
            raise sqlite3.DatabaseError("no such table: " + ", ".join(sorted(_TABLES - tables)))
        return
    if tables and not tables >= _FIRST:
        raise UserError(AgentCode.HISTORY_OF_ANOTHER_PROGRAM, file=file)
    if tables and file:
        _back_up(db, file, version)
    with _writing(db):
        if version_of(db) < VERSION:  # else another process was faster
            for statement in _statements(
                files("agent.memory").joinpath("history.sql").read_text("utf-8")
            ):
                db.execute(statement)
            db.execute(f"PRAGMA user_version={VERSION}")


def backup_name(file: Path, version: int) -> Path:
    """Where the copy from before a change of version lies."""
    return file.with_name(f"{file.name}.version-{version}")


def version_of(db: sqlite3.Connection) -> int:
    """The version that is written in the file."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _tables(db: sqlite3.Connection) -> set[str]:
    return {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _back_up(db: sqlite3.Connection, file: Path, version: int) -> None:
    with (
        replaced(backup_name(file, version)) as draft,
        contextlib.closing(sqlite3.connect(draft)) as copy,
    ):
        db.backup(copy)


@contextlib.contextmanager
def _writing(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
