"""Reads the rows of a damaged SQLite file straight from its pages.

SQLite finds a row through the schema and the pages above it; where one of them is bad, it gives
up. Here every page that is a leaf of a table is read by itself (https://sqlite.org/fileformat2),
with the pages of a write-ahead log in the place of older ones, as far as that log is whole.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Value = int | float | str | bytes | None

_LEAF = 0x0D
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_MOST_VALUES = 64
_FRAME, _LOG_HEAD = 24, 32


@dataclass(frozen=True, slots=True)
class RecoveredRow:
    """One row. Values that could not be read to their end are cut there or left out."""

    id: int
    values: tuple[Value, ...]


def rows(data: memoryview, log: bytes) -> Iterator[RecoveredRow]:
    """Every row of every table, in the order of the pages."""
    size = _page_size(data)
    pages = _Pages(data, size, _logged(log, size))
    for number in range(1, pages.count + 1):
        yield from _leaf(pages, number)


@dataclass(frozen=True, slots=True)
class _Pages:
    data: memoryview
    size: int
    newer: Mapping[int, bytes]

    @property
    def count(self) -> int:
        return max(len(self.data) // self.size, max(self.newer, default=0))

    def get(self, number: int) -> bytes:
        if number in self.newer:
            return self.newer[number]
        return bytes(self.data[(number - 1) * self.size : number * self.size])


def _page_size(data: memoryview) -> int:
    """What the head says, where that can be; else SQLite's usual size."""
    if len(data) >= 100:
        (size,) = struct.unpack(">H", data[16:18])
        size = 65536 if size == 1 else size
        if size >= 512 and size & (size - 1) == 0 and len(data) % size == 0:
            return int(size)
    return 4096


def _logged(log: bytes, size: int) -> dict[int, bytes]:
    """The newest pages of a write-ahead log, up to its last whole transaction."""
    if len(log) < _LOG_HEAD:
        return {}
    magic, _, log_size = struct.unpack(">III", log[:12])
    if magic & ~1 != 0x377F0682 or log_size != size:
        return {}
    order = ">" if magic & 1 else "<"
    salts, total = log[16:24], _checksum(log[:24], (0, 0), order)
    if total != struct.unpack(">II", log[24:32]):
        return {}
    done: dict[int, bytes] = {}
    open_: dict[int, bytes] = {}
    for start in range(_LOG_HEAD, len(log) - _FRAME - size + 1, _FRAME + size):
        head, page = log[start : start + _FRAME], log[start + _FRAME : start + _FRAME + size]
        total = _checksum(page, _checksum(head[:8], total, order), order)
        number, pages = struct.unpack(">II", head[:8])
        if head[8:16] != salts or total != struct.unpack(">II", head[16:24]):
            break
        open_[number] = page
        if pages:
            done.update(open_)
            open_.clear()
    return done


def _checksum(data: bytes, before: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = before
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for one, two in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + two + first) & 0xFFFFFFFF
    return first, second


def _leaf(pages: _Pages, number: int) -> Iterator[RecoveredRow]:
    page, head = pages.get(number), 100 if number == 1 else 0
    if len(page) < pages.size or page[head] != _LEAF:
        return
    (cells,) = struct.unpack(">H", page[head + 3 : head + 5])
    for index in range(min(cells, (pages.size - head - 8) // 2)):
        place = head + 8 + 2 * index
        (start,) = struct.unpack(">H", page[place : place + 2])
        try:
            row = _cell(pages, page, start)
        except (IndexError, struct.error):
            continue
        if row is not None:
            yield row


def _cell(pages: _Pages, page: bytes, start: int) -> RecoveredRow | None:
    length, at = _number(page, start)
    id_, at = _number(page, at)
    if not 2 <= length <= pages.count * pages.size:
        return None
    usable = pages.size
    here = length
    if length > usable - 35:
        least = (usable - 12) * 32 // 255 - 23
        fitting = least + (length - least) % (usable - 4)
        here = fitting if fitting <= usable - 35 else least
    record = page[at : at + here]
    if len(record) < here:
        return None
    if here < length:
        (more,) = struct.unpack(">I", page[at + here : at + here + 4])
        record += _overflow(pages, more, length - here)
    values = _record(record)
    return None if values is None else RecoveredRow(_signed(id_), values)


def _overflow(pages: _Pages, number: int, length: int) -> bytes:
    """The rest of a long row, as far as the chain of its pages goes."""
    parts, seen, per_page = list[bytes](), set[int](), pages.size - 4
    while length > 0 and 1 < number <= pages.count and number not in seen:
        seen.add(number)
        page = pages.get(number)
        if len(page) < pages.size:
            break
        parts.append(page[4 : 4 + min(length, per_page)])
        length -= per_page
        (number,) = struct.unpack(">I", page[:4])
    return b"".join(parts)


def _record(record: bytes) -> tuple[Value, ...] | None:
    """The values of a row; None where its head makes no sense."""
    head, at = _number(record, 0)
    if not at <= head <= len(record):
        return None
    kinds = list[int]()
    while at < head:
        kind, at = _number(record, at)
        kinds.append(kind)
    if at != head or len(kinds) > _MOST_VALUES or any(kind in (10, 11) for kind in kinds):
        return None
    return _values(record, head, kinds)


def _values(record: bytes, at: int, kinds: Sequence[int]) -> tuple[Value, ...]:
    found = list[Value]()
    for kind in kinds:
        length = _length(kind)
        piece = record[at : at + length]
        at += length
        found.append(_value(kind, piece) if len(piece) == length or kind >= 12 else None)
    return tuple(found)


def _length(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return 8 if kind == 7 else _INTEGERS.get(kind, 0)


def _value(kind: int, piece: bytes) -> Value:
    if kind >= 12:
        return piece.decode("utf-8", "replace") if kind % 2 else piece
    if kind == 7:
        (real,) = struct.unpack(">d", piece)
        return float(real)
    if kind in _INTEGERS:
        return int.from_bytes(piece, "big", signed=True)
    return {8: 0, 9: 1}.get(kind)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """SQLite's integer of one to nine bytes, and where it ends."""
    value = 0
    for index in range(8):
        byte = data[at + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    return value << 8 | data[at + 8], at + 9


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value
