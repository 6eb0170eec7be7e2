"""Personal data that was found, against marked places; Presidio's format or [start, end, type]."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.parts.columns import value_at
from benchmarks.parts.rates import percentile, rate, wilson
from benchmarks.parts.rows import Row
from perception.types import UserError
from safety.guard import Guard
from safety.types import Circumstance

_KINDS = (
    ("email", ("email", "e-mail")),
    ("phone", ("phone", "telephone", "mobile", "fax")),
    ("card", ("credit", "debit", "card_number", "creditcard")),
    ("ip", ("ip_", "ipv", "mac_", "macaddr")),
    ("iban", ("iban", "bank", "account", "swift", "routing")),
    ("address", ("street", "address", "postal")),
    ("birth_date", ("birth", "dob")),
    ("secret", ("password", "secret", "api_key", "token", "pin")),
    ("national_id", ("passport", "ssn", "licen", "national", "nhs", "aadhaar", "tax", "itin",
                     "social", "id_card", "idcard", "identity", "nric", "_id", "id_", "cpf",
                     "dni", "nie", "nif", "pesel", "身份证", "idnum")),
)  # fmt: skip
_START = ("start_position", "start", "begin", "start_offset")
_END = ("end_position", "end", "stop", "end_offset")
_TYPE = ("entity_type", "type", "label", "entity", "category")


@dataclass(frozen=True, slots=True)
class Span:
    """A place of `kind`: one of Candor's categories, empty where it looks for nothing like it."""

    start: int
    end: int
    type: str
    kind: str

    def meets(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Read:
    """One text with the places that are marked in it and those that were found."""

    marked: tuple[Span, ...]
    found: tuple[Span, ...]


class PersonalData:
    """What was read so far: the places that an answer would hide, and those that are marked."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._read, self._times = list[Read](), list[float]()

    def add(self, text: str, row: Row, column: str) -> None:
        """One text, with its marked places in a column."""
        marked = spans_of(row, column)
        began = time.perf_counter()
        verdict = self._guard.judge(text, Circumstance("out", (), "everyday"))
        self._times.append((time.perf_counter() - began) * 1e3)
        fired = [f for f in verdict.why.findings if f.fired and f.rule == "privacy" and f.span]
        found = tuple(Span(*f.span, f.category, f.category) for f in fired if f.span)
        self._read.append(Read(marked, found))

    def measures(self) -> dict[str, Any]:
        """By their names in the JSON."""
        return {
            "personal_data": summary(self._read),
            "p50_ms": percentile(self._times, 50),
            "p95_ms": percentile(self._times, 95),
            "skipped": 0,
        }


def kind_of(name: str) -> str:
    """Candor's category for a type of another vocabulary; empty for none."""
    plain = name.lower().replace(" ", "_").replace("-", "_")
    if plain in ("ip", "mac", "id", "pin"):
        return {"ip": "ip", "mac": "ip", "id": "national_id", "pin": "secret"}[plain]
    for kind, words in _KINDS:
        if any(word in plain for word in words):
            return kind
    return ""


def spans_of(row: Row, column: str) -> tuple[Span, ...]:
    """The marked places of a row. UserError where they have another form."""
    value = value_at(row, column)
    try:
        given = json.loads(value) if isinstance(value, str) and value.strip() else value or []
        return tuple(_span(each) for each in given)
    except (ValueError, TypeError, KeyError, IndexError, StopIteration) as error:
        raise UserError.plain(
            f"{str(value)[:60]!r} in {column} are no places.",
            "Use a list of [start, end, type], or of objects with start, end and type.",
        ) from error


def _span(given: Any) -> Span:
    if isinstance(given, dict):
        start, end, name = (_named(given, names) for names in (_START, _END, _TYPE))
    else:
        start, end, name = given[0], given[1], given[2]
    return Span(int(start), int(end), str(name), kind_of(str(name)))


def _named(given: dict[str, Any], names: Sequence[str]) -> Any:
    return given[next(name for name in names if name in given)]


def summary(read: Sequence[Read]) -> dict[str, Any]:
    """Recall over the marked places of kinds that Candor looks for, precision over the found."""
    held, hit, exact = Counter[str](), Counter[str](), Counter[str]()
    said, right = Counter[str](), Counter[str]()
    other = Counter[str]()
    for each in read:
        known = [span for span in each.marked if span.kind]
        other.update(span.type for span in each.marked if not span.kind)
        for span in known:
            held[span.type] += 1
            hit[span.type] += any(span.meets(found) for found in each.found)
            exact[span.type] += any(
                (span.start, span.end) == (found.start, found.end) for found in each.found
            )
        for found in each.found:
            said[found.kind] += 1
            right[found.kind] += any(found.meets(span) for span in known)
    return {
        "texts": len(read),
        **_totals(held, hit, exact, said, right),
        "by_type": {
            name: {"n": held[name], "recall": rate(hit[name], n), "ci": wilson(hit[name], n)}
            for name, n in held.most_common()
        },
        "by_found": {
            name: {"n": n, "precision": rate(right[name], n), "ci": wilson(right[name], n)}
            for name, n in said.most_common()
        },
        "not_looked_for": dict(other.most_common()),
    }


def _totals(
    held: Counter[str], hit: Counter[str], exact: Counter[str], said: Counter[str],
    right: Counter[str],
) -> dict[str, Any]:  # fmt: skip
    marked, found, hits, rights = held.total(), said.total(), hit.total(), right.total()
    recall, precision = rate(hits, marked), rate(rights, found)
    both = (recall or 0) + (precision or 0)
    return {
        "marked": marked,
        "found": found,
        "recall": recall,
        "recall_ci": wilson(hits, marked),
        "precision": precision,
        "precision_ci": wilson(rights, found),
        "f1": round(2 * (recall or 0) * (precision or 0) / both, 4) if both else None,
        "exact": rate(exact.total(), marked),
    }
