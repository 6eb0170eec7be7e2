"""What a tool's file declares, and what it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from agent.tools.store import Store
from agent.tools.types import Call, Result, Tool


@dataclass(frozen=True, slots=True)
class Said:
    """One wish in the user's own words (law 4: nothing here ever comes from data or an answer).

    `before` are the user's earlier words of this chat, the newest first; `last` the newest result
    in it. `now` is local time, with or without a zone.
    """

    words: str
    now: datetime
    before: tuple[str, ...] = ()
    last: Result | None = None


@dataclass(frozen=True, slots=True)
class Toolbox:
    """What a tool works with in this turn. `found` searches the user's own words in the chats."""

    store: Store
    now: datetime
    turn: str
    last: Result | None = None
    found: Callable[[str], tuple[str, ...]] = lambda query: ()


@dataclass(frozen=True, slots=True)
class Ability:
    """A tool: its declaration, what it understands without a model, and what it does.

    A lower `order` is asked first. `run` never raises for what a user may say: it answers with a
    code.
    """

    tool: Tool
    quick: Callable[[Said], Call | None]
    run: Callable[[Call, Toolbox], Result]
    order: int = 50
