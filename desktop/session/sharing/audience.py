"""Which windows see an event."""

from __future__ import annotations

from enum import Enum, auto

from agent.events import (
    Asked,
    AssistantState,
    Called,
    Caption,
    Closed,
    Failed,
    Kept,
    Preview,
    Ready,
    Recent,
    Reply,
    Running,
    Sentence,
    Undone,
    WordList,
)
from desktop.session.children import GaveUp, Restarting
from perception.audio.ipc.messages import Devices, Level, Recorded, Tried, TurnState


class Audience(Enum):
    """Who sees an event."""

    OWNER = auto()
    """The window whose turn it is; where it is none's, the one in front."""
    FRONT = auto()
    """The window in front alone: what is told, rung or heard."""
    EVERYONE = auto()
    """All windows: what is so for all of them."""


_OWNED = (Asked, Called, Caption, Kept, Reply, Sentence, Undone)
_SHARED = (
    AssistantState,
    Closed,
    Devices,
    GaveUp,
    Level,
    Preview,
    Ready,
    Recent,
    Recorded,
    Restarting,
    Running,
    Tried,
    TurnState,
    WordList,
)


def audience_of(event: object) -> Audience:
    """Who sees this event."""
    if isinstance(event, _OWNED) or (isinstance(event, Failed) and event.turn):
        return Audience.OWNER
    return Audience.EVERYONE if isinstance(event, _SHARED) else Audience.FRONT
