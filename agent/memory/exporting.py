"""A chat as Markdown or JSON, for the user to keep."""

from __future__ import annotations

import time
from collections.abc import Sequence

import msgspec

from agent.memory.history import Chat, StoredTurn


def to_markdown(chat: Chat, turns: Sequence[StoredTurn]) -> str:
    """A readable page with the evidence under each answer."""
    parts = [f"# {chat.title}\n"]
    for turn in turns:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(turn.at))
        parts.append(f"## {when}\n")
        parts.append("".join(f"> {line}\n" for line in turn.asked.splitlines()))
        parts.append(turn.reply.strip() + "\n")
        if turn.evidence:
            parts.append("".join(f"- [{e.id}] {e.kind}: {e.text}\n" for e in turn.evidence))
    return "\n".join(parts)


def to_json(chat: Chat, turns: Sequence[StoredTurn]) -> str:
    """Everything that is kept of a chat, but its pictures."""
    return msgspec.json.format(msgspec.json.encode({"chat": chat, "turns": turns})).decode()
