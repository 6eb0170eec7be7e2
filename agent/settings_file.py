"""What can be taken from a settings file: every good line, and why another is not used."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

import msgspec

from agent.codes import AgentCode
from perception.messages import Notice, notice, plain


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that is not used, counted from 1, and why, as the end of a sentence."""

    line: int
    why: Notice


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
            newer = notice(AgentCode.FAULT_NEWER)
            why = None if _is_known(value, version) else newer
        else:
            why = _fault(kinds, kind, name, value)
        if why:
            faults.append(Fault(_line(text, name), why))
        elif name != "version":
            good[name] = value
    return good, sorted(faults, key=lambda fault: fault.line)


def faults_of(values: Mapping[str, object], kind: type) -> Iterator[Notice]:
    """Why each value outside of its limits cannot be kept, as the end of a sentence."""
    kinds = get_type_hints(kind, include_extras=True)
    for name, value in values.items():
        if why := _fault(kinds, kind, name, value):
            yield why


def of_newer(text: str, version: int) -> dict[str, Any]:
    """All values of a file that a newer Candor wrote; none where it is not newer, or no TOML."""
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    theirs = values.get("version")
    return values if type(theirs) is int and theirs > version else {}


def _is_known(value: object, version: int) -> bool:
    return type(value) is int and value <= version


def _fault(kinds: Mapping[str, Any], kind: type, name: str, value: object) -> Notice | None:
    if name not in kinds:
        return notice(AgentCode.FAULT_UNKNOWN_SETTING, name=f"{name[:64]!r}")
    try:
        msgspec.convert(value, kinds[name])
    except (msgspec.ValidationError, RecursionError):
        given = repr(value[:64]) if isinstance(value, str) else str(value)[:64]
        wanted = _wanted(kinds[name], _meta(kind, name))
        return notice(AgentCode.FAULT_WRONG_VALUE, name=name, wanted=wanted, given=given)
    return None


def _wanted(annotated: Any, meta: msgspec.Meta | None) -> Notice:
    if meta is not None and meta.ge is not None and meta.le is not None:
        if get_args(annotated)[0] is int:
            return notice(AgentCode.WANTED_WHOLE_NUMBER, ge=meta.ge, le=meta.le)
        return notice(AgentCode.WANTED_NUMBER, ge=meta.ge, le=meta.le)
    if meta is not None and meta.description:
        return plain(meta.description)
    return (
        notice(AgentCode.WANTED_TRUTH) if annotated is bool else notice(AgentCode.WANTED_OTHER_KIND)
    )


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
            faults.append(Fault(number, notice(AgentCode.FAULT_NO_SETTING)))
    return values, faults


def _line(text: str, name: str) -> int:
    pattern = re.compile(rf"""^\s*\[*["']?{re.escape(name)}\b""")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if pattern.match(line)), 1)
