"""The rows of a private chat: a history in memory, which ends when the chat is left."""

from __future__ import annotations

import sqlite3

from agent.memory import history_file


class PrivateRows:
    """Knows which turns are private. Guarded by the lock of the `History` that it belongs to."""

    def __init__(self) -> None:
        self._db: sqlite3.Connection | None = None
        self._turns = set[str]()

    def __contains__(self, turn: object) -> bool:
        return turn in self._turns

    def add(self, turn: str) -> None:
        """This turn belongs to the private chat."""
        self._turns.add(turn)

    @property
    def db(self) -> sqlite3.Connection:
        """The tables of a history, in memory, with the one chat that all its turns are of."""
        if self._db is None:
            db, _ = history_file.open_file(None)
            with db:
                db.execute("INSERT INTO chats(id, title, updated) VALUES (-1, '', 0)")
            self._db = db
        return self._db

    def close(self) -> None:
        """Forget all rows. What is still being answered goes into nothing that stays."""
        if self._db is not None:
            self._db.close()
            self._db = None
