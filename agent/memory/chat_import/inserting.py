"""A chat of another program as rows of the history."""

from __future__ import annotations

import sqlite3
import time

from agent.memory.chat_import.types import ImportedChat
from agent.types import Ended


def insert_chat(db: sqlite3.Connection, chat: ImportedChat) -> bool:
    """Put a chat into the tables; False where its first turn is there already."""
    first = chat.turns[0].id
    if db.execute("SELECT 1 FROM turns WHERE id = ?", (first,)).fetchone():
        return False
    now = time.time()
    added = db.execute(
        "INSERT INTO chats(title, updated) VALUES (?, ?)", (chat.title, chat.updated or now)
    ).lastrowid
    db.executemany(
        "INSERT OR IGNORE INTO turns(id, chat, asked, reply, ended, at) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (turn.id, added, turn.asked, turn.reply, Ended.DONE.value, turn.at or chat.updated)
            for turn in chat.turns
        ],
    )
    return True
