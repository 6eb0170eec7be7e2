"""The rows of the texts that came with questions, and how they are searched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from agent.attached_text import AttachedText

OF_TURN = (
    "SELECT title, text FROM texts WHERE turn = (SELECT number FROM turns WHERE id = ?)"
    " ORDER BY rowid"
)
BEFORE = (
    "SELECT x.title, x.text FROM texts x JOIN turns t ON t.number = x.turn"
    " WHERE t.chat = ? AND t.replaced = 0"
    " AND (? IS NULL OR t.number < ifnull((SELECT number FROM turns WHERE id = ?), t.number + 1))"
    " ORDER BY x.rowid"
)
_AROUND = 40
_SNIPPET = 120


def texts_of(rows: Iterable[sqlite3.Row]) -> list[AttachedText]:
    """The texts of rows; one that is damaged is left out."""
    return [
        AttachedText(row["title"], row["text"])
        for row in rows
        if isinstance(row["title"], str) and isinstance(row["text"], str)
    ]


def search(words: Sequence[str], most: int) -> tuple[str, tuple[object, ...]]:
    """The query, and its values, for turns with every word in one of their texts."""
    tests = " AND ".join("instr(lower(x.text), lower(?)) > 0" for _ in words)
    query = (
        "SELECT t.chat, t.id, c.title,"
        f" substr(x.text, max(1, instr(lower(x.text), lower(?)) - {_AROUND}), {_SNIPPET})"
        " AS snippet FROM texts x JOIN turns t ON t.number = x.turn JOIN chats c ON c.id = t.chat"
        f" WHERE c.deleted IS NULL AND t.replaced = 0 AND {tests}"
        " ORDER BY t.number DESC LIMIT ?"
    )
    return query, (words[0], *words, most)
