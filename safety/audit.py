"""The log of decisions: what was decided and by which rule, never what was said.

Each line holds the SHA-256 of the line before it, and a small file beside the log holds that of
the last one, so that a line changed, taken out or cut off at the end is found.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from perception.regular_file import write_whole
from perception.types import UserError
from safety.codes import SafetyCode
from safety.rules.privacy import Privacy
from safety.types import Finding, Verdict

START = "0" * 64
"""Stands in the first line for the hash of a line before it."""

_PATIENCE = 10.0
"""Seconds to wait for another Candor that writes."""


@dataclass(frozen=True, slots=True)
class Audited:
    """`broken` is the number of the first line that does not fit, from 1, or 0 where all fit."""

    lines: int
    broken: int
    reason: str


class Audit:
    """Appends to one log file. Safe to share between threads and between processes."""

    def __init__(self, file: Path | None, redact: Callable[[str], str] | None = None) -> None:
        """`file` None keeps nothing: a private conversation leaves no line."""
        self._file = file
        self._redact = redact or Privacy().redact
        self._lock = threading.Lock()

    def append(self, turn: str, ended: str, verdicts: Sequence[Verdict]) -> None:
        """Put one turn's decisions on disk before returning.

        UserError when the log cannot be written; OSError never leaves.
        """
        if (file := self._file) is None:
            return
        with self._lock:
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                with _only_one(file):
                    self._write(file, turn, ended, verdicts)
            except Timeout as error:
                raise UserError(SafetyCode.AUDIT_LOCKED, file=file) from error
            except OSError as error:
                raise UserError(
                    SafetyCode.AUDIT_NOT_WRITTEN, file=file, reason=error.strerror
                ) from error

    def _write(self, file: Path, turn: str, ended: str, verdicts: Sequence[Verdict]) -> None:
        before = _last_hash(file)
        record = {
            "before": before,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "turn": turn,
            "ended": str(ended),
            "decisions": [self._decision(verdict) for verdict in verdicts],
        }
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
        with file.open("ab") as log:
            log.write(line + b"\n")
            log.flush()
            os.fsync(log.fileno())
        head = _head(file)
        write_whole(head, hashlib.sha256(line).hexdigest().encode())

    def _decision(self, verdict: Verdict) -> dict[str, Any]:
        return {
            "action": str(verdict.action),
            "headline": self._redact(verdict.why.headline),
            "findings": [self._finding(finding) for finding in verdict.why.findings],
        }

    def _finding(self, finding: Finding) -> dict[str, Any]:
        return {
            "rule": finding.rule,
            "category": finding.category,
            "score": round(finding.score, 4),
            "threshold": finding.threshold,
            "fired": finding.fired,
            "note": self._redact(finding.note),
        }


def verify(file: Path) -> Audited:
    """Check the whole chain. UserError when there is no log or it cannot be read."""
    try:
        lines, head = _read_at_rest(file)
    except OSError as error:
        raise UserError(SafetyCode.AUDIT_UNREADABLE, file=file, reason=error.strerror) from error
    before = START
    for number, line in enumerate(lines[:-1], start=1):
        if _before(line) != before:
            return Audited(len(lines) - 1, number, "it does not follow the line before it")
        before = hashlib.sha256(line).hexdigest()
    if lines[-1]:
        return Audited(len(lines) - 1, len(lines), "it was cut in the middle")
    if before not in (START, head):
        return Audited(len(lines) - 1, len(lines) - 1, "it is not the line that was written last")
    if before == START and head:
        return Audited(0, 1, "the lines are gone")
    return Audited(len(lines) - 1, 0, "")


def _read(file: Path) -> tuple[list[bytes], str]:
    """The lines, and the hash of the last as it is kept beside them."""
    lines = file.read_bytes().split(b"\n")
    head = _head(file).read_text(encoding="ascii") if _head(file).exists() else ""
    return lines, head


def _read_at_rest(file: Path) -> tuple[list[bytes], str]:
    """As `_read`, while nobody writes; where no lock can be made, nobody can write either."""
    file.stat()
    try:
        with _only_one(file):
            return _read(file)
    except (OSError, Timeout):
        return _read(file)


def _only_one(file: Path) -> FileLock:
    """Taken while a line and its hash are written: two at once would fork the chain."""
    return FileLock(file.with_suffix(".lock"), timeout=_PATIENCE)


def _head(file: Path) -> Path:
    return file.with_suffix(".head")


def _before(line: bytes) -> str:
    try:
        record = json.loads(line)
    except ValueError:
        return ""
    return str(record.get("before", "")) if isinstance(record, dict) else ""


def _last_hash(file: Path) -> str:
    """The hash of the last whole line. A line cut by a crash stays, ended, and shows in verify."""
    if not file.exists():
        return START
    with file.open("r+b") as log:
        end = log.seek(0, os.SEEK_END)
        if end == 0:
            return START
        log.seek(end - 1)
        if log.read(1) != b"\n":
            log.write(b"\n")
            end += 1
        tail = b""
        while end > 0 and tail.count(b"\n") < 2:
            step = min(end, 65536)
            end -= step
            log.seek(end)
            tail = log.read(step) + tail
    return hashlib.sha256(tail.split(b"\n")[-2]).hexdigest()
