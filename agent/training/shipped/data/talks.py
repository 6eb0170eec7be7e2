"""Whole conversations written by hand, as the running agent would have held them.

A file has a conversation a line: `id`, `group`, `now` ("2027-03-16 14:05 Tuesday"), `mode` (typed
or spoken) and `turns` with `user`, `data` (lines without numbers), `call` and `result` where a tool
was used, and `assistant`. Each turn gets the clock and the hint that it would get in use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from agent.codes import AgentCode
from agent.profiles import profile
from agent.prompting.prompt import TurnMoment, language, question, system
from agent.training.everyday.talks import evidence
from agent.turn import routing
from agent.types import Message
from perception.fusion import describe
from perception.types import UserError

_KNOWLEDGE = frozenset(("fact", "facts", "howto"))
"""Groups whose answers are read but not learned: facts that a small model does not know teach it to
invent others."""

_TWICE = frozenset(("unknowable", "nothing", "nothing-shown", "scene", "document"))


class _Turn(msgspec.Struct, frozen=True):
    user: str
    assistant: str
    data: tuple[str, ...] = ()
    call: dict[str, Any] | None = None
    result: str = ""


class _Talk(msgspec.Struct, frozen=True):
    id: str
    group: str
    language: str
    now: str
    mode: str
    turns: tuple[_Turn, ...]


@dataclass(frozen=True, slots=True)
class WrittenTalk:
    """A conversation to learn; `learned` are the places of the messages that are."""

    group: str
    messages: tuple[Message, ...]
    learned: frozenset[int]


def read(files: Iterable[Path]) -> Iterator[WrittenTalk]:
    """The conversations of these files; UserError where one holds something else."""
    for file in files:
        try:
            lines = file.read_bytes().split(b"\n")
            talks = [msgspec.json.decode(line, type=_Talk) for line in lines if line.strip()]
            yield from map(_written, talks)
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            raise UserError(AgentCode.CONVERSATIONS_UNREADABLE, file=file, reason=error) from error


def weighed(talks: Iterable[WrittenTalk]) -> list[WrittenTalk]:
    """Those that hold something to learn; what a small model does worst comes twice."""
    kept = [talk for talk in talks if talk.learned]
    return [talk for talk in kept for _ in range(2 if talk.group in _TWICE else 1)]


def _written(talk: _Talk) -> WrittenTalk:
    messages, learned = [system(profile.load("everyday"))], list[int]()
    now = datetime.strptime(" ".join(talk.now.split()[:2]), "%Y-%m-%d %H:%M")
    for place, turn in enumerate(talk.turns):
        moment = TurnMoment(now, talk.mode == "spoken", _hints(talk.turns, place))
        messages += [question(turn.user, describe(evidence(turn.data)), moment)]
        # What a tool says is not the model's.
        if turn.call is None and (talk.group not in _KNOWLEDGE or turn.data):
            learned.append(len(messages))
        messages.append(Message("assistant", turn.assistant))
    return WrittenTalk(talk.group, tuple(messages), frozenset(learned))


def _hints(turns: Sequence[_Turn], place: int) -> tuple[str, ...]:
    words = turns[place].user
    before = any(turn.data for turn in turns[:place])
    return routing.hints(words, language(words), bool(turns[place].data), before)
