"""Conversations with checks: their file, and how they are held with the whole agent.

A file has a conversation a line: `id`, `group`, `language`, and `turns` with `user` (the words),
`checks`, and `data`: lines of what camera, documents or sensors show in that turn, without numbers,
as `perception.fusion.describe` writes them.
"""

from __future__ import annotations

import queue
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from agent.codes import AgentCode
from agent.commands import Close
from agent.conversation import Conversation
from agent.engines.loaded import Engines
from agent.events import Asked, AssistantState, Called, Event, Failed, Reply
from agent.memory.history import History
from agent.settings import Settings
from agent.tools.types import Call
from agent.training.everyday.arguments import NOW
from agent.training.everyday.judge import Check
from agent.turn.context import Question
from agent.types import Phase, new_turn
from perception.fusion import LONG, NAMES, PICTURE
from perception.leftovers import owned_prefix
from perception.types import Evidence, UserError, Where
from safety.audit.log import Audit

_DOCUMENT = re.compile(r"(?P<title>.+) p\. (?P<page>\d+)")
_KINDS = {name: kind for kind, name in NAMES.items()}


class TalkTurn(msgspec.Struct, frozen=True):
    """What the user says, what is shown meanwhile, and what is wanted of the answer."""

    user: str
    checks: tuple[Check, ...]
    data: tuple[str, ...] = ()


class Talk(msgspec.Struct, frozen=True):
    """One conversation."""

    id: str
    group: str
    language: str
    turns: tuple[TalkTurn, ...]


@dataclass(frozen=True, slots=True)
class TurnAnswer:
    """What the user got in one turn; `calls` are all of that turn, `shown` its evidence."""

    text: str
    calls: tuple[Call, ...]
    shown: bool
    seconds: float


def read(file: Path) -> list[Talk]:
    """The conversations of a file; UserError where it holds something else."""
    try:
        lines = file.read_bytes().split(b"\n")
        return [msgspec.json.decode(line, type=Talk) for line in lines if line.strip()]
    except (OSError, msgspec.MsgspecError) as error:
        raise UserError(AgentCode.CONVERSATIONS_UNREADABLE, file=file, reason=error) from error


def hold(engines: Engines, talk: Talk, settings: Settings) -> Iterator[TurnAnswer]:
    """The answers of a new conversation, in order, as a user gets them who types.

    The clock stands at `NOW`. `engines` stay open. Nothing of it reaches the user's history or
    log. UserError where a turn fails.
    """
    with TemporaryDirectory(prefix=owned_prefix()) as name:
        folder = Path(name)
        audit = Audit(folder / "audit.jsonl")
        kept = replace(engines, audit=lambda: audit, close=lambda: None)
        events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        history = History(folder / "history.db")
        conversation = Conversation(
            lambda _: kept, history, lambda: settings, events.put, None, now=lambda: NOW
        )
        try:
            _until_idle(events)
            chat: int | None = None
            for turn in talk.turns:
                answer, chat = _ask(conversation, events, turn, chat)
                yield answer
        finally:
            conversation.send(Close())
            conversation.join()
            history.close()


def evidence(lines: Sequence[str]) -> tuple[Evidence, ...]:
    """Lines of data as what they were written from."""
    return tuple(_evidence(number, line) for number, line in enumerate(lines, start=1))


def _evidence(number: int, line: str) -> Evidence:
    name, parted, text = line.partition(": ")
    if not parted:
        return Evidence(number, "thing", line, Where(PICTURE), 1.0)
    if document := _DOCUMENT.fullmatch(name):
        where = Where(document["title"], page=int(document["page"]))
        return Evidence(number, "document", _unquoted(text), where, 1.0)
    kind = _KINDS.get(name, name)
    text = _unquoted(text).replace(" / ", "\n") if kind in LONG else text
    return Evidence(number, kind, text, Where(PICTURE), 1.0)


def _unquoted(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] == '"'
    return text[1:-1] if quoted else text


def _ask(
    conversation: Conversation, events: queue.SimpleQueue[Event], turn: TalkTurn, chat: int | None
) -> tuple[TurnAnswer, int]:
    name, begun = new_turn(), time.monotonic()
    conversation.ask(Question(name, begun, chat, turn.user, shown=evidence(turn.data)))
    asked: Asked | None = None
    calls = list[Call]()
    while not isinstance(event := events.get(), Reply):
        if isinstance(event, Failed):
            raise UserError.of(event.told)
        if isinstance(event, Asked):
            asked = event
        if isinstance(event, Called):
            calls.append(Call(event.tool, event.arguments))
    _until_idle(events)
    if asked is None:
        raise UserError(AgentCode.TURN_ENDED_EARLY)
    seconds = time.monotonic() - begun
    return TurnAnswer(event.text, tuple(calls), bool(asked.evidence), seconds), asked.chat


def _until_idle(events: queue.SimpleQueue[Event]) -> None:
    while not isinstance(event := events.get(), AssistantState) or event.phase is not Phase.IDLE:
        if isinstance(event, Failed):
            raise UserError.of(event.told)
