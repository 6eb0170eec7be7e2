"""What the history holds, and how a row becomes it: a bad row costs itself and no other."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import msgspec

from agent.types import Ended
from perception.messages import notice, plain
from perception.types import Evidence
from safety.codes import SafetyCode
from safety.types import Explanation

T = TypeVar("T")

_TITLE_CHARACTERS = 48


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation; `updated` is a Unix time."""

    id: int
    title: str
    updated: float


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A question and its answer. `prompt` is the user message as the model read it.

    `ended` is None while the turn is open. `unreadable` names the parts that are damaged on disk;
    they are empty here.
    """

    id: str
    chat: int
    asked: str
    prompt: str
    evidence: tuple[Evidence, ...]
    reply: str
    ended: Ended | None
    why: Explanation | None
    at: float
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A turn that holds what was searched for; `snippet` marks it with [ and ]."""

    chat: int
    turn: str
    title: str
    snippet: str


def chat_of(row: sqlite3.Row) -> Chat:
    """The chat of a row; what is damaged of it is empty."""
    title, updated = row["title"], row["updated"]
    return Chat(
        row["id"],
        title if isinstance(title, str) else "",
        float(updated) if isinstance(updated, (int, float)) else 0.0,
    )


def turn_of(row: sqlite3.Row) -> StoredTurn:
    """The turn of a row; its damaged parts are empty, and named."""
    unreadable: list[str] = []

    def part(name: str, read: Callable[[Any], T], otherwise: T) -> T:
        try:
            return read(row[name])
        except (msgspec.MsgspecError, ValueError, TypeError, OverflowError, RecursionError):
            unreadable.append(name)
            return otherwise

    no_evidence: tuple[Evidence, ...] = ()
    failed: Ended | None = Ended.FAILED
    turn = StoredTurn(
        id=str(row["id"]),
        chat=row["chat"],
        asked=part("asked", _text, ""),
        prompt=part("prompt", _text, ""),
        evidence=part("evidence", _evidence, no_evidence),
        reply=part("reply", _text, ""),
        ended=part("ended", _ended, failed),
        why=part("why", _why, None),
        at=part("at", float, 0.0),
    )
    return dataclasses.replace(turn, unreadable=tuple(unreadable)) if unreadable else turn


def _ended(value: str | None) -> Ended | None:
    return Ended(value) if value else None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def _evidence(value: bytes | str) -> tuple[Evidence, ...]:
    return msgspec.json.decode(value, type=tuple[Evidence, ...])


def _why(value: bytes | str | None) -> Explanation | None:
    """An account as it was given; one from before accounts had codes or changes gets those here.

    Of those without codes only that of an untouched answer is known; all other words stay.
    """
    if not value:
        return None
    why = msgspec.json.decode(value, type=Explanation)
    unchanged = notice(SafetyCode.NOTHING_CHANGED)
    if why.notes or not why.headline.startswith(unchanged.message):
        whole = why.changes or why.untouched or not why.headline
        return why if whole else replace(why, changes=(why.change,))
    rest = why.headline.removeprefix(unchanged.message).strip()
    return replace(why, headline="", notes=(unchanged, *([plain(rest)] if rest else [])))


def title_of(asked: str) -> str:
    """The beginning of a question, cut between words where there are any."""
    line = " ".join(asked[: 4 * _TITLE_CHARACTERS].split())
    if len(line) <= _TITLE_CHARACTERS:
        return line
    cut = line[: _TITLE_CHARACTERS - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > _TITLE_CHARACTERS // 2 else cut) + "…"
