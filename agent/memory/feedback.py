"""Feedback on answers: good, bad, or put right; and whether it may be learned from."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from agent.codes import AgentCode
from agent.memory.history_failures import told
from agent.memory.history_file import open_plain
from agent.memory.history_schema import bring_up_to_date
from perception.types import UserError


@dataclass(frozen=True, slots=True)
class RatedAnswer:
    """An answer that may be learned from: the message as the model read it, and what to say."""

    turn: str
    chat: int
    prompt: str
    answer: str


@dataclass(frozen=True, slots=True)
class GivenFeedback:
    """Feedback given for training: what was asked and answered, and the user's word on it.

    `at` is in seconds since 1970.
    """

    turn: str
    asked: str
    answered: str
    good: bool
    corrected: str
    at: float


class FeedbackStore:
    """The feedback in the history's file. Safe to use from several threads and processes."""

    def __init__(self, history: Path, read_only: bool = False) -> None:
        """`history` is the file of a `History` that exists. UserError where it is none.

        Only the mind writes; the window, whose history the mind keeps up to date, only reads.
        """
        self._file, self._read_only = history, read_only
        if not read_only:
            with self._open() as db:
                bring_up_to_date(db, history)

    def mark(self, turn: str, good: bool, corrected: str = "", may_train: bool = False) -> None:
        """Keep what the user thinks of a turn; a later mark replaces it.

        `may_train` is the user's own yes to learning from it; without one it never is. UserError
        where there is no such turn.
        """
        with self._open() as db:
            made = db.execute(
                "INSERT OR REPLACE INTO marks(turn, good, corrected, may_train, at)"
                " SELECT number, ?, ?, ?, ? FROM turns WHERE id = ?",
                (good, corrected.strip(), may_train, time.time(), turn),
            )
            if not made.rowcount:
                raise UserError(AgentCode.ANSWER_GONE)

    def unmark(self, turn: str) -> None:
        """Forget what the user thought of a turn."""
        with self._open() as db:
            db.execute(
                "DELETE FROM marks WHERE turn = (SELECT number FROM turns WHERE id = ?)", (turn,)
            )

    def keep_feedback(self, turn: str, good: bool | None, corrected: str) -> None:
        """What the user thinks, who agreed to learning from it; None forgets it."""
        if good is None:
            self.unmark(turn)
        else:
            self.mark(turn, good, corrected, may_train=True)

    def of(self, turns: Sequence[str]) -> dict[str, tuple[bool, str]]:
        """The marks of these turns: whether each is good, and what would be right."""
        asked = list(turns)
        with self._open() as db:
            rows = db.execute(
                "SELECT t.id, m.good, m.corrected FROM marks m JOIN turns t ON t.number = m.turn"
                f" WHERE t.id IN ({','.join('?' * len(asked))})",
                asked,
            ).fetchall()
        return {id: (bool(good), corrected) for id, good, corrected in rows}

    def may_train(self) -> list[RatedAnswer]:
        """Good and corrected answers that the user gave for training; deleted chats are not in."""
        with self._open() as db:
            rows = db.execute(
                "SELECT t.id, t.chat, t.prompt, t.reply, m.corrected FROM marks m"
                " JOIN turns t ON t.number = m.turn JOIN chats c ON c.id = t.chat"
                " WHERE m.may_train = 1 AND c.deleted IS NULL AND t.prompt != ''"
                " AND (m.corrected != '' OR (m.good = 1 AND t.reply != '' AND t.ended = 'done'))"
                " ORDER BY t.number"
            ).fetchall()
        return [
            RatedAnswer(id, chat, prompt, fixed or reply) for id, chat, prompt, reply, fixed in rows
        ]

    def given(self) -> list[GivenFeedback]:
        """All marks that were given for training, newest first; deleted chats are not in."""
        with self._open() as db:
            rows = db.execute(
                "SELECT t.id, t.asked, t.reply, m.good, m.corrected, m.at FROM marks m"
                " JOIN turns t ON t.number = m.turn JOIN chats c ON c.id = t.chat"
                " WHERE m.may_train = 1 AND c.deleted IS NULL ORDER BY m.at DESC"
            ).fetchall()
        return [
            GivenFeedback(id, asked, told, bool(good), *more)
            for id, asked, told, good, *more in rows
        ]

    def bad(self) -> int:
        """How many answers are bad, given for training, and not put right: nothing to learn."""
        with self._open() as db:
            row = db.execute(
                "SELECT count(*) FROM marks WHERE may_train = 1 AND good = 0 AND corrected = ''"
            ).fetchone()
        return int(row[0])

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        if not self._file.exists():
            raise UserError(AgentCode.HISTORY_MISSING, file=self._file)
        with told(self._file), contextlib.closing(open_plain(self._file)) as db, db:
            if self._read_only:
                db.execute("PRAGMA query_only = ON")
            yield db
