"""What can be taken from a settings file: every good line, and why another is not used."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

import msgspec


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that is not used, counted from 1, and why, as the end of a sentence."""

    line: int
    why: str


def limits(kind: type, name: str) -> tuple[float, float]:
    """The least and the most that a number may be, as its field says; ValueError without both."""
    meta = _meta(kind, name)
    if meta is None or meta.ge is None or meta.le is None:
        raise ValueError(f"{name} has no limits")
    return meta.ge, meta.le


def taken(data: bytes, kind: type, version: int) -> tuple[dict[str, Any], list[Fault]]:
    """The values of the good lines by name, and the faults in the order of their lines.

    A file that is no TOML as a whole is read line by line. `version` is the newest known.
    """
    text = data.decode("utf-8", "replace")
    faults: list[Fault] = []
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        values, faults = _line_by_line(text)
    kinds = get_type_hints(kind, include_extras=True)
    good: dict[str, Any] = {}
    for name, value in values.items():
        if name == "version":
            why = "" if _is_known(value, version) else "it is of a newer Candor"
        else:
            why = _fault(kinds, kind, name, value)
        if why:
            faults.append(Fault(_line(text, name), why))
        elif name != "version":
            good[name] = value
    return good, sorted(faults, key=lambda fault: fault.line)


def faults_of(values: Mapping[str, object], kind: type) -> Iterator[str]:
    """Why each value outside of its limits cannot be kept, as the end of a sentence."""
    kinds = get_type_hints(kind, include_extras=True)
    for name, value in values.items():
        if why := _fault(kinds, kind, name, value):
            yield why


def _is_known(value: object, version: int) -> bool:
    return type(value) is int and value <= version


def _fault(kinds: Mapping[str, Any], kind: type, name: str, value: object) -> str:
    if name not in kinds:
        return f"there is no setting called {name[:64]!r}"
    try:
        msgspec.convert(value, kinds[name])
    except (msgspec.ValidationError, RecursionError):
        given = repr(value[:64]) if isinstance(value, str) else str(value)[:64]
        return f"{name} must be {_wanted(kinds[name], _meta(kind, name))}, not {given}"
    return ""


def _wanted(annotated: Any, meta: msgspec.Meta | None) -> str:
    if meta is not None and meta.ge is not None and meta.le is not None:
        whole = get_args(annotated)[0] is int
        return f"a {'whole number' if whole else 'number'} from {meta.ge} to {meta.le}"
    if meta is not None and meta.description:
        return meta.description
    return "true or false" if annotated is bool else "of another kind"


def _meta(kind: type, name: str) -> msgspec.Meta | None:
    annotated = get_type_hints(kind, include_extras=True)[name]
    found = (each for each in get_args(annotated) if isinstance(each, msgspec.Meta))
    return next(found, None)


def _line_by_line(text: str) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            values |= tomllib.loads(line)
        except (tomllib.TOMLDecodeError, RecursionError):
            faults.append(Fault(number, "it is no setting"))
    return values, faults


def _line(text: str, name: str) -> int:
    pattern = re.compile(rf"""^\s*\[*["']?{re.escape(name)}\b""")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if pattern.match(line)), 1)
