"""Versions of a turn: what was asked again or otherwise, each with what followed it.

Every turn follows another one of its chat, or none (0). Turns that follow the same one are versions
of each other; one of them is shown, the others are hidden (`replaced`) and lose nothing. The
functions work inside the caller's transaction.
"""

from __future__ import annotations

import sqlite3


def newest(db: sqlite3.Connection, chat: int) -> int:
    """The number of the last turn of a chat that is shown, 0 for none."""
    [found] = db.execute(
        "SELECT max(number) FROM turns WHERE chat = ? AND replaced = 0", (chat,)
    ).fetchone()
    return int(found or 0)


def put_after(db: sqlite3.Connection, turn: int, parent: int) -> None:
    """This turn follows that one."""
    db.execute("INSERT OR IGNORE INTO follows(turn, parent) VALUES (?, ?)", (turn, parent))


def hide_from(db: sqlite3.Connection, chat: int, turn: str) -> None:
    """Hide a turn and all after it, and remember in which order they stood."""
    _link(db, chat)
    db.execute(
        "UPDATE turns SET replaced = 1 WHERE chat = ? AND number >="
        " (SELECT number FROM turns WHERE id = ?)",
        (chat, turn),
    )


def of_chat(db: sqlite3.Connection, chat: int) -> dict[str, tuple[str, ...]]:
    """The shown turns that have other versions, with all of them, the oldest first.

    One that was hidden before it said anything (a voice that went on) is no version.
    """
    rows = db.execute(
        "SELECT t.id, t.replaced, f.parent FROM turns t JOIN follows f ON f.turn = t.number"
        " WHERE t.chat = ? AND (t.replaced = 0 OR t.reply != '') ORDER BY t.number",
        (chat,),
    ).fetchall()
    together: dict[int, list[str]] = {}
    for id_, _, parent in rows:
        together.setdefault(parent, []).append(id_)
    return {
        id_: tuple(together[parent])
        for id_, replaced, parent in rows
        if not replaced and len(together[parent]) > 1
    }


def choose(db: sqlite3.Connection, turn: str) -> None:
    """Show this version and what followed it last; the version shown until now is hidden."""
    found = db.execute(
        "SELECT t.chat, t.number, f.parent FROM turns t JOIN follows f ON f.turn = t.number"
        " WHERE t.id = ?",
        (turn,),
    ).fetchone()
    if found is None:
        return
    chat, number, parent = found
    _link(db, chat)
    db.execute("UPDATE turns SET replaced = 1 WHERE chat = ? AND number > ?", (chat, parent))
    while number is not None:
        db.execute("UPDATE turns SET replaced = 0 WHERE number = ?", (number,))
        [number] = db.execute(
            "SELECT max(t.number) FROM follows f JOIN turns t ON t.number = f.turn"
            " WHERE f.parent = ? AND t.chat = ?",
            (number, chat),
        ).fetchone()


def _link(db: sqlite3.Connection, chat: int) -> None:
    """Turns from before there were versions follow one another as they are shown."""
    before = 0
    shown = "SELECT number FROM turns WHERE chat = ? AND replaced = 0 ORDER BY number"
    for [number] in db.execute(shown, (chat,)).fetchall():
        put_after(db, number, before)
        before = number
