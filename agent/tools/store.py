"""What the tools keep: timers, alarms, reminders, lists, notes, facts, and the calls of each turn.

It is a file of its own beside the history: a chat that is deleted takes no alarm with it, and a
private chat, whose history lies in a folder that goes away, keeps nothing here either.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import msgspec

from agent.codes import AgentCode
from agent.memory.write_ahead import write_ahead
from agent.tools.types import Call, Result, Value
from perception.types import UserError

TIMER, ALARM, REMINDER, STOPWATCH = "timer", "alarm", "reminder", "stopwatch"
NOTE, FACT = "note", "fact"


@dataclass(frozen=True, slots=True)
class Due:
    """Something that rings, or a running stopwatch.

    `wall` is local time (ISO, without a zone): what an alarm or a reminder means whatever the zone
    does. `at` (Unix time) and `seconds` are a timer's. `repeats` is empty, daily or weekly.
    """

    id: int
    kind: str
    label: str
    wall: str
    at: float
    seconds: int
    made: float
    repeats: str = ""


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note or a fact; `made` is a Unix time, `turn` where it was said."""

    id: int
    kind: str
    text: str
    made: float
    turn: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list."""

    id: int
    list: str
    item: str
    made: float


class Store:
    """Safe to use from several threads and processes. Without a file it lies in memory.

    UserError where the file cannot be used. `private` says that no fact is kept.
    """

    def __init__(self, file: Path | None, private: bool = False) -> None:
        self.private, self._file, self._lock = private, file, threading.RLock()
        with self._told():
            if file is not None:
                file.parent.mkdir(parents=True, exist_ok=True)
                os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
            self._db = sqlite3.connect(file or ":memory:", timeout=10, check_same_thread=False)
            self._db.row_factory = sqlite3.Row
            write_ahead(self._db)
            for pragma in ("synchronous=FULL", "secure_delete=ON"):
                self._db.execute(f"PRAGMA {pragma}")
            self._db.executescript(files("agent.tools").joinpath("tools.sql").read_text("utf-8"))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    # What rings.

    def add_due(self, due: Due) -> int:
        """Keep it, whatever its `id`; the new id."""
        return self._insert(
            "INSERT INTO due(kind, label, wall, at, seconds, made, repeats)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (due.kind, due.label, due.wall, due.at, due.seconds, due.made, due.repeats),
        )

    def due(self, kind: str = "") -> list[Due]:
        """All that waits, in the order in which it was made."""
        rows = self._rows(
            "SELECT * FROM due WHERE state = 'waiting' AND (? = '' OR kind = ?) ORDER BY id",
            (kind, kind),
        )
        return [_due(row) for row in rows]

    def cancelled(self, numbers: Collection[int]) -> list[Due]:
        """Those of these that were stopped before they rang."""
        rows = self._rows("SELECT * FROM due WHERE state = 'cancelled' ORDER BY id")
        return [_due(row) for row in rows if row["id"] in numbers]

    def set_state(self, due: int, state: str) -> None:
        """`waiting`, `rang`, `missed` or `cancelled`."""
        self._insert("UPDATE due SET state = ? WHERE id = ?", (state, due))

    def move(self, due: int, wall: str) -> None:
        """Another wall time, for what repeats."""
        self._insert("UPDATE due SET wall = ? WHERE id = ?", (wall, due))

    # Lists.

    def lists(self) -> list[str]:
        """The names of the lists that hold something."""
        return [row["list"] for row in self._rows("SELECT DISTINCT list FROM items ORDER BY id")]

    def items(self, name: str = "") -> list[Item]:
        """The lines of a list, or of all."""
        rows = self._rows(
            "SELECT * FROM items WHERE ? = '' OR list = ? ORDER BY id",
            (name.casefold(), name.casefold()),
        )
        return [Item(row["id"], row["list"], row["item"], row["made"]) for row in rows]

    def add_item(self, name: str, item: str, now: float) -> int:
        """One more line; its id."""
        return self._insert(
            "INSERT INTO items(list, item, made) VALUES (?, ?, ?)", (name.casefold(), item, now)
        )

    def remove_item(self, item: int) -> None:
        """Take a line away."""
        self._insert("DELETE FROM items WHERE id = ?", (item,))

    # Notes and facts.

    def kept(self, kind: str = "") -> list[StoredNote]:
        """Notes, facts or both, the oldest first."""
        rows = self._rows("SELECT * FROM notes WHERE ? = '' OR kind = ? ORDER BY id", (kind, kind))
        return [StoredNote(r["id"], r["kind"], r["text"], r["made"], r["turn"]) for r in rows]

    def keep(self, kind: str, text: str, now: float, turn: str = "") -> int:
        """Keep a note or a fact; its id."""
        return self._insert(
            "INSERT INTO notes(kind, text, made, turn) VALUES (?, ?, ?, ?)", (kind, text, now, turn)
        )

    def change(self, kept: int, text: str) -> None:
        """Other words for a note or a fact."""
        self._insert("UPDATE notes SET text = ? WHERE id = ?", (text, kept))

    def drop(self, kept: int) -> None:
        """Remove a note or a fact; its text is overwritten on disk."""
        self._insert("DELETE FROM notes WHERE id = ?", (kept,))

    def meanings(self) -> list[tuple[str, bytes]]:
        """Notes and facts, each with the vector that says what it means."""
        rows = self._rows("SELECT text, vector FROM meanings JOIN notes ON note = id")
        return [(row["text"], row["vector"]) for row in rows]

    def keep_meanings(self, vectors: Sequence[tuple[int, bytes]]) -> None:
        """Keep the vectors of notes and facts."""
        with self._lock, self._told(), self._db:
            self._db.executemany("INSERT OR REPLACE INTO meanings VALUES (?, ?)", vectors)

    def forget_all(self) -> None:
        """Remove all facts, notes, lists and calls; what rings later stays."""
        for table in ("notes", "meanings", "items", "calls"):
            self._insert(f"DELETE FROM {table}", ())

    # The calls of a turn.

    @property
    def on_disk(self) -> bool:
        """Whether what is kept outlives the program."""
        return self._file is not None

    def called(self, turn: str, call: Call, result: Result) -> int:
        """Keep what was called and what came of it; its number."""
        undo = msgspec.json.encode(result.undo) if result.undo else None
        return self._insert(
            "INSERT INTO calls(turn, tool, arguments, code, told, undo, value)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                turn,
                call.tool,
                msgspec.json.encode(dict(call.arguments)),
                result.code,
                msgspec.json.encode(dict(result.arguments)),
                undo,
                result.value,
            ),
        )

    def calls(self, turns: Sequence[str]) -> list[tuple[str, Call, Result]]:
        """The calls of these turns that were not taken back, in their order."""
        return [(turn, call, said) for turn, call, said, back in self.all_calls(turns) if not back]

    def all_calls(self, turns: Sequence[str]) -> list[tuple[str, Call, Result, bool]]:
        """The calls of these turns in order, each with whether it was taken back."""
        marks = ",".join("?" * len(turns))
        rows = self._rows(
            f"SELECT * FROM calls WHERE turn IN ({marks}) ORDER BY number", tuple(turns)
        )
        return [(row["turn"], *_call(row), bool(row["undone"])) for row in rows]

    def undone(self, turn: str) -> None:
        """The calls of a turn were taken back."""
        self._insert("UPDATE calls SET undone = 1 WHERE turn = ?", (turn,))

    def _insert(self, sql: str, values: tuple[object, ...]) -> int:
        with self._lock, self._told(), self._db:
            return int(self._db.execute(sql, values).lastrowid or 0)

    def _rows(self, sql: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        with self._lock, self._told():
            return self._db.execute(sql, values).fetchall()

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            raise UserError(
                AgentCode.TOOLS_STORE_UNUSABLE, file=self._file, reason=error
            ) from error


def _due(row: sqlite3.Row) -> Due:
    return Due(
        row["id"],
        row["kind"],
        row["label"],
        row["wall"],
        row["at"],
        row["seconds"],
        row["made"],
        row["repeats"],
    )


def _call(row: sqlite3.Row) -> tuple[Call, Result]:
    arguments = msgspec.json.decode(row["arguments"], type=dict[str, Value])
    told = msgspec.json.decode(row["told"], type=dict[str, Value])
    undo = msgspec.json.decode(row["undo"], type=_Undo) if row["undo"] else None
    back = Call(undo.tool, undo.arguments) if undo else None
    return Call(row["tool"], arguments), Result(row["tool"], row["code"], told, back, row["value"])


class _Undo(msgspec.Struct):
    tool: str
    arguments: Mapping[str, Value]
