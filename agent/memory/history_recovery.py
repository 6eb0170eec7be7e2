"""Saves what can still be read of a damaged history; the damaged file is kept beside the new one.

Nothing of the old file is changed before the new one is whole and on disk.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock

from agent.codes import AgentCode
from agent.memory import history_pages
from agent.memory.history_pages import Value
from agent.memory.history_schema import bring_up_to_date
from perception.replaced import replaced
from perception.types import UserError

_PATIENCE = 60.0
"""Seconds to wait for another process that recovers the same file."""


@dataclass(slots=True)
class _Found:
    chats: dict[int, tuple[Value, ...]] = field(default_factory=dict)
    turns: dict[int, tuple[Value, ...]] = field(default_factory=dict)
    pictures: dict[int, tuple[Value, ...]] = field(default_factory=dict)
    texts: dict[int, tuple[Value, ...]] = field(default_factory=dict)
    marks: dict[int, tuple[Value, ...]] = field(default_factory=dict)
    appeals: dict[int, tuple[Value, ...]] = field(default_factory=dict)


@contextlib.contextmanager
def alone(file: Path) -> Iterator[None]:
    """Only one process recovers a file at a time. OSError where that cannot be made sure."""
    with FileLock(file.with_name(f"{file.name}.lock"), timeout=_PATIENCE):
        yield


def recover(file: Path) -> UserError:
    """Put a sound history in the place of a damaged one; what came of it, in a sentence.

    Call it while `alone`. OSError and `sqlite3.Error` where the new one cannot be written.
    """
    kept = _free_name(file)
    log = file.with_name(f"{file.name}-wal")
    with replaced(file) as draft:
        found = _read(file, log.read_bytes() if log.exists() else b"")
        chats, turns = _write(draft, found)
        _keep(file, kept)
        if log.exists():
            _keep(log, kept.with_name(f"{kept.name}-wal"))
            log.unlink()  # else SQLite would put its pages into the new file
        file.with_name(f"{file.name}-shm").unlink(missing_ok=True)
    return _account(kept, chats, turns)


def _account(kept: Path, chats: int, turns: int) -> UserError:
    if not turns:
        return UserError(AgentCode.HISTORY_LOST, kept=kept)
    return UserError(AgentCode.HISTORY_PARTLY_SAVED, turns=turns, chats=chats, kept=kept)


def _free_name(file: Path) -> Path:
    name = f"{file.name}.damaged-{time.strftime('%Y-%m-%d')}"
    number, free = 1, file.with_name(name)
    while free.exists():
        number += 1
        free = file.with_name(f"{name}-{number}")
    return free


def _keep(file: Path, name: Path) -> None:
    """A second name for a file; a copy where the disk knows no such thing."""
    try:
        os.link(file, name)
    except OSError:
        shutil.copyfile(file, name)


def _read(file: Path, log: bytes) -> _Found:
    found = _Found()
    if not file.stat().st_size:
        return found
    with (
        file.open("rb") as data,
        mmap.mmap(data.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
        memoryview(mapped) as view,
    ):
        for row in history_pages.rows(view, log):
            _sort(found, row)
    return found


def _sort(found: _Found, row: history_pages.RecoveredRow) -> None:
    """To which table a row belongs is seen from its shape: its schema may be what was lost."""
    match row.values:
        case (None, str(), int() | float(), None | int() | float()):
            found.chats[row.id] = row.values
        case (None, str() as id_, int(), _, _, _, _, _, _, _, _) if id_:
            found.turns[row.id] = row.values
        case (int(), bytes()):
            found.pictures[row.id] = row.values
        case (int(), str(), str()):
            found.texts[row.id] = row.values
        case (None, int(), str() | None, _, _):
            found.marks[row.id] = row.values
        case (None, str(), str(), str(), str(), _, _, _, _, _):
            found.appeals[row.id] = row.values


def _write(file: Path, found: _Found) -> tuple[int, int]:
    """Make the new history; how many chats and turns are in it."""
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA secure_delete=ON")
        bring_up_to_date(db, None)
        with db:
            _fill(db, found)
        for table in ("chats", "turns"):
            db.execute(f"SELECT count(*) FROM {table}")
        [chats] = db.execute("SELECT count(DISTINCT chat) FROM turns").fetchone()
        [turns] = db.execute("SELECT count(*) FROM turns").fetchone()
    return int(chats), int(turns)


def _fill(db: sqlite3.Connection, found: _Found) -> None:
    _insert(db, "chats(id, title, updated, deleted)", _with_id(found.chats))
    chats = [
        (values[2], _text(values[3])[:48], _real(values[9]), None)
        for _, values in sorted(found.turns.items(), reverse=True)
    ]
    # The chats whose own row was lost: named after a question.
    _insert(db, "chats(id, title, updated, deleted)", chats)
    columns = "number, id, chat, asked, prompt, evidence, reply, ended, why, at, replaced"
    turns = ((number, *_turn(values)) for number, values in sorted(found.turns.items()))
    _insert(db, f"turns({columns})", turns)
    known = {number for (number,) in db.execute("SELECT number FROM turns")}
    pictures = (values for _, values in sorted(found.pictures.items()) if values[0] in known)
    _insert(db, "pictures(turn, data)", pictures)
    texts = (values for _, values in sorted(found.texts.items()) if values[0] in known)
    _insert(db, "texts(turn, title, text)", texts)
    marks = ((id_, *_mark(values)) for id_, values in found.marks.items() if id_ in known)
    _insert(db, "marks(turn, good, corrected, may_train, at)", marks)
    columns = "turn, action, direction, rule, category, score, threshold, words, may_train, at"
    appeals = ((id_, *_appeal(values)) for id_, values in found.appeals.items() if id_ in known)
    _insert(db, f"appeals({columns})", appeals)


def _with_id(rows: dict[int, tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
    return ((id_, *values[1:]) for id_, values in rows.items())


def _insert(db: sqlite3.Connection, into: str, values: Iterable[tuple[Value, ...]]) -> None:
    marks = ", ".join("?" * (into.count(",") + 1))
    db.executemany(f"INSERT OR IGNORE INTO {into} VALUES ({marks})", values)


def _turn(values: tuple[Value, ...]) -> tuple[Value, ...]:
    _, id_, chat, asked, prompt, evidence, reply, ended, why, at, replaced = values
    return (
        id_,
        chat,
        _text(asked),
        _text(prompt),
        b"" if evidence is None else evidence,
        _text(reply),
        ended if isinstance(ended, str) else "failed",
        why,
        _real(at),
        1 if replaced == 1 else 0,
    )


def _mark(values: tuple[Value, ...]) -> tuple[Value, ...]:
    _, good, corrected, may_train, at = values
    return (1 if good == 1 else 0, _text(corrected), 1 if may_train == 1 else 0, _real(at))


def _appeal(values: tuple[Value, ...]) -> tuple[Value, ...]:
    *decided, score, threshold, words, may_train, at = values[1:]
    given = 1 if may_train == 1 else 0
    return (*decided, _real(score), _real(threshold), _text(words), given, _real(at))


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _real(value: Value) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0
