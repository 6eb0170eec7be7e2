"""TOML as it is written back: with the user's comments, order and spacing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError


def with_values(before: str, values: Mapping[str, Any]) -> str:
    """The text `before` with these values in it and no others; a new one where it is no TOML."""
    try:
        document = tomlkit.parse(before)
        there = document.unwrap()
    except (TOMLKitError, RecursionError):
        return tomlkit.dumps(dict(values))
    for name in there.keys() - values.keys():
        del document[name]
    for name, value in values.items():
        if name not in there or there[name] != value:
            document[name] = value
    text = tomlkit.dumps(document)
    return text if _parsed(text) == values else tomlkit.dumps(dict(values))


def with_tables(before: str, name: str, tables: Sequence[Mapping[str, Any]]) -> str:
    """The text `before` with these `[[name]]` tables, known by their `id`, and no others.

    Tables that stay keep their lines. tomlkit counts a comment to the table above it and would
    drop it with that one, so the text is cut before each table here. ValueError where `before`
    is no TOML.
    """
    there = tomllib.loads(before).get(name, [])
    head, *blocks = re.split(rf"(?m)^(?=[ \t]*\[\[{re.escape(name)}\]\])", before)
    wanted, known = {table["id"] for table in tables}, {table["id"] for table in there}
    if len(blocks) == len(there):
        kept = [
            block if table["id"] in wanted else _comments_below(block)
            for block, table in zip(blocks, there, strict=True)
        ]
        new = [table for table in tables if table["id"] not in known]
        text = "".join(_lines(head, kept, name, new))
        if _says(text, name, tables):
            return text
    return tomlkit.dumps({name: [dict(table) for table in tables]})


def _lines(
    head: str, kept: Sequence[str], name: str, new: Sequence[Mapping[str, Any]]
) -> Iterator[str]:
    before = head + "".join(kept)
    yield before
    for table in new:
        if before and not before.endswith("\n\n"):
            yield "\n" if before.endswith("\n") else "\n\n"
        before = tomlkit.dumps({name: [dict(table)]})
        yield before


def _comments_below(block: str) -> str:
    """What stands behind the last value of a table: comments on the next one."""
    lines = block.splitlines(keepends=True)
    values = [n for n, line in enumerate(lines) if line.strip() and line.lstrip()[0] != "#"]
    return "".join(lines[values[-1] + 1 :]).lstrip("\r\n")


def _says(text: str, name: str, tables: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the text holds these tables; what the user left out of one is its default."""
    there = (_parsed(text) or {}).get(name, [])
    return len(there) == len(tables) and all(
        mine.items() <= wanted.items() for mine, wanted in zip(there, tables, strict=True)
    )


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
