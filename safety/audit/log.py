"""Appending to the log of decisions: what was decided and by which rule, never what was said.

Each line has a number and the hash of the line before it, and is sealed with a key that lies
elsewhere; a small file beside the log holds number and hash of the last. So a line changed, taken
out, moved or cut off at the end is found (`safety.audit.verification`).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import Timeout

from perception.types import UserError
from safety.audit.files import (
    Limits,
    LogFiles,
    first_line,
    is_full,
    last_lines,
    lines_of,
    record_of,
)
from safety.audit.seal import (
    START,
    Head,
    hash_of,
    is_sealed,
    make_key,
    read_head,
    read_key,
    sealed,
    write_head,
)
from safety.codes import SafetyCode
from safety.rules.privacy import Privacy
from safety.types import Finding, Verdict


def _utc() -> datetime:
    return datetime.now(UTC)


class Audit:
    """Appends to one log. Safe to share between threads and between processes."""

    def __init__(
        self,
        file: Path | None,
        redact: Callable[[str], str] | None = None,
        *,
        key: Path | None = None,
        limits: Limits | None = None,
        now: Callable[[], datetime] = _utc,
    ) -> None:
        """`file` None keeps nothing: a private conversation leaves no line.

        `key` is where the key lies, best in another folder; without one it is beside the log.
        """
        self._files = LogFiles(file, key or file.with_suffix(".key")) if file else None
        self._redact = redact or Privacy().redact
        self._limits, self._now = limits or Limits(), now
        self._lock = threading.Lock()

    def append(self, turn: str, ended: str, verdicts: Sequence[Verdict]) -> None:
        """Put one turn's decisions on disk before returning.

        UserError when the log cannot be written; OSError never leaves.
        """
        decisions = [self._decision(verdict) for verdict in verdicts]
        self._put({"kind": "turn", "turn": turn, "ended": str(ended), "decisions": decisions})

    def note(self, kind: str, turn: str = "", **fields: str | int | float | bool) -> None:
        """Put something else that happened on disk: an appeal, a fallback. Errors as `append`.

        Personal data in the words of `fields` is hidden, and no word of the user belongs there.
        """
        clean = {k: self._redact(v) if isinstance(v, str) else v for k, v in fields.items()}
        self._put({"kind": kind, **({"turn": turn} if turn else {}), **clean})

    def note_policy(self, fingerprint: str, *, own: bool) -> None:
        """Note which policy is in force from now on, where it is another than before."""
        record = {"kind": "policy", "policy": fingerprint, "own": own}
        self._put(record, unless=lambda head: head is not None and head.policy == fingerprint)

    def _put(
        self, record: Mapping[str, Any], unless: Callable[[Head | None], bool] = lambda head: False
    ) -> None:
        if (files := self._files) is None:
            return
        with self._lock:
            try:
                files.file.parent.mkdir(parents=True, exist_ok=True)
                with files.only_one():
                    writing = _Writing(files, self._limits, self._now())
                    if not unless(writing.head):
                        writing.put(record)
            except Timeout as error:
                raise UserError(SafetyCode.AUDIT_LOCKED, file=files.file) from error
            except OSError as error:
                raise UserError(
                    SafetyCode.AUDIT_NOT_WRITTEN, file=files.file, reason=error.strerror or error
                ) from error

    def _decision(self, verdict: Verdict) -> dict[str, Any]:
        return {
            "action": str(verdict.action),
            "direction": verdict.why.direction,
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


class _Writing:
    """One log while it is locked: where it stands, and what is put at its end."""

    def __init__(self, files: LogFiles, limits: Limits, now: datetime) -> None:
        self._files, self._limits, self._now = files, limits, now
        key = read_key(files.key)
        self._key = key or make_key(files.key)
        self.head = read_head(files.head, key)
        self._policy = self.head.policy if self.head else ""
        dropped = self._mend()
        self._number, self._before, signed = self._stand()
        if key is None and self._number and not signed:
            # Lines of an older version, or of a key that is gone: from here on they are sealed.
            self._line({"kind": "sealing", "lines": self._number})
        if dropped:
            self._line({"kind": "repaired", "bytes": dropped})

    def put(self, record: Mapping[str, Any]) -> None:
        """The line and the head, in a new file where the one that grew is full."""
        if is_full(self._files.file, self._limits, self._now):
            first = record_of(first_line(self._files.file)).get("n", 1)
            self._files.leave_behind(first if isinstance(first, int) else 1)
            self._line({"kind": "continued"})
            self._prune()
        self._line(record)

    def _line(self, record: Mapping[str, Any]) -> None:
        whole = {
            "n": self._number + 1,
            "before": self._before,
            "at": self._now.isoformat(timespec="seconds"),
            **record,
        }
        line = sealed(whole, self._key)
        _append(self._files.file, line + b"\n")
        self._number, self._before = self._number + 1, hash_of(line)
        if record.get("kind") == "policy":
            self._policy = str(record["policy"])
        write_head(self._files.head, Head(self._number, self._before, self._policy), self._key)

    def _mend(self) -> int:
        """Take away a line that a crash cut before it counted; how many bytes that were.

        One that the head knows was whole once: it is ended, stays, and shows in `verify`.
        """
        file = self._files.file
        if not file.exists() or not (torn := last_lines(file)[1]):
            return 0
        if self._counted(last_lines(file)[0]):
            _append(file, b"\n")
            return 0
        os.truncate(file, file.stat().st_size - len(torn))
        return len(torn)

    def _counted(self, whole: bytes) -> bool:
        """Whether the head knows of a line after this last whole one."""
        if self.head is None:
            return bool(whole)
        number = record_of(whole).get("n")
        if isinstance(number, int) and self.head.number:
            return self.head.number > number
        return bool(self.head.number) or self.head.hash != hash_of(whole)

    def _stand(self) -> tuple[int, str, bool]:
        """The number and the hash of the last line, and whether it bears a seal."""
        for file in reversed(self._files.all()):
            if line := last_lines(file)[0]:
                number = record_of(line).get("n")
                if not isinstance(number, int):
                    number = sum(1 for _ in lines_of(file))
                return number, hash_of(line), is_sealed(line)
        return 0, START, True

    def _prune(self) -> None:
        """Delete the oldest files where there are too many, and say so in the log before."""
        for file in self._files.left_behind()[: -self._limits.files or None]:
            line = last_lines(file)[0]
            number = record_of(line).get("n")
            through = number if isinstance(number, int) else sum(1 for _ in lines_of(file))
            self._line({"kind": "pruned", "through": through, "hash": hash_of(line)})
            file.unlink()


def _append(file: Path, data: bytes) -> None:
    """Write at the end, whole or not at all: what a full disk cut is taken away again."""
    with file.open("ab", buffering=0) as log:
        size = log.seek(0, os.SEEK_END)
        try:
            left = memoryview(data)
            while left:
                left = left[log.write(left) :]
            os.fsync(log.fileno())
        except OSError:
            os.truncate(file, size)
            raise
