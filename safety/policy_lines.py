"""Where a policy file is wrong: the line and the field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from safety.policy import Stances

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?")
_KEY = re.compile(r"^\s*([\w.\"'-]+)\s*=")
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_PLACE = re.compile(r"\s*- at `(?:key(?: in)?` in `)?\$\.?([^`]*)`")
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in the field of this name on this line, counted from 1."""

    line: int
    field: str
    reason: str


def fault_of(text: str, error: Exception) -> Fault:
    """The fault that made a policy's text unreadable."""
    reason = str(error)
    if match := _TOML_LINE.search(reason):
        return Fault(int(match[1]), "-", reason[: match.start()].strip())
    match = _PLACE.search(reason)
    place = match[1] if match else ""
    said = (reason[: match.start()] if match else reason).rstrip(" .")
    if "[...]" in place or place in ("categories", "profiles"):
        place, said = _in_tables(text) or (place, said)
    if unknown := _UNKNOWN.search(said):
        place = f"{place}.{unknown[1]}".lstrip(".")
    return Fault(line_of(text, place), place or "-", said)


def line_of(text: str, place: str) -> int:
    """The line on which a place such as `entries[3].action.in` stands, or what holds it."""
    best, found = -1, 1
    for number, here in _places(text):
        inside = place == here or place.startswith((f"{here}.", f"{here}["))
        if inside and len(here) > best:
            best, found = len(here), number
    return found


def _places(text: str) -> Iterator[tuple[int, str]]:
    counts: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _HEADER.match(line):
            table = _bare(match[2])
            if match[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = f"{table}[{counts[table]}]"
            yield number, table
        elif match := _KEY.match(line):
            yield number, f"{table}.{_bare(match[1])}".lstrip(".")


def _bare(name: str) -> str:
    return re.sub(r"[\"'\s]", "", name)


def _in_tables(text: str) -> tuple[str, str] | None:
    """The first table of a category that cannot be used; its error does not name it itself."""
    raw = tomllib.loads(text)
    tables = {"categories": raw.get("categories")}
    profiles = raw.get("profiles")
    if isinstance(profiles, Mapping):
        tables |= {f"profiles.{name}": stances for name, stances in profiles.items()}
    for where, stances in tables.items():
        for category, stance in stances.items() if isinstance(stances, Mapping) else ():
            if said := _wrong({category: stance}):
                match = _PLACE.search(said)
                rest = match[1].replace("[...]", "") if match else ""
                reason = said[: match.start()] if match else said
                return f"{where}.{category}{rest}", reason
    return None


def _wrong(stances: Mapping[str, Any]) -> str:
    try:
        msgspec.convert(stances, Stances, strict=False)
    except msgspec.ValidationError as error:
        return str(error)
    return ""
