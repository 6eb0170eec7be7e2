"""What commands and events of the assistant process (the mind) have in common."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum


def new_turn() -> str:
    """A turn's name, unique across processes."""
    return uuid.uuid4().hex


class Phase(StrEnum):
    """What the mind is doing."""

    LOADING = "loading"
    IDLE = "idle"
    HEARING = "hearing"
    LOOKING = "looking"
    THINKING = "thinking"
    SPEAKING = "speaking"


class Ended(StrEnum):
    """How a turn ended."""

    DONE = "done"
    INTERRUPTED = "interrupted"
    BLOCKED = "blocked"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt; role is system, user or assistant."""

    role: str
    text: str
