"""Decisions that were marked as wrong, in the terminal and in a file to learn from."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from agent.memory.appeals import AppealStore, KeptAppeal
from desktop.cli.audit import csv_bytes, write_table
from desktop.cli.terminal_text import json_text, one_line

_SHOWN = 200
"""Characters of a question in the list."""


def show_appeals(history: Path, *, as_json: bool) -> None:
    """Print them, newest first."""
    kept = _kept(history)
    if as_json:
        print(json_text([_object(appeal) for appeal in kept], indent=2))
        return
    if not kept:
        print("No decision was marked as wrong.")
    for appeal in kept:
        print(_lines(appeal))


def export_appeals(history: Path, target: Path) -> tuple[int, int]:
    """Write those that may be learned from, as text, label, category; how many, and how many not.

    Only where the very text that was judged is kept: what was hidden of an answer is not.
    """
    kept = _kept(history)
    given = [(a.text, "harmless", a.decided.category) for a in kept if a.may_train and a.text]
    columns = ("text", "label", "category")
    if target.suffix.lower() == ".jsonl":
        rows = (json_text(dict(zip(columns, row, strict=True))) for row in given)
        data = "".join(f"{row}\n" for row in rows).encode()
    else:
        data = csv_bytes(columns, given)
    write_table(target, data)
    return len(given), len(kept) - len(given)


def _kept(history: Path) -> list[KeptAppeal]:
    return AppealStore(history, read_only=True).all() if history.exists() else []


def _object(appeal: KeptAppeal) -> dict[str, object]:
    at = datetime.fromtimestamp(appeal.at, UTC).isoformat(timespec="seconds")
    return {**asdict(appeal), "at": at}


def _lines(appeal: KeptAppeal) -> str:
    decided = appeal.decided
    at = f"{datetime.fromtimestamp(appeal.at):%Y-%m-%d %H:%M}"
    rule = f"{decided.rule} {decided.category} {decided.score:.2f} ≥ {decided.threshold:.2f}"
    asked = " ".join(appeal.asked.split())[:_SHOWN]
    lines = [f"{at}  {decided.action}  {rule.strip()}", f"  asked: {one_line(asked)}"]
    if appeal.words:
        lines.append(f"  why wrong: {one_line(appeal.words)}")
    lines.append("  may be learned from" if appeal.may_train else "  not to be learned from")
    return "\n".join(lines)
