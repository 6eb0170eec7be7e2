"""Tables of the safety bench."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from desktop.cli.terminal_text import console

_MOST_GROUPS = 40


def print_tables(results: Sequence[dict[str, Any]]) -> None:
    """A table a file, then groups, categories and the rest in lines."""
    screen = console(width=None if sys.stdout.isatty() else 120)
    for result in results:
        if "personal_data" in result:
            _personal(screen, result)
        else:
            _harm(screen, result)
        if not result["complete"]:
            screen.print("Cut short: this is what was measured.")


def _harm(screen: Console, result: dict[str, Any]) -> None:
    table = Table(
        "texts", "n", "withheld", "95%", "advised", "redacted", "allowed", title=result["file"]
    )
    for kind in ("harmful", "harmless"):
        _row(table, kind, result[kind])
        if result["cascade"]:
            _row(table, f"{kind}, guard alone", result["guard_alone"][kind])
    screen.print(table)
    for name in ("auc", "auc_ci", "f1", "f1_flagged", "precision", "over_refusal", "p50_ms",
                 "p95_ms", "clause_p95_ms", "skipped"):  # fmt: skip
        if result[name] is not None:
            screen.print(f"{name}: {result[name]}", highlight=False)
    if result["by_category"]:
        table = Table("decided by", "harmful", "of these withheld", "harmless", "of these withheld")
        for name, of in result["by_category"].items():
            cells = (of[kind][key] for kind in ("harmful", "harmless") for key in ("n", "blocked"))
            table.add_row(name, *map(str, cells))
        screen.print(table)
    if result["by_group"]:
        _groups(screen, result)
    for line in _more(result):
        screen.print(line, highlight=False)


def _more(result: dict[str, Any]) -> Iterator[str]:
    """What the model was asked and what it refuses itself, and the explanations."""
    if asked := result["cascade"]:
        times = f": p50_ms {asked['p50_ms']}, p95_ms {asked['p95_ms']}" if asked["asked"] else ""
        yield f"the model was asked about {asked['asked']} texts{times}"
        if asked["unanswered"]:
            yield f"it gave no answer about {asked['unanswered']}, which count as harmful"
    for kind, of in (result["own_refusals"] or {}).items():
        yield f"refused by the model itself, {kind}: {of['refused']} of {of['n']}"
    for name, value in (result["explanations"] or {}).items():
        yield f"explanations, {name}: {value}"


def _groups(screen: Console, result: dict[str, Any]) -> None:
    table = Table("group", "n", "withheld", "95%", "advised", "redacted", "allowed")
    for name, of in list(result["by_group"].items())[:_MOST_GROUPS]:
        for kind in ("harmful", "harmless"):
            if of[kind]["n"]:
                _row(table, f"{name}: {kind}", of[kind])
    screen.print(table)
    if (left := len(result["by_group"]) - _MOST_GROUPS) > 0:
        screen.print(f"and {left} more groups in --json", highlight=False)
    for kind, gap in result["largest_gap"].items():
        if gap:
            line = f"largest gap, {kind}: {gap['gap']:.1%} ({gap['low']} to {gap['high']})"
            screen.print(line, highlight=False)


def _row(table: Table, name: str, of: dict[str, Any]) -> None:
    rate = "" if of["rate"] is None else f"{of['rate']:.1%}"
    ends = " to ".join(f"{end:.1%}" for end in of["ci"]) if of["n"] else ""
    cells = (of["advised"], of["redacted"], of["allowed"])
    table.add_row(name, str(of["n"]), rate, ends, *map(str, cells))


def _personal(screen: Console, result: dict[str, Any]) -> None:
    found = result["personal_data"]
    table = Table("type", "n", "recall", "precision", title=result["file"])
    for name, of in found["by_type"].items():
        table.add_row(name, str(of["n"]), _cell(of["recall"]), "")
    for name, of in found["by_found"].items():
        table.add_row(f"found as {name}", str(of["n"]), "", _cell(of["precision"]))
    table.add_row("all", str(found["marked"]), _cell(found["recall"]), _cell(found["precision"]))
    screen.print(table)
    if found["not_looked_for"]:
        other = ", ".join(f"{name} ({n})" for name, n in found["not_looked_for"].items())
        screen.print(f"not looked for: {other}", highlight=False)
    screen.print(f"p95_ms: {result['p95_ms']}", highlight=False)


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
