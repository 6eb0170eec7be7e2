"""Checking the log of decisions: what was changed, taken out, moved or cut off, by its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import Timeout

from perception.types import UserError
from safety.audit.files import LogFiles, lines_of, record_of, time_of
from safety.audit.seal import (
    START,
    Head,
    hash_of,
    is_sealed,
    read_head,
    read_key,
    seal_fits,
)
from safety.codes import SafetyCode

_JITTER = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Audited:
    """`broken` is the number of the first line that does not fit, from 1, or 0 where all fit.

    It is a line of the file `name`. `clock_back` are the entries before which the clock was set
    back; nothing is wrong with them. `last` is the last entry, to be noted down elsewhere.
    """

    lines: int
    broken: int
    reason: str
    name: str = ""
    clock_back: tuple[int, ...] = ()
    last: Head = field(default_factory=lambda: Head(0, START))


def verify(file: Path, key: Path | None = None, holds: Head | None = None) -> Audited:
    """Check the whole chain over all its files.

    `holds` is an entry that was noted down before, and must still be there. UserError when there
    is no log or it cannot be read.
    """
    files = LogFiles(file, key or file.with_suffix(".key"))
    try:
        if not files.all() and not (files.key.exists() or files.head.exists()):
            file.stat()
        return _at_rest(files, holds)
    except OSError as error:
        reason = error.strerror or error
        raise UserError(SafetyCode.AUDIT_UNREADABLE, file=file, reason=reason) from error


def _at_rest(files: LogFiles, holds: Head | None) -> Audited:
    """Check while nobody writes; where no lock can be made, nobody can write either."""
    try:
        with files.only_one():
            return _Check(files, holds).run()
    except (PermissionError, Timeout):
        return _Check(files, holds).run()


class _Check:
    def __init__(self, files: LogFiles, holds: Head | None) -> None:
        self._files, self._holds = files, holds
        self._key = read_key(files.key)
        self._head = read_head(files.head, self._key)
        self._lines, self._number, self._before = 0, 0, START
        self._sealed = False
        self._first: tuple[int, str] | None = None
        self._pruned: set[tuple[int, str]] = set()
        self._latest: datetime | None = None
        self._back = list[int]()
        self._saw_head = self._saw_noted = False
        self._place = ("", 0)

    def run(self) -> Audited:
        for line, torn in self._each():
            if wrong := self._wrong(line, torn):
                return self._found(wrong)
        if not self._lines:
            self._place = (self._files.file.name, 1)
            return self._found("the lines are gone") if self._expected() else self._found("")
        return self._found(self._wrong_as_a_whole())

    def _each(self) -> Iterator[tuple[bytes, bool]]:
        for file in self._files.all():
            for number, line in enumerate(lines_of(file), start=1):
                self._place = (file.name, number)
                whole = line.endswith(b"\n")
                yield line.rstrip(b"\n"), not whole
                if not whole:
                    break

    def _wrong(self, line: bytes, torn: bool) -> str:
        """What is wrong with a line, in order; empty where nothing is."""
        if torn:
            # Cut by a crash before it counted; else the head knows of it.
            counted = self._head is None or self._head.number > self._number
            old = self._head is not None and not self._head.number
            counted = self._head.hash != self._before if old and self._head else counted
            return "it was cut in the middle" if counted else ""
        record = record_of(line)
        if wrong := self._wrong_seal(line, record):
            return wrong
        before, number = str(record.get("before", "")), record.get("n", self._number + 1)
        if not isinstance(number, int):
            return "it has no number"
        if self._first is None:
            self._first = (number - 1, before)
        elif before != self._before or number != self._number + 1:
            return "it does not follow the line before it"
        self._lines, self._number, self._before = self._lines + 1, number, hash_of(line)
        self._note(record)
        return ""

    def _wrong_seal(self, line: bytes, record: dict[str, Any]) -> str:
        if not is_sealed(line):
            return "it bears no seal" if self._sealed else ""
        if self._key is None:
            return "its seal cannot be checked: the key is gone"
        if not seal_fits(line, self._key):
            return "it was changed: its seal does not fit"
        if not self._sealed and self._lines and record.get("kind") != "sealing":
            return "the lines before it bear no seal"
        self._sealed = True
        return ""

    def _note(self, record: dict[str, Any]) -> None:
        if record.get("kind") == "pruned":
            self._pruned.add((int(record.get("through", -1)), str(record.get("hash"))))
        if (at := time_of(record)) is not None:
            if self._latest is not None and at < self._latest - _JITTER:
                self._back.append(self._number)
            self._latest = at
        here = (self._number, self._before)
        self._saw_head |= self._head is not None and here == (self._head.number, self._head.hash)
        self._saw_noted |= self._holds is not None and here == (
            self._holds.number,
            self._holds.hash,
        )

    def _wrong_as_a_whole(self) -> str:
        if self._first not in ((0, START), None) and self._first not in self._pruned:
            self._place = (self._files.all()[0].name, 1)
            return "the lines before it are gone"
        if self._sealed or self._key is not None:
            # Only between the very first line and its head can a crash have come.
            if self._head is None and not (self._sealed and self._lines == 1):
                return "what is kept of the last line is gone or was changed (audit.head)"
            if self._head is not None and not self._saw_head:
                return f"{self._head.number} entries were written, and lines after it are gone"
        elif self._head is None or self._head.hash != self._before:
            return "it is not the line that was written last"
        if self._holds is not None and not self._saw_noted:
            return f"entry {self._holds.number} is not the one that was noted down"
        return ""

    def _expected(self) -> bool:
        return self._key is not None or self._files.head.exists()

    def _found(self, wrong: str) -> Audited:
        name, number = self._place if wrong else ("", 0)
        last = Head(self._number, self._before)
        return Audited(self._lines, number, wrong, name, tuple(self._back), last)
