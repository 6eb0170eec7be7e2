"""Puts a turn into the history's tables, in its place among the others of its chat."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence

from agent.attached_text import AttachedText
from agent.memory import versions
from agent.memory.history_rows import title_of


def insert(
    db: sqlite3.Connection,
    turn: str,
    chat: int,
    asked: str,
    *,
    pictures: Sequence[bytes],
    replaces: str | None,
    texts: Sequence[AttachedText] = (),
) -> None:
    """Add a turn, inside the caller's transaction; one that is there already is opened again.

    `replaces` hides that turn and all after it: they become another version.
    """
    again = "UPDATE turns SET ended = NULL, reply = '', why = NULL WHERE id = ?"
    if db.execute(again, (turn,)).rowcount:
        return
    now = time.time()
    if replaces is not None:
        versions.hide_from(db, chat, replaces)
    parent = versions.newest(db, chat)
    added = db.execute(
        "INSERT INTO turns(id, chat, asked, at) VALUES (?, ?, ?, ?)", (turn, chat, asked, now)
    )
    number = int(added.lastrowid or 0)
    db.executemany(
        "INSERT INTO pictures(turn, data) VALUES (?, ?)", [(number, data) for data in pictures]
    )
    db.executemany(
        "INSERT INTO texts(turn, title, text) VALUES (?, ?, ?)",
        [(number, each.title, each.text) for each in texts],
    )
    versions.put_after(db, number, parent)
    db.execute(
        "UPDATE chats SET updated = ?, title = CASE title WHEN '' THEN ? ELSE title END"
        " WHERE id = ?",
        (now, title_of(asked or "\n".join(each.title for each in texts)), chat),
    )
