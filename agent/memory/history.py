"""What was said, in SQLite: a turn is on disk before it is answered."""

from __future__ import annotations

import contextlib
import math
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from agent.codes import AgentCode
from agent.memory import history_file
from agent.memory.chat_import.inserting import insert_chat
from agent.memory.chat_import.types import ImportedChat
from agent.memory.history_failures import is_damage, told
from agent.memory.history_rows import (
    Chat,
    SearchHit,
    StoredTurn,
    chat_of,
    title_of,
    turn_of,
)
from agent.types import Ended
from perception.messages import notice
from perception.types import Evidence, UserError
from safety.types import Explanation

__all__ = ["Chat", "History", "SearchHit", "StoredTurn"]

_SHORTEST_INDEXED = 3  # FTS5's trigram tokenizer knows nothing shorter


class History:
    """The user's chats. Safe to use from several threads and several processes."""

    def __init__(self, file: Path | None) -> None:
        """None is a history that is never on disk.

        A damaged file is recovered (`take_saved`). UserError where the file cannot be used.
        """
        self._lock = threading.RLock()
        self._file = file
        with told(file):
            self._db, self._saved = history_file.open_file(file)
            self._is = history_file.identity(file) if file else None

    @property
    def file(self) -> Path:
        """Where it lies."""
        return self._file or Path(":memory:")

    def take_saved(self) -> UserError | None:
        """What was saved where the file was found damaged; once, for the user to know."""
        with self._lock:
            saved, self._saved = self._saved, None
        return saved

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

    def add_chat(self, chat: ImportedChat) -> bool:
        """Keep a chat of another program; False where it is here already."""
        with self._change() as db:
            return insert_chat(db, chat)

    def chats(self, query: str = "") -> list[Chat]:
        """All chats, the newest first; with a query those with it in title or text."""
        rows = self._rows(
            "SELECT id, title, updated FROM chats WHERE deleted IS NULL ORDER BY updated DESC"
        )
        chats = [chat_of(row) for row in rows]
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

    def purge(self, before: float | None = None) -> None:
        """Remove deleted chats for good, overwriting their text.

        With `before`, a Unix time, only those that were deleted until then.
        """
        limit = math.inf if before is None else before
        with self._change() as db:
            purged = db.execute("DELETE FROM chats WHERE deleted <= ?", (limit,)).rowcount
        with self._lock, told(self._file):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if purged and self._file:
                # What was deleted is in the copies from before a new version, too.
                for copy in self._file.parent.glob(f"{self._file.name}.version-*"):
                    copy.unlink(missing_ok=True)

    def begin(
        self,
        turn: str,
        chat: int,
        asked: str,
        pictures: Sequence[bytes] = (),
        replaces: str | None = None,
    ) -> None:
        """Put a turn on disk. `replaces` hides that turn and all after it.

        One that is there already is opened again.
        """
        now = time.time()
        with self._change() as db:
            again = "UPDATE turns SET ended = NULL, reply = '', why = NULL WHERE id = ?"
            if db.execute(again, (turn,)).rowcount:
                return
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
            title = title_of(asked)
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
        """Close the turns that a crash left open, and say so in their explanation."""
        left = [turn_of(row) for row in self._rows("SELECT * FROM turns WHERE ended IS NULL")]
        stopped = notice(AgentCode.MIND_STOPPED)
        with self._change() as db:
            for turn in left:
                why = Explanation.of_notes(stopped, evidence=turn.evidence)
                values = (msgspec.json.encode(why), turn.id)
                db.execute("UPDATE turns SET why = ? WHERE id = ?", values)
            db.execute("UPDATE turns SET ended = ? WHERE ended IS NULL", (Ended.FAILED.value,))

    def turns(self, chat: int, newest: int | None = None) -> list[StoredTurn]:
        """The turns of a chat in order; with `newest` only that many of the last."""
        rows = self._rows(
            "SELECT * FROM turns WHERE chat = ? AND replaced = 0 ORDER BY number DESC LIMIT ?",
            (chat, -1 if newest is None else newest),
        )
        return [turn_of(row) for row in reversed(rows)]

    def before(self, turn: str, chat: int) -> StoredTurn | None:
        """The turn of a chat that came before this one."""
        rows = self._rows(
            "SELECT * FROM turns WHERE chat = ? AND replaced = 0 AND number <"
            " (SELECT number FROM turns WHERE id = ?) ORDER BY number DESC LIMIT 1",
            (chat, turn),
        )
        return turn_of(rows[0]) if rows else None

    def turn(self, turn: str) -> StoredTurn | None:
        """The turn of this id."""
        rows = self._rows("SELECT * FROM turns WHERE id = ?", (turn,))
        return turn_of(rows[0]) if rows else None

    def pictures(self, turn: str) -> list[bytes]:
        """The pictures that came with a turn, as encoded files."""
        rows = self._rows(
            "SELECT data FROM pictures WHERE turn = (SELECT number FROM turns WHERE id = ?)"
            " ORDER BY rowid",
            (turn,),
        )
        return [row["data"] for row in rows if isinstance(row["data"], bytes)]

    def meanings(self, chat: int) -> list[tuple[str, bytes]]:
        """The user's words in a chat, each with its vector."""
        rows = self._rows(
            "SELECT asked, vector FROM meanings JOIN turns USING (number) WHERE chat = ?", (chat,)
        )
        return [(row["asked"], row["vector"]) for row in rows]

    def keep_meanings(self, vectors: Sequence[tuple[str, bytes]]) -> None:
        """Keep the vectors of turns."""
        with self._change() as db:
            db.executemany(
                "INSERT OR REPLACE INTO meanings SELECT number, ?2 FROM turns WHERE id = ?1",
                vectors,
            )

    def search(self, query: str, most: int = 50) -> list[SearchHit]:
        """Turns with every word of the query, the best first."""
        words = query.split()
        if not words:
            return []
        short = any(len(word) < _SHORTEST_INDEXED for word in words)
        rows = (self._scan if short else self._match)(words, most)
        return [SearchHit(r["chat"], r["id"], r["title"], r["snippet"]) for r in rows]

    def _match(self, words: list[str], most: int) -> list[sqlite3.Row]:
        quoted = " ".join('"' + word.replace('"', '""') + '"' for word in words)
        return self._rows(
            "SELECT t.chat, t.id, c.title, snippet(words, -1, '[', ']', '…', 24) AS snippet"
            " FROM words JOIN turns t ON t.number = words.rowid JOIN chats c ON c.id = t.chat"
            " WHERE words MATCH ? AND c.deleted IS NULL AND t.replaced = 0"
            " ORDER BY rank LIMIT ?",
            (quoted, most),
        )

    def _scan(self, words: list[str], most: int) -> list[sqlite3.Row]:
        tests = " AND ".join("instr(lower(t.asked || ' ' || t.reply), lower(?)) > 0" for _ in words)
        return self._rows(
            "SELECT t.chat, t.id, c.title, substr(t.asked, 1, 120) AS snippet"
            " FROM turns t JOIN chats c ON c.id = t.chat"
            f" WHERE c.deleted IS NULL AND t.replaced = 0 AND {tests}"
            " ORDER BY t.number DESC LIMIT ?",
            (*words, most),
        )

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """Read; where the file turns out to be damaged, read what could be saved of it."""
        with self._lock, told(self._file):
            self._be_there()
            try:
                return self._db.execute(query, values).fetchall()
            except sqlite3.DatabaseError as error:
                if self._file is None or not is_damage(error):
                    raise
            self._mend()
            return self._db.execute(query, values).fetchall()

    @contextlib.contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._lock, told(self._file):
            self._be_there()
            try:
                with self._db:
                    yield self._db
            except sqlite3.DatabaseError as error:
                if self._file is None or not is_damage(error):
                    raise
                self._mend()
                raise UserError(AgentCode.HISTORY_RECOVERED, file=self._file) from error

    def _be_there(self) -> None:
        """The file may have been deleted, or recovered by another process, since it was opened."""
        if self._file is None:
            return
        now = history_file.identity(self._file)
        if now is None:
            raise UserError(AgentCode.HISTORY_MOVED, file=self._file)
        if now != self._is:
            self._db.close()
            self._is = None  # should this fail, it is tried again
            self._db, saved = history_file.open_file(self._file)
            self._saved, self._is = saved or self._saved, history_file.identity(self._file)

    def _mend(self) -> None:
        """The file was found damaged: save what can be read, and go on with that."""
        if self._file is None:
            return
        self._db.close()
        broken, self._is = self._is, None  # should this fail, it is tried again
        self._db, saved = history_file.mend(self._file, broken)
        self._saved, self._is = saved or self._saved, history_file.identity(self._file)
