"""Appeals: decisions of the guard that the user called wrong, with a word why.

They lie in the history's file and go with their chat, also those that were given for learning:
who deletes a chat deletes every word of it. What stays is that there was one, in the log of
decisions.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from agent.codes import AgentCode
from agent.memory.history import StoredTurn
from agent.memory.history_failures import told
from agent.memory.history_file import open_plain
from agent.memory.history_schema import bring_up_to_date
from agent.types import Ended
from perception.types import UserError
from safety.types import Action, Change, Explanation

MOST_WORDS = 500
"""Characters of the user's word why."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of a turn: what was done with which text, and the finding that decided.

    `direction` is that of `Circumstance`; it is empty where an older version decided.
    """

    action: str
    direction: str
    rule: str
    category: str
    score: float
    threshold: float


@dataclass(frozen=True, slots=True)
class KeptAppeal:
    """A decision that was called wrong, with what was asked and answered in its turn."""

    turn: str
    asked: str
    answered: str
    decided: Decided
    words: str
    may_train: bool
    at: float
    """Seconds since 1970."""

    @property
    def text(self) -> str:
        """The text that was judged; empty where it was not kept: what was hidden of an answer."""
        return self.asked if self.decided.direction == "in" else ""


class AppealStore:
    """The appeals in the history's file. Safe to use from several threads and processes."""

    def __init__(self, history: Path, read_only: bool = False) -> None:
        """`history` is the file of a `History` that exists. UserError where it is none."""
        self._file, self._read_only = history, read_only
        if not read_only:
            with self._open() as db:
                bring_up_to_date(db, history)

    def keep(self, turn: str, decided: Decided, words: str, may_train: bool) -> None:
        """Keep that a turn's decision is wrong; a later word replaces it.

        UserError where there is no such turn.
        """
        with self._open() as db:
            made = db.execute(
                "INSERT OR REPLACE INTO appeals(turn, action, direction, rule, category, score,"
                " threshold, words, may_train, at)"
                " SELECT number, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM turns WHERE id = ?",
                (
                    decided.action,
                    decided.direction,
                    decided.rule,
                    decided.category,
                    decided.score,
                    decided.threshold,
                    " ".join(words.split())[:MOST_WORDS],
                    may_train,
                    time.time(),
                    turn,
                ),
            )
            if not made.rowcount:
                raise UserError(AgentCode.ANSWER_GONE)

    def forget(self, turn: str) -> bool:
        """Forget that a decision was called wrong; False where it was not."""
        with self._open() as db:
            gone = db.execute(
                "DELETE FROM appeals WHERE turn = (SELECT number FROM turns WHERE id = ?)", (turn,)
            )
        return bool(gone.rowcount)

    def of(self, turns: Sequence[str]) -> frozenset[str]:
        """Those of these turns whose decision was called wrong."""
        asked = list(turns)
        with self._open() as db:
            rows = db.execute(
                "SELECT t.id FROM appeals a JOIN turns t ON t.number = a.turn"
                f" WHERE t.id IN ({','.join('?' * len(asked))})",
                asked,
            ).fetchall()
        return frozenset(id_ for (id_,) in rows)

    def all(self) -> list[KeptAppeal]:
        """Every appeal, newest first; those of deleted chats are not among them."""
        with self._open() as db:
            rows = db.execute(
                "SELECT t.id, t.asked, t.reply, a.action, a.direction, a.rule, a.category,"
                " a.score, a.threshold, a.words, a.may_train, a.at FROM appeals a"
                " JOIN turns t ON t.number = a.turn JOIN chats c ON c.id = t.chat"
                " WHERE c.deleted IS NULL ORDER BY a.at DESC"
            ).fetchall()
        return [
            KeptAppeal(id_, asked, reply, Decided(*decided), words, bool(may_train), at)
            for id_, asked, reply, *decided, words, may_train, at in rows
        ]

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        if not self._file.exists():
            raise UserError(AgentCode.HISTORY_MISSING, file=self._file)
        with told(self._file), contextlib.closing(open_plain(self._file)) as db, db:
            if self._read_only:
                db.execute("PRAGMA query_only = ON")
            yield db


def decided_of(turn: StoredTurn) -> Decided:
    """What was decided of a turn, the strongest first; UserError where nothing was."""
    why = turn.why
    if why is None or not why.changes:
        raise UserError(AgentCode.APPEAL_OF_NOTHING)
    change = next((each for each in why.changes if each.headline == why.headline), why.changes[0])
    rule, category = change.decided
    found = [f for f in why.findings if f.fired and (f.rule, f.category) == change.decided]
    score = max((finding.score for finding in found), default=0.0)
    threshold = max((finding.threshold for finding in found), default=0.0)
    action = _action(turn.ended, change, why)
    return Decided(str(action), change.direction, rule, category, score, threshold)


def _action(ended: Ended | None, change: Change, why: Explanation) -> Action:
    if ended is Ended.BLOCKED and change.headline == why.headline:
        return Action.BLOCK
    return Action.ADVISE if change.noted else Action.REDACT
