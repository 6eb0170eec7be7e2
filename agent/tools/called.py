"""The calls of turns as they are shown: also those of a chat that is opened again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from agent.events import Called
from agent.tools.store import Due, Store
from agent.tools.types import Call, Result


@dataclass(frozen=True, slots=True)
class TurnCalls:
    """What the tools did in a turn; `undone` where it was taken back."""

    calls: tuple[Called, ...]
    undone: bool


def called(turn: str, call: Call, result: Result) -> Called:
    """A call and what came of it, for the window."""
    arguments, told = dict(call.arguments), dict(result.arguments)
    return Called(turn, call.tool, arguments, result.code, told, result.undo is not None)


def calls_of(store: Store, turns: Sequence[str], now: datetime) -> Mapping[str, TurnCalls]:
    """The calls of these turns; one can be undone where that would still change something."""
    found: dict[str, TurnCalls] = {}
    for turn, call, result, undone in store.all_calls(turns):
        still = result.undo is not None and not undone and _still(result.undo, store, now)
        one = replace(called(turn, call, result), undo=still)
        before = found.get(turn, TurnCalls((), False))
        found[turn] = TurnCalls((*before.calls, one), before.undone or undone)
    return found


def _still(undo: Call, store: Store, now: datetime) -> bool:
    numbers = _numbers(undo)
    match undo.tool:
        case "cancel":
            return any(due.id in numbers and _is_ahead(due, now) for due in store.due())
        case "again":
            return any(_is_ahead(due, now) for due in store.cancelled(numbers))
        case "forget":
            return any(kept.id in numbers for kept in store.kept())
        case "remember" if "instead" in undo.arguments:
            return any(kept.id == undo.arguments["instead"] for kept in store.kept())
        case "list_remove":
            return any(item.id in numbers for item in store.items())
        case _:
            return True


def _numbers(undo: Call) -> frozenset[int]:
    given = undo.arguments.get("id", [])
    return frozenset(int(one) for one in (given if isinstance(given, list) else [given]))


def _is_ahead(due: Due, now: datetime) -> bool:
    if due.wall:
        return bool(due.repeats) or datetime.fromisoformat(due.wall) > now.replace(tzinfo=None)
    return due.kind == "stopwatch" or due.at > now.timestamp()
