"""The log of decisions in the terminal: as a table, as JSON, and in a file."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop.cli.terminal_text import console, json_text, one_line
from desktop.codes import DesktopCode
from perception.regular_file import write_whole
from perception.types import UserError
from safety.audit.entries import AuditEntry, Decision, Wanted, entries
from safety.audit.verification import Audited

_FINDING = ("rule", "category", "score", "threshold")
_COLUMNS = ("number", "at", "kind", "turn", "ended", "direction", "action", *_FINDING, "headline")
_DIRECTIONS = {"in": "question", "data": "data", "out": "answer"}


def show(file: Path, wanted: Wanted, last: int | None, *, as_json: bool) -> None:
    """Print the entries that are wanted, the newest last."""
    found = (entry for entry in entries(file) if wanted.fits(entry))
    kept = list(deque(found, maxlen=last) if last else found)
    if as_json:
        print(json_text([entry.record for entry in kept], indent=2))
    elif kept:
        _print_table(kept)
    else:
        print("No entry fits.")


def report(audited: Audited, *, as_json: bool) -> None:
    """Print whether the log is whole, and what to note down elsewhere."""
    last = audited.last
    if as_json:
        kept = {
            "whole": not audited.broken,
            "entries": audited.lines,
            "file": audited.name,
            "line": audited.broken,
            "reason": audited.reason,
            "clock_back": audited.clock_back,
            "last": f"{last.number}:{last.hash}" if last.number else "",
        }
        print(json_text(kept, indent=2))
        return
    if audited.broken:
        print(f"Not whole: {audited.name}, line {audited.broken}: {audited.reason}.")
        return
    print(f"Whole: {audited.lines} entries follow one another, and each seal fits.")
    if audited.clock_back:
        numbers = ", ".join(map(str, audited.clock_back[:10]))
        print(f"The clock was set back before entry {numbers}.")
    if last.number:
        print(f"Note the last one down elsewhere, and check it later with\n  {_holds(last.number)}")
        print(f"  {last.number}:{last.hash}")


def export(file: Path, wanted: Wanted, target: Path) -> int:
    """Write what is wanted into a file: the very lines (.jsonl), or a row a finding (.csv)."""
    kept = [entry for entry in entries(file) if wanted.fits(entry)]
    if target.suffix.lower() == ".jsonl":
        data = b"".join(entry.line + b"\n" for entry in kept)
    else:
        data = csv_bytes(_COLUMNS, (row for entry in kept for row in _rows(entry)))
    write_table(target, data)
    return len(kept)


def csv_bytes(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A table as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def write_table(target: Path, data: bytes) -> None:
    """Write a file whole; UserError where that cannot be done."""
    try:
        write_whole(target, data)
    except OSError as error:
        raise UserError(
            DesktopCode.TABLE_NOT_WRITTEN, file=target, reason=error.strerror or error
        ) from error


def _holds(number: int) -> str:
    return f"candor audit verify --holds {number}:HASH"


def _print_table(kept: Iterable[AuditEntry]) -> None:
    from rich.table import Table

    table = Table(box=None, padding=(0, 1, 0, 0))
    table.add_column("n", justify="right", no_wrap=True)
    for name in ("at", "what", "where", "found"):
        table.add_column(name, no_wrap=name != "found")
    for entry in kept:
        for row in _lines(entry):
            table.add_row(*map(one_line, row))
    console().print(table)


def _lines(entry: AuditEntry) -> Iterator[tuple[str, str, str, str, str]]:
    """One line a decision that did something; the others of a turn are one together."""
    at = f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}" if entry.at else ""
    head = (str(entry.number), at)
    if entry.kind != "turn":
        more = ", ".join(f"{name} {value}" for name, value in entry.more.items())
        yield (*head, entry.kind, "", more)
        return
    done = dict.fromkeys(d for d in map(_line, entry.decisions) if d[0] != "allow")
    for what, where, found in done or {("allow", "", entry.ended): None}:
        yield (*head, what, where, found)
        head = ("", "")


def _line(decision: Decision) -> tuple[str, str, str]:
    found = "; ".join(
        f"{f.get('rule')} {f.get('category')} {f.get('score')} ≥ {f.get('threshold')}"
        for f in decision.fired
    )
    where = _DIRECTIONS.get(decision.direction, "")
    return str(decision.action), where, found or decision.headline


def _rows(entry: AuditEntry) -> Iterator[list[object]]:
    at = entry.at.isoformat() if entry.at else ""
    head: list[object] = [entry.number, at, entry.kind, entry.turn, entry.ended]
    if not entry.decisions:
        more = ", ".join(f"{name} {value}" for name, value in entry.more.items())
        yield [*map(_cell, head), "", "", "", "", "", "", _cell(more)]
    for decision in entry.decisions:
        for f in decision.fired or ({},):
            told = [f.get(name, "") for name in _FINDING]
            row = [*head, decision.direction, decision.action, *told, decision.headline]
            yield list(map(_cell, row))


def _cell(value: object) -> object:
    """A cell that a spreadsheet would run as a formula is marked as text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value
