"""Columns of a data file: found by name, also within objects (`a.b`), read as texts or labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.parts.rows import Row
from perception.types import UserError

_LIKELY = (
    "text", "prompt", "full_text", "question", "comment_text", "comment", "content", "sentence",
    "query", "instruction", "input", "message", "tweet", "behavior", "goal",
)  # fmt: skip
_REPLIES = ("response", "reply", "answer", "completion", "output", "generation")
_YES = frozenset({"1", "true", "yes", "y", "harmful", "unsafe", "toxic", "malicious", "hate"})
_NO = frozenset(
    {"0", "false", "no", "n", "harmless", "safe", "nontoxic", "non-toxic", "not toxic", "benign"}
)
_BOUND = re.compile(r"(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)")
_MISSING = object()


def value_at(row: Row, column: str) -> Any:
    """The value of a column, also of one within objects and lists (`a.b.0`); None where none is."""
    found = _found(row, column)
    return None if found is _MISSING else found


def _found(row: Row, column: str) -> Any:
    if column in row:
        return row[column]
    value: Any = row
    for part in column.split("."):
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and re.fullmatch(r"-?\d+", part):
            if not -len(value) <= int(part) < len(value):
                return _MISSING
            value = value[int(part)]
        else:
            return _MISSING
    return value


def names(rows: Sequence[Row]) -> list[str]:
    """All columns of these rows, those within objects as `a.b`."""
    found = dict[str, None]()
    for row in rows:
        for name, value in row.items():
            inner = value if isinstance(value, dict) else {}
            found |= dict.fromkeys([f"{name}.{each}" for each in inner] or [name])
    return list(found)


def check(rows: Sequence[Row], columns: Sequence[str]) -> None:
    """UserError for a column that no row has; it names those that are there."""
    for column in columns:
        if all(_found(row, column) is _MISSING for row in rows):
            there = ", ".join(names(rows))
            raise UserError.plain(
                f"There is no column {column}.", f"Name one that is there: {there}."
            )


def guessed_text(rows: Sequence[Row], reply: bool) -> str:
    """The column that most likely holds the text: by its name, else the one with most words."""
    there = names(rows)
    likely = (*_REPLIES, *_LIKELY) if reply else _LIKELY
    by_name = {name.lower().rpartition(".")[2]: name for name in reversed(there)}
    for name in likely:
        if name in by_name and any(text_of(row, by_name[name]) for row in rows):
            return by_name[name]
    best = max(there, key=lambda name: _words(rows, name), default="")
    if not best or not _words(rows, best):
        raise UserError.plain("No column holds text.", f"Name it with --text: {', '.join(there)}.")
    return best


def _words(rows: Sequence[Row], column: str) -> int:
    return sum(len(text_of(row, column).split()) for row in rows)


def text_of(row: Row, column: str, reply: bool = False) -> str:
    """The text of a column; of a conversation the last thing that its role said. Empty for none."""
    value = value_at(row, column)
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return _last_said(value, "assistant" if reply else "user")
    return ""


def _last_said(said: Sequence[Any], role: str) -> str:
    if said and all(isinstance(each, str) for each in said):
        return "\n".join(said)
    turns = [each for each in said if isinstance(each, dict)]
    for turn in [t for t in reversed(turns) if t.get("role", role) == role]:
        for name in ("content", "text", "value"):
            if isinstance(turn.get(name), str):
                return str(turn[name])
    return ""


Labelled = Callable[[Row], bool | None]
"""Whether a row is harmful; None where its label is missing."""


def labels(column: str, rows: Sequence[Row], harmful: str) -> tuple[Labelled, list[str]]:
    """How a row's label is read, and from which columns.

    `column` may be several, with commas between: then one harmful label is enough. `harmful` are
    the values that mean harmful, or a bound such as `>=0.5`; without it 1, true, unsafe and their
    like do.
    """
    there = any(_found(row, column) is not _MISSING for row in rows)
    columns = [column] if there else [each.strip() for each in column.split(",") if each.strip()]
    check(rows, columns)
    says = _harmful(harmful) if harmful else _plainly_harmful(column)

    def labelled(row: Row) -> bool | None:
        said = [says(one) for each in columns for one in _each(value_at(row, each))]
        known = [one for one in said if one is not None]
        return any(known) if known else None

    return labelled, columns


def _each(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        # Flags by name, as {"violence": true}: a name counts where its flag is set.
        return [name for name, flag in value.items() if flag] or [False]
    return [value]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return re.sub(r"^(-?\d+)\.0+$", r"\1", str(value).strip().casefold())


def _same(value: Any) -> set[str]:
    """All spellings of one label: true is 1 where a file says so."""
    return {_plain(value), _plain(int(value))} if isinstance(value, bool) else {_plain(value)}


def _harmful(harmful: str) -> Callable[[Any], bool | None]:
    if bound := _BOUND.fullmatch(harmful.strip()):
        return _bounded(bound[1], float(bound[2]))
    wanted = {_plain(each) for each in harmful.split(",")} | {_plain(harmful)}

    def says(value: Any) -> bool | None:
        return None if value is None or value == "" else not wanted.isdisjoint(_same(value))

    return says


def _bounded(sign: str, bound: float) -> Callable[[Any], bool | None]:
    def says(value: Any) -> bool | None:
        try:
            number = float(value)
        except (TypeError, ValueError):
            return None
        return {
            ">=": number >= bound,
            "<=": number <= bound,
            ">": number > bound,
            "<": number < bound,
        }[sign]

    return says


def _plainly_harmful(column: str) -> Callable[[Any], bool | None]:
    def says(value: Any) -> bool | None:
        if value is None or value == "":
            return None
        if _same(value) & _YES:
            return True
        if _same(value) & _NO:
            return False
        raise UserError.plain(
            f"Is {str(value)[:60]!r} in {column} harmful?",
            "Say which values are, with --harmful VALUE,VALUE.",
        )

    return says
