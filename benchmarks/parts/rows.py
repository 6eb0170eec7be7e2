"""Rows of a data file, one after the other: CSV, TSV, JSON lines, or JSON with a list of objects.

What a file is, is told by its content, not by its name; `.gz` is unpacked on the way.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO, TypeAlias

from perception.types import UserError

Row: TypeAlias = Mapping[str, Any]

_PIECE = 1 << 16
_DELIMITERS = ",\t;|"


def rows(file: Path) -> Iterator[Row]:
    """Each row, read as it is needed. UserError where the file holds something else."""
    try:
        with _opened(file) as stream:
            first = _first_sign(stream)
            if first == "[":
                yield from _objects(file, _array(stream))
            elif first == "{":
                yield from _objects(file, _values(stream))
            else:
                yield from _table(stream)
    except (OSError, EOFError, ValueError, csv.Error, RecursionError) as error:
        raise UserError.plain(
            f"{file} cannot be read: {error}.", "Use CSV, JSON lines or a JSON list of objects."
        ) from error


def _opened(file: Path) -> TextIO:
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding="utf-8-sig", errors="replace", newline="")
    return file.open(encoding="utf-8-sig", errors="replace", newline="")


def _first_sign(stream: TextIO) -> str:
    """The first character that is no space; the stream stands at its beginning again."""
    sign = stream.read(1)
    while sign and sign.isspace():
        sign = stream.read(1)
    stream.seek(0)
    return sign


def _table(stream: TextIO) -> Iterator[Row]:
    csv.field_size_limit(2**30)
    head = stream.readline()
    stream.seek(0)
    delimiter = max(_DELIMITERS, key=head.count)
    for row in csv.DictReader(stream, delimiter=delimiter):
        yield {name.strip(): value for name, value in row.items() if name is not None}


def _objects(file: Path, values: Iterator[Any]) -> Iterator[Row]:
    for number, value in enumerate(values, start=1):
        if not isinstance(value, dict):
            raise ValueError(f"entry {number} is no object")
        yield from _inner(value) if number == 1 else (value,)


def _inner(value: dict[str, Any]) -> Iterator[Row]:
    """The rows of an object that only wraps a list of objects; else the object itself."""
    lists = [inner for inner in value.values() if isinstance(inner, list) and len(inner) > 1]
    wraps = len(lists) == 1 and all(isinstance(each, dict) for each in lists[0])
    if wraps and all(each is lists[0] or not each for each in value.values()):
        yield from lists[0]
    else:
        yield value


def _array(stream: TextIO) -> Iterator[Any]:
    return _decoded(stream, array=True)


def _values(stream: TextIO) -> Iterator[Any]:
    return _decoded(stream, array=False)


def _decoded(stream: TextIO, array: bool) -> Iterator[Any]:
    """JSON values in a row, or those of one list, without having all of the file in memory."""
    decoder = json.JSONDecoder()
    text, at, piece, number = "", 0, _PIECE, 0
    while True:
        more = stream.read(piece)
        text, at = text[at:] + more, 0
        while (at := _past(text, at, array and not number)) < len(text):
            if array and text[at] == "]":
                return
            try:
                value, at = decoder.raw_decode(text, at)
            except json.JSONDecodeError as error:
                if more:
                    break
                raise ValueError(f"entry {number + 1} is no JSON: {error.msg}") from error
            number, piece = number + 1, _PIECE
            yield value
        if not more:
            return
        # One value is longer than what is there: read twice as much, so that it stays linear.
        piece *= 2


def _past(text: str, at: int, opening: bool) -> int:
    """Where the next value begins: behind spaces, commas and the list's own bracket."""
    signs = " \t\r\n," + ("[" if opening else "")
    while at < len(text) and text[at] in signs:
        at += 1
    return at
