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

from agent.attached_text import AttachedText
from agent.codes import AgentCode
from agent.memory import history_file, texts_rows, turn_rows, versions
from agent.memory.chat_import.inserting import insert_chat
from agent.memory.chat_import.types import ImportedChat
from agent.memory.history_failures import is_damage, told
from agent.memory.history_rows import (
    Chat,
    SearchHit,
    StoredTurn,
    chat_of,
    turn_of,
)
from agent.memory.private_rows import PrivateRows
from agent.types import Ended
from perception.messages import notice
from perception.types import Evidence, UserError
from safety.types import Explanation

__all__ = ["PRIVATE", "Chat", "History", "SearchHit", "StoredTurn"]

PRIVATE = -1
"""The chat that is never on disk: it lies in memory, in this process alone, until it is left."""

_DAY_S = 24 * 3600
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
        self._private = PrivateRows()

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
            self._private.close()

    def forget_private(self) -> None:
        """The private chat was left: nothing of it stays."""
        with self._lock:
            self._private.close()

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
            if purged:
                # The index keeps three letters of what was deleted until its parts are joined.
                db.execute("INSERT INTO words(words) VALUES ('optimize')")
        with self._lock, told(self._file):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if purged and self._file:
                # What was deleted is in the copies from before a new version, too.
                for copy in self._file.parent.glob(f"{self._file.name}.version-*"):
                    copy.unlink(missing_ok=True)

    def delete_older(self, days: int) -> int:
        """Remove for good the chats in which nothing was said for so many days; how many."""
        with self._change() as db:
            old = time.time() - days * _DAY_S
            gone = db.execute("UPDATE chats SET deleted = ? WHERE updated < ?", (old, old)).rowcount
        if gone:
            # Not what was deleted just now by hand, which can be brought back for a while.
            self.purge(old)
        return gone

    def delete_all(self) -> int:
        """Remove all chats for good, overwriting their text; how many there were."""
        with self._change() as db:
            gone = db.execute("UPDATE chats SET deleted = ?", (time.time(),)).rowcount
        self.purge()
        with self._lock, told(self._file):
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    def begin(
        self,
        turn: str,
        chat: int,
        asked: str,
        pictures: Sequence[bytes] = (),
        replaces: str | None = None,
        *,
        texts: Sequence[AttachedText] = (),
    ) -> None:
        """Put a turn on disk, with its pictures and texts. `replaces` hides that and all after it.

        One that is there already is opened again.
        """
        if chat == PRIVATE:
            self._private.add(turn)
        with self._change(chat == PRIVATE) as db:
            turn_rows.insert(
                db, turn, chat, asked, pictures=pictures, replaces=replaces, texts=texts
            )

    def ground(self, turn: str, prompt: str, evidence: Sequence[Evidence]) -> None:
        """Keep what the answer rests on, and the message as the model reads it."""
        with self._change(turn in self._private) as db:
            db.execute(
                "UPDATE turns SET prompt = ?, evidence = ? WHERE id = ?",
                (prompt, msgspec.json.encode(evidence), turn),
            )

    def answer(self, turn: str, reply: str) -> None:
        """Keep the answer as far as it was given."""
        with self._change(turn in self._private) as db:
            db.execute("UPDATE turns SET reply = ? WHERE id = ?", (reply, turn))

    def end(self, turn: str, reply: str, ended: Ended, why: Explanation) -> None:
        """Close a turn with what the user was really given."""
        with self._change(turn in self._private) as db:
            db.execute(
                "UPDATE turns SET reply = ?, ended = ?, why = ? WHERE id = ?",
                (reply, ended.value, msgspec.json.encode(why), turn),
            )

    def explain(self, turn: str, why: Explanation) -> None:
        """Keep an explanation that was completed after the turn had ended."""
        with self._change(turn in self._private) as db:
            values = (msgspec.json.encode(why), turn)
            db.execute("UPDATE turns SET why = ? WHERE id = ?", values)

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

    def versions(self, chat: int) -> dict[str, tuple[str, ...]]:
        """The shown turns that have other versions, with all of them, the oldest first."""
        with self._lock, told(self._file):
            self._be_there()
            return versions.of_chat(self._db, chat)

    def choose_version(self, turn: str) -> None:
        """Show this version, and what followed it, in place of the one that is shown."""
        with self._change() as db:
            versions.choose(db, turn)

    def turns(self, chat: int, newest: int | None = None) -> list[StoredTurn]:
        """The turns of a chat in order; with `newest` only that many of the last."""
        rows = self._rows(
            "SELECT * FROM turns WHERE chat = ? AND replaced = 0 ORDER BY number DESC LIMIT ?",
            (chat, -1 if newest is None else newest),
            private=chat == PRIVATE,
        )
        return [turn_of(row) for row in reversed(rows)]

    def before(self, turn: str, chat: int) -> StoredTurn | None:
        """The turn of a chat that came before this one."""
        rows = self._rows(
            "SELECT * FROM turns WHERE chat = ? AND replaced = 0 AND number <"
            " (SELECT number FROM turns WHERE id = ?) ORDER BY number DESC LIMIT 1",
            (chat, turn),
            private=chat == PRIVATE,
        )
        return turn_of(rows[0]) if rows else None

    def turn(self, turn: str) -> StoredTurn | None:
        """The turn of this id."""
        rows = self._rows("SELECT * FROM turns WHERE id = ?", (turn,), turn in self._private)
        return turn_of(rows[0]) if rows else None

    def add_pictures(self, turn: str, pictures: Sequence[bytes]) -> None:
        """Keep pictures with a turn that is here already."""
        with self._change(turn in self._private) as db:
            db.executemany(
                "INSERT INTO pictures SELECT number, ?2 FROM turns WHERE id = ?1",
                [(turn, data) for data in pictures],
            )

    def pictures(self, turn: str) -> list[bytes]:
        """The pictures that came with a turn, as encoded files."""
        rows = self._rows(
            "SELECT data FROM pictures WHERE turn = (SELECT number FROM turns WHERE id = ?)"
            " ORDER BY rowid",
            (turn,),
            private=turn in self._private,
        )
        return [row["data"] for row in rows if isinstance(row["data"], bytes)]

    def texts(self, turn: str) -> list[AttachedText]:
        """The texts that came with a turn, whole."""
        rows = self._rows(texts_rows.OF_TURN, (turn,), private=turn in self._private)
        return texts_rows.texts_of(rows)

    def texts_before(self, chat: int, turn: str | None) -> tuple[AttachedText, ...]:
        """The texts that came with the shown turns of a chat before this one; None for all."""
        private = chat == PRIVATE
        rows = self._rows(texts_rows.BEFORE, (chat, turn, turn), private=private)
        return tuple(texts_rows.texts_of(rows))

    def meanings(self, chat: int) -> list[tuple[str, bytes]]:
        """The user's words in a chat, each with its vector."""
        rows = self._rows(
            "SELECT asked, vector FROM meanings JOIN turns USING (number) WHERE chat = ?",
            (chat,),
            private=chat == PRIVATE,
        )
        return [(row["asked"], row["vector"]) for row in rows]

    def keep_meanings(self, vectors: Sequence[tuple[str, bytes]]) -> None:
        """Keep the vectors of turns; those of a private chat only while it is open."""
        for private in (True, False):
            chosen = [each for each in vectors if (each[0] in self._private) == private]
            if chosen:
                with self._change(private) as db:
                    db.executemany(
                        "INSERT OR REPLACE INTO meanings"
                        " SELECT number, ?2 FROM turns WHERE id = ?1",
                        chosen,
                    )

    def search(self, query: str, most: int = 50) -> list[SearchHit]:
        """Turns with every word of the query, the best first."""
        words = query.split()
        if not words:
            return []
        short = any(len(word) < _SHORTEST_INDEXED for word in words)
        rows = (self._scan if short else self._match)(words, most)
        known = {row["id"] for row in rows}
        texts = self._rows(*texts_rows.search(words, most)) if len(rows) < most else []
        rows += [row for row in texts if row["id"] not in known]
        return [SearchHit(r["chat"], r["id"], r["title"], r["snippet"]) for r in rows[:most]]

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

    def _rows(
        self, query: str, values: Sequence[object] = (), private: bool = False
    ) -> list[sqlite3.Row]:
        """Read; where the file turns out to be damaged, read what could be saved of it."""
        with self._lock, told(self._file):
            if private:
                return self._private.db.execute(query, values).fetchall()
            self._be_there()
            try:
                return self._db.execute(query, values).fetchall()
            except sqlite3.DatabaseError as error:
                if self._file is None or not is_damage(error):
                    raise
            self._mend()
            return self._db.execute(query, values).fetchall()

    @contextlib.contextmanager
    def _change(self, private: bool = False) -> Iterator[sqlite3.Connection]:
        with self._lock, told(self._file):
            if private:
                with self._private.db as db:
                    yield db
                return
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
