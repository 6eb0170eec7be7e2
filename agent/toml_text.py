"""TOML as it is written back: with the user's comments, order and spacing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError


def with_values(before: str, values: Mapping[str, Any]) -> str:
    """The text `before` with these values in it and no others; a new one where it is no TOML."""
    try:
        document = tomlkit.parse(before)
    except (TOMLKitError, RecursionError):
        return _anew(values)
    for name in [name for name in document if name not in values]:
        del document[name]
    for name, value in values.items():
        if name not in document or document[name].unwrap() != value:
            document[name] = value
    return _checked(tomlkit.dumps(document), values)


def with_tables(before: str, name: str, tables: Sequence[Mapping[str, Any]]) -> str:
    """The text `before` with these `[[name]]` tables, known by their `id`, and no others.

    Tables that are there stay as they are written. ValueError where `before` is no TOML.
    """
    document = tomlkit.parse(before)
    wanted = {table["id"]: table for table in tables}
    there = document.get(name)
    if there is None:
        there = document[name] = tomlkit.aot()
    for number in reversed(range(len(there))):
        if there[number].get("id") not in wanted:
            del there[number]
    known = {table["id"] for table in there}
    for table in tables:
        if table["id"] not in known:
            there.append(tomlkit.item(dict(table)))
    return _checked(tomlkit.dumps(document), {name: [dict(table) for table in tables]})


def _anew(values: Mapping[str, Any]) -> str:
    return tomlkit.dumps(dict(values))


def _checked(text: str, values: Mapping[str, Any]) -> str:
    """The text where it says what it should; else one without the comments, which does."""
    try:
        right = tomllib.loads(text) == values
    except (tomllib.TOMLDecodeError, RecursionError):
        right = False
    return text if right else _anew(values)
