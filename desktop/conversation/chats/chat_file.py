"""A chat as a file that the user chose."""

from __future__ import annotations

from pathlib import Path

from agent.memory.history import History
from desktop.codes import DesktopCode
from perception.types import UserError


def write_chat(history: History, chat: int, file: Path, *, as_json: bool) -> None:
    """Write it as Markdown or JSON; UserError where it cannot be written."""
    from agent.memory import exporting

    known = next(item for item in history.chats() if item.id == chat)
    turns = history.turns(chat)
    texts = exporting.texts_of(history, turns)
    text = (exporting.to_json if as_json else exporting.to_markdown)(known, turns, texts)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(
            DesktopCode.CHAT_NOT_EXPORTED, file=file.name, reason=error.strerror or error
        ) from error
