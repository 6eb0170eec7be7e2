"""The files of a log: the one that grows, those that it left behind, its head, lock and key."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock

_PATIENCE = 10.0
"""Seconds to wait for another Candor that writes."""

MOST_BYTES = 8_000_000
MOST_AGE = timedelta(days=31)
MOST_FILES = 25
"""A file that is larger or older is left behind; so many are kept, the oldest go first."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When a file is left behind, and how many of those are kept."""

    size: int = MOST_BYTES
    age: timedelta = MOST_AGE
    files: int = MOST_FILES


@dataclass(frozen=True, slots=True)
class LogFiles:
    """Where a log lies. `file` is the one that grows."""

    file: Path
    key: Path

    @property
    def head(self) -> Path:
        """What is kept of the last line."""
        return self.file.with_suffix(".head")

    def only_one(self) -> FileLock:
        """Taken while a line and its head are written: two at once would fork the chain."""
        return FileLock(self.file.with_suffix(".lock"), timeout=_PATIENCE)

    def left_behind(self) -> list[Path]:
        """The older files, oldest first; each is named by the number of its first line."""
        return sorted(self.file.parent.glob(f"{self.file.stem}-*{self.file.suffix}"))

    def all(self) -> list[Path]:
        """Every file with lines, oldest first."""
        return [*self.left_behind(), *([self.file] if self.file.exists() else [])]

    def leave_behind(self, first: int) -> None:
        """Put the file that grew beside the older ones."""
        os.replace(
            self.file, self.file.with_name(f"{self.file.stem}-{first:010d}{self.file.suffix}")
        )


def is_full(file: Path, limits: Limits, now: datetime) -> bool:
    """Whether a file is to be left behind; a clock that went back makes none old."""
    if not file.exists() or not (size := file.stat().st_size):
        return False
    return size >= limits.size or now - _began(file, now) >= limits.age


def first_line(file: Path) -> bytes:
    """The first line without its end; empty in an empty file."""
    with file.open("rb") as log:
        return log.readline().rstrip(b"\n")


def lines_of(file: Path) -> Iterator[bytes]:
    """Each line with its end, where it has one."""
    with file.open("rb") as log:
        yield from log


def last_lines(file: Path) -> list[bytes]:
    """The last whole line, then what stands after it without an end (empty for nothing)."""
    with file.open("rb") as log:
        end = log.seek(0, os.SEEK_END)
        tail = b""
        while end > 0 and tail.count(b"\n") < 2:
            step = min(end, 65536)
            end -= step
            log.seek(end)
            tail = log.read(step) + tail
    pieces = tail.split(b"\n")
    return [pieces[-2] if len(pieces) > 1 else b"", pieces[-1]]


def record_of(line: bytes) -> dict[str, Any]:
    """What a line says; empty where it is no record."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def time_of(record: dict[str, Any]) -> datetime | None:
    """When a line was written; None where it does not say."""
    try:
        at = datetime.fromisoformat(str(record.get("at", "")))
    except ValueError:
        return None
    return at if at.tzinfo else None


def _began(file: Path, otherwise: datetime) -> datetime:
    return time_of(record_of(first_line(file))) or otherwise
