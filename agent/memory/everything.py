"""All that is kept of the user: written into one file to take along, or deleted for good."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import msgspec

from agent.memory.exporting import texts_of, to_json, to_markdown
from agent.memory.history import Chat, History
from agent.settings import config_folder
from agent.tools.store import Store
from perception.replaced import replaced

_UNSENT = ("*.question", "*.texts")
_LOGS = ("audit.head", "audit-*.jsonl", "audit.jsonl")
"""The head goes first: a log without one is no proof, and what a crash leaves is deleted again."""
_UNSAFE = re.compile(r"[^\w -]+")
_LONGEST_NAME = 60


def export_everything(folder: Path, file: Path) -> int:
    """Write a zip of all chats in this data folder, and what is remembered; how many chats.

    UserError where the history cannot be read, OSError where the file cannot be written.
    """
    history = History(folder / "history.db")
    try:
        chats = history.chats()
        with (
            replaced(file) as draft,
            zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as packed,
        ):
            for chat in chats:
                _add_chat(packed, history, chat)
            packed.writestr("remembered.json", _remembered(folder))
    finally:
        history.close()
    return len(chats)


def delete_everything(folder: Path) -> int:
    """Delete all chats, facts, notes, lists and the log of decisions; how many chats there were.

    What rings later stays. UserError where a file cannot be used, OSError where one stays.
    """
    history = History(folder / "history.db")
    try:
        chats = history.delete_all()
    finally:
        history.close()
    if (folder / "tools.db").exists():
        store = Store(folder / "tools.db")
        try:
            store.forget_all()
        finally:
            store.close()
    for path in [*(path for name in _LOGS for path in folder.glob(name)), *_unsent(folder)]:
        path.unlink(missing_ok=True)
    (config_folder() / "audit.key").unlink(missing_ok=True)
    return chats


def _unsent(folder: Path) -> list[Path]:
    return [path for end in _UNSENT for path in (folder / "unsent").glob(end)]


def _add_chat(packed: zipfile.ZipFile, history: History, chat: Chat) -> None:
    turns = history.turns(chat.id)
    title = _UNSAFE.sub(" ", chat.title).strip()[:_LONGEST_NAME]
    name = f"chats/{chat.id:05d} {title}".strip()
    texts = texts_of(history, turns)
    packed.writestr(f"{name}.md", to_markdown(chat, turns, texts))
    packed.writestr(f"{name}.json", to_json(chat, turns, texts))
    for turn in turns:
        for number, data in enumerate(history.pictures(turn.id), start=1):
            end = "png" if data.startswith(b"\x89PNG") else "jpg"
            packed.writestr(f"pictures/{chat.id:05d}-{turn.id}-{number}.{end}", data)


def _remembered(folder: Path) -> bytes:
    if not (folder / "tools.db").exists():
        return b"{}"
    store = Store(folder / "tools.db")
    try:
        kept = {"facts and notes": store.kept(), "lists": store.items(), "due": store.due()}
        return msgspec.json.format(msgspec.json.encode(kept))
    finally:
        store.close()
