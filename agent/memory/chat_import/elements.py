"""The objects of a JSON list that may be larger than the memory: one at a time, as bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

MOST_BYTES = 32_000_000
"""Of one object; a larger one is passed over."""
_CHUNK = 1_000_000
_MARK = re.compile(rb'["\[\]{}]')
_STRING = re.compile(rb'(?:[^"\\]++|\\.)*+', re.S)
_OPENING, _QUOTE, _BACKSLASH, _BRACE, _BRACKET = b"[{", b'"'[0], b"\\"[0], b"{"[0], b"["[0]


class CutOff(Exception):
    """The file ends in the middle of an object."""


def list_objects(stream: IO[bytes]) -> Iterator[bytes | None]:
    """Each object of the outermost list; None for one that is too large. Raises `CutOff`.

    Of a file that is one object, that object. The cost is linear in the length of the file.
    """
    scan = _Scan()
    while chunk := stream.read(_CHUNK):
        yield from scan.read_chunk(chunk)
    if scan.level:
        raise CutOff


class _Scan:
    """Where the reading is: how deep, in a string or not, and what is kept of an open object."""

    def __init__(self) -> None:
        self.level = 0
        self._base = 0
        """The level at which objects are elements: 1 inside of a list."""
        self._string = self._escaped = self._large = False
        self._parts: list[bytes] | None = None
        self._size = 0

    def read_chunk(self, chunk: bytes) -> Iterator[bytes | None]:
        """Read on; gives the objects that end in this chunk."""
        at, start = 0, 0 if self._parts is not None else -1
        while True:
            at = self._leave_string(chunk, at)
            found = _MARK.search(chunk, at) if at < len(chunk) else None
            if found is None:
                break
            at, mark = found.end(), chunk[found.start()]
            if mark == _QUOTE:
                self._string = True
            elif mark in _OPENING:
                if self._begins(mark):
                    start = found.start()
                self.level += 1
            else:
                self.level = max(0, self.level - 1)
                if self._parts is not None and self.level == self._base:
                    yield self._ended(chunk[start:at])
                    start = -1
        if start >= 0:
            self._keep(chunk[start:])

    def _leave_string(self, chunk: bytes, at: int) -> int:
        """Where the string ends that is open, or `at` where none is."""
        if self._string and self._escaped and at < len(chunk):
            at, self._escaped = at + 1, False
        if not self._string:
            return at
        found = _STRING.match(chunk, at)
        end = found.end() if found else at
        if end >= len(chunk):
            return end
        self._escaped = chunk[end] == _BACKSLASH  # its letter comes with the next chunk
        self._string = self._escaped
        return end + 1

    def _begins(self, mark: int) -> bool:
        """Whether an element begins here; the first bracket of all may open the list."""
        if self.level == 0 and mark == _BRACKET:
            self._base = 1
            return False
        if mark != _BRACE or self.level != self._base:
            return False
        self._parts, self._size, self._large = [], 0, False
        return True

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        self._large = self._large or self._size > MOST_BYTES
        if self._parts is not None:
            self._parts = [] if self._large else [*self._parts, part]

    def _ended(self, part: bytes) -> bytes | None:
        self._keep(part)
        whole = None if self._large else b"".join(self._parts or ())
        self._parts = None
        return whole
