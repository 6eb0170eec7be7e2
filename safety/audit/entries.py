"""Reading the log of decisions: its entries, oldest first, and those that somebody looks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from perception.types import UserError
from safety.audit.files import LogFiles, lines_of, record_of, time_of
from safety.codes import SafetyCode
from safety.explain import STRENGTH
from safety.types import Action

_CHAIN = frozenset({"before", "seal"})


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of an entry; `fired` are the findings that reached their threshold."""

    action: Action
    direction: str
    headline: str
    fired: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the log: a turn with its decisions, or something else that happened.

    `kind` is `turn`, `policy`, `appeal` or another; `line` is the line itself; `more` holds what
    belongs to that kind alone.
    """

    number: int
    at: datetime | None
    kind: str
    turn: str
    ended: str
    decisions: tuple[Decision, ...]
    more: Mapping[str, Any]
    line: bytes

    @property
    def action(self) -> Action:
        """The strongest of its decisions."""
        actions = (decision.action for decision in self.decisions)
        return max(actions, key=STRENGTH.__getitem__, default=Action.ALLOW)

    @property
    def record(self) -> dict[str, Any]:
        """The line as it is, without what chains and seals it."""
        return {k: v for k, v in record_of(self.line).items() if k not in _CHAIN}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are looked for; what is empty counts for all."""

    since: datetime | None = None
    action: str = ""
    category: str = ""

    def fits(self, entry: AuditEntry) -> bool:
        """Whether an entry is one of them. Action and category are those of one decision."""
        if self.since is not None and (entry.at is None or entry.at < self.since):
            return False
        if not (self.action or self.category):
            return True
        return any(self._decided(decision) for decision in entry.decisions)

    def _decided(self, decision: Decision) -> bool:
        if self.action and decision.action != self.action:
            return False
        found = {finding.get("category") for finding in decision.fired}
        return not self.category or self.category in found


def entries(file: Path) -> Iterator[AuditEntry]:
    """Every entry of a log; lines that are none are left out, `verify` names them.

    UserError where there is no log or it cannot be read.
    """
    files = LogFiles(file, file.with_suffix(".key"))
    number = 0
    try:
        if not files.all():
            file.stat()
        for each in files.all():
            for line in lines_of(each):
                number += 1
                if record := record_of(line):
                    entry = _entry(record, number, line)
                    number = entry.number
                    yield entry
    except OSError as error:
        reason = error.strerror or error
        raise UserError(SafetyCode.AUDIT_UNREADABLE, file=file, reason=reason) from error


def _entry(record: dict[str, Any], place: int, line: bytes) -> AuditEntry:
    number, found = record.get("n"), record.get("decisions")
    known = {"n", "at", "kind", "turn", "ended", "decisions", *_CHAIN}
    return AuditEntry(
        number if isinstance(number, int) else place,
        time_of(record),
        str(record.get("kind", "turn")),
        str(record.get("turn", "")),
        str(record.get("ended", "")),
        tuple(_decisions(found if isinstance(found, list) else ())),
        {name: value for name, value in record.items() if name not in known},
        line.rstrip(b"\n"),
    )


def _decisions(found: Iterable[Any]) -> Iterator[Decision]:
    for each in found:
        if isinstance(each, dict) and each.get("action") in set(Action):
            findings = [f for f in each.get("findings", ()) if isinstance(f, dict)]
            yield Decision(
                Action(each["action"]),
                str(each.get("direction", "")),
                str(each.get("headline", "")),
                tuple(finding for finding in findings if finding.get("fired")),
            )
