"""What the window remembers between starts: its place, its panels, and unsent words."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import msgspec


@dataclass(frozen=True, slots=True)
class Remembered:
    """`drafts` by chat id as text, `new` for a chat that does not exist yet.

    `explained` are the modes of an open microphone that were explained once. A microphone
    that was muted stays so.
    """

    geometry: bytes = b""
    chats_open: bool = True
    side_open: bool = True
    drafts: dict[str, str] = field(default_factory=dict)
    explained: tuple[str, ...] = ()
    muted: bool = False


def recall(file: Path) -> Remembered:
    """What is in `file`; nothing where it is missing or damaged, for only comfort is lost."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Remembered)
    except (OSError, msgspec.MsgspecError):
        return Remembered()


def keep(remembered: Remembered, file: Path) -> None:
    """Write it whole or not at all, readable for this user alone."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(msgspec.json.encode(remembered))
    draft.replace(file)
