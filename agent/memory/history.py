"""What was said, in SQLite: a turn is on disk before it is answered."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import msgspec

from agent.types import Ended
from perception.types import Evidence, UserError
from safety.types import Explanation

_TITLE_CHARACTERS = 48
_SHORTEST_INDEXED = 3  # FTS5's trigram tokenizer knows nothing shorter


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation; `updated` is a Unix time."""

    id: int
    title: str
    updated: float


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer. `prompt` is the user message as the model read it.

    `ended` is None while the turn is open.
    """

    id: str
    chat: int
    asked: str
    prompt: str
    evidence: tuple[Evidence, ...]
    reply: str
    ended: Ended | None
    why: Explanation | None
    at: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A turn that holds what was searched for; `snippet` marks it with [ and ]."""

    chat: int
    turn: str
    title: str
    snippet: str


class History:
    """The user's chats. Safe to use from several threads and several processes."""

    def __init__(self, file: Path) -> None:
        self._lock = threading.RLock()
        with _told(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(file, timeout=10, check_same_thread=False)
            self._db.row_factory = sqlite3.Row
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                self._db.execute(f"PRAGMA {pragma}")
            self._db.execute("PRAGMA secure_delete=ON")
            self._db.executescript(files("agent.memory").joinpath("history.sql").read_text("utf-8"))
        self._file = file

    @property
    def file(self) -> Path:
        """Where it lies."""
        return self._file

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    def new_chat(self, title: str = "") -> int:
        """An empty chat; a title is taken from its first question."""
        with self._change() as db:
            added = db.execute(
                "INSERT INTO chats(title, updated) VALUES (?, ?)", (title, time.time())
            )
            return int(added.lastrowid or 0)

    def chats(self, query: str = "") -> list[Chat]:
        """All chats, the newest first; with a query those with it in title or text."""
        with self._lock, _told(self._file):
            rows = self._db.execute(
                "SELECT id, title, updated FROM chats WHERE deleted IS NULL ORDER BY updated DESC"
            ).fetchall()
        chats = [Chat(row["id"], row["title"], row["updated"]) for row in rows]
        if not query.strip():
            return chats
        found = {hit.chat for hit in self.search(query, most=10_000)}
        return [c for c in chats if c.id in found or query.casefold() in c.title.casefold()]

    def rename(self, chat: int, title: str) -> None:
        """Give a chat another title."""
        with self._change() as db:
            db.execute("UPDATE chats SET title = ? WHERE id = ?", (title.strip(), chat))

    def delete(self, chat: int) -> None:
        """Hide a chat; `restore` brings it back, `purge` removes it for good."""
        with self._change() as db:
            db.execute("UPDATE chats SET deleted = ? WHERE id = ?", (time.time(), chat))

    def restore(self, chat: int) -> None:
        """Undo `delete`."""
        with self._change() as db:
            db.execute("UPDATE chats SET deleted = NULL WHERE id = ?", (chat,))

    def purge(self) -> None:
        """Remove deleted chats for good, overwriting their text."""
        with self._change() as db:
            db.execute("DELETE FROM chats WHERE deleted IS NOT NULL")
        with self._lock, _told(self._file):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def begin(
        self,
        turn: str,
        chat: int,
        asked: str,
        pictures: Sequence[bytes] = (),
        replaces: str | None = None,
    ) -> None:
        """Put a turn on disk. `replaces` hides that turn and all after it."""
        now = time.time()
        with self._change() as db:
            if replaces is not None:
                db.execute(
                    "UPDATE turns SET replaced = 1 WHERE chat = ? AND number >="
                    " (SELECT number FROM turns WHERE id = ?)",
                    (chat, replaces),
                )
            added = db.execute(
                "INSERT INTO turns(id, chat, asked, at) VALUES (?, ?, ?, ?)",
                (turn, chat, asked, now),
            )
            db.executemany(
                "INSERT INTO pictures(turn, data) VALUES (?, ?)",
                [(added.lastrowid, data) for data in pictures],
            )
            title = _title(asked)
            db.execute(
                "UPDATE chats SET updated = ?, title = CASE title WHEN '' THEN ? ELSE title END"
                " WHERE id = ?",
                (now, title, chat),
            )

    def ground(self, turn: str, prompt: str, evidence: Sequence[Evidence]) -> None:
        """Keep what the answer rests on, and the message as the model reads it."""
        with self._change() as db:
            db.execute(
                "UPDATE turns SET prompt = ?, evidence = ? WHERE id = ?",
                (prompt, msgspec.json.encode(evidence), turn),
            )

    def answer(self, turn: str, reply: str) -> None:
        """Keep the answer as far as it was given."""
        with self._change() as db:
            db.execute("UPDATE turns SET reply = ? WHERE id = ?", (reply, turn))

    def end(self, turn: str, reply: str, ended: Ended, why: Explanation) -> None:
        """Close a turn with what the user was really given."""
        with self._change() as db:
            db.execute(
                "UPDATE turns SET reply = ?, ended = ?, why = ? WHERE id = ?",
                (reply, ended.value, msgspec.json.encode(why), turn),
            )

    def end_open(self) -> None:
        """Close the turns that a crash left open."""
        with self._change() as db:
            db.execute("UPDATE turns SET ended = ? WHERE ended IS NULL", (Ended.FAILED.value,))

    def turns(self, chat: int, newest: int | None = None) -> list[Turn]:
        """The turns of a chat in order; with `newest` only that many of the last."""
        with self._lock, _told(self._file):
            rows = self._db.execute(
                "SELECT * FROM turns WHERE chat = ? AND replaced = 0 ORDER BY number DESC LIMIT ?",
                (chat, -1 if newest is None else newest),
            ).fetchall()
        return [_turn(row) for row in reversed(rows)]

    def turn(self, turn: str) -> Turn | None:
        """The turn of this id."""
        with self._lock, _told(self._file):
            row = self._db.execute("SELECT * FROM turns WHERE id = ?", (turn,)).fetchone()
        return _turn(row) if row else None

    def pictures(self, turn: str) -> list[bytes]:
        """The pictures that came with a turn, as encoded files."""
        with self._lock, _told(self._file):
            rows = self._db.execute(
                "SELECT data FROM pictures WHERE turn = (SELECT number FROM turns WHERE id = ?)"
                " ORDER BY rowid",
                (turn,),
            ).fetchall()
        return [bytes(row["data"]) for row in rows]

    def search(self, query: str, most: int = 50) -> list[Hit]:
        """Turns with every word of the query, the best first."""
        words = query.split()
        if not words:
            return []
        short = any(len(word) < _SHORTEST_INDEXED for word in words)
        with self._lock, _told(self._file):
            rows = (self._scan if short else self._match)(words, most)
        return [Hit(r["chat"], r["id"], r["title"], r["snippet"]) for r in rows]

    def _match(self, words: list[str], most: int) -> list[sqlite3.Row]:
        quoted = " ".join('"' + word.replace('"', '""') + '"' for word in words)
        return self._db.execute(
            "SELECT t.chat, t.id, c.title, snippet(words, -1, '[', ']', '…', 24) AS snippet"
            " FROM words JOIN turns t ON t.number = words.rowid JOIN chats c ON c.id = t.chat"
            " WHERE words MATCH ? AND c.deleted IS NULL AND t.replaced = 0"
            " ORDER BY rank LIMIT ?",
            (quoted, most),
        ).fetchall()

    def _scan(self, words: list[str], most: int) -> list[sqlite3.Row]:
        tests = " AND ".join("instr(lower(t.asked || ' ' || t.reply), lower(?)) > 0" for _ in words)
        return self._db.execute(
            "SELECT t.chat, t.id, c.title, substr(t.asked, 1, 120) AS snippet"
            " FROM turns t JOIN chats c ON c.id = t.chat"
            f" WHERE c.deleted IS NULL AND t.replaced = 0 AND {tests}"
            " ORDER BY t.number DESC LIMIT ?",
            (*words, most),
        ).fetchall()

    @contextlib.contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _told(self._file), self._db:
            yield self._db


def _title(asked: str) -> str:
    """The beginning of a question, cut between words where there are any."""
    line = " ".join(asked[: 4 * _TITLE_CHARACTERS].split())
    if len(line) <= _TITLE_CHARACTERS:
        return line
    cut = line[: _TITLE_CHARACTERS - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > _TITLE_CHARACTERS // 2 else cut) + "…"


def _turn(row: sqlite3.Row) -> Turn:
    return Turn(
        id=row["id"],
        chat=row["chat"],
        asked=row["asked"],
        prompt=row["prompt"],
        evidence=msgspec.json.decode(row["evidence"], type=tuple[Evidence, ...]),
        reply=row["reply"],
        ended=Ended(row["ended"]) if row["ended"] else None,
        why=msgspec.json.decode(row["why"], type=Explanation) if row["why"] else None,
        at=row["at"],
    )


@contextlib.contextmanager
def _told(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            f"The folder {file.parent} cannot be used: {error.strerror or error}.",
            "Check that it is a folder that you may write to, or name another with CANDOR_HOME.",
        ) from error
    except sqlite3.OperationalError as error:
        raise UserError(
            f"The history in {file} cannot be used: {error}.",
            "Check that the disk has space and that the folder can be written.",
        ) from error
    except sqlite3.DatabaseError as error:
        raise UserError(
            f"The history in {file} is damaged: {error}.",
            "Move that file to a safe place; Candor then begins a new history.",
        ) from error
