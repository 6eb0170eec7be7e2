"""A chat as Markdown or JSON, for the user to keep."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence

import msgspec

from agent.attached_text import AttachedText
from agent.memory.history import Chat, History, StoredTurn
from perception.fusion import ATTACHED
from perception.types import Evidence

_TICKS = re.compile("`{3,}")
Texts = Mapping[str, Sequence[AttachedText]]
"""The texts that came with turns, by the turn's id."""


def texts_of(history: History, turns: Sequence[StoredTurn]) -> Texts:
    """The texts that came with these turns."""
    return {turn.id: texts for turn in turns if (texts := history.texts(turn.id))}


def to_markdown(chat: Chat, turns: Sequence[StoredTurn], texts: Texts) -> str:
    """A readable page with the evidence under each answer, and attached texts under questions."""
    parts = [f"# {chat.title}\n"]
    for turn in turns:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(turn.at))
        parts.append(f"## {when}\n")
        parts.append("".join(f"> {line}\n" for line in turn.asked.splitlines()))
        parts += [_fenced(each) for each in texts.get(turn.id, ())]
        parts.append(turn.reply.strip() + "\n")
        if turn.evidence:
            parts.append("".join(f"- {_line(each)}\n" for each in turn.evidence))
    return "\n".join(parts)


def _fenced(text: AttachedText) -> str:
    """The text as it is: its fence is longer than any within."""
    fence = "`" * max([3, *(len(run) + 1 for run in _TICKS.findall(text.text))])
    return f"**{text.title}**\n\n{fence}text\n{text.text.rstrip()}\n{fence}\n"


def _line(item: Evidence) -> str:
    if item.kind == ATTACHED:
        return f"[{item.id}] {item.kind}: {item.where.source}, part {item.where.page}"
    return f"[{item.id}] {item.kind}: {item.text}"


def to_json(chat: Chat, turns: Sequence[StoredTurn], texts: Texts) -> str:
    """Everything that is kept of a chat, but its pictures."""
    told = {"chat": chat, "turns": turns, **({"texts": texts} if texts else {})}
    return msgspec.json.format(msgspec.json.encode(told)).decode()
