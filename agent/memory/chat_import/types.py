"""What is read from an export: chats with turns, and what could not be taken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why something of an export was not taken."""

    BROKEN_CHAT = "broken-chat"
    BROKEN_MESSAGE = "broken-message"
    ATTACHMENT = "attachment"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    CUT_OFF = "cut-off"


@dataclass(frozen=True, slots=True)
class ImportedTurn:
    """A question with its answer; `at` is a Unix time, `id` the same at each import."""

    id: str
    asked: str
    reply: str
    at: float


@dataclass(frozen=True, slots=True)
class ImportedChat:
    """A chat as it will be kept; `updated` is a Unix time."""

    title: str
    updated: float
    turns: tuple[ImportedTurn, ...]
    broken: int = 0
    """Messages that could not be read."""
    attached: int = 0
    """Files and pictures, which are not taken."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of an export that was not taken: so many of a chat, empty where it has no title."""

    chat: str
    reason: Reason
    count: int = 1


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `known` chats were here already."""

    chats: int = 0
    turns: int = 0
    known: int = 0
    left_out: tuple[LeftOut, ...] = ()
