"""The table of docs/reliability.md from what the attacks recorded: `python -m tests.faults.table`.

Reads `$CANDOR_FAULTS/rows.jsonl`. Exit code 1 where something was lost or nothing was recorded.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import psutil  # type: ignore[import-untyped]

from tests.faults.conftest import Outcome

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
_HEAD = """\
# Reliability

Attacks on Candor, and what came of them. This page is made by the suite itself: each row is written
by a test of `tests/faults/` after its last try, and a row with anything lost fails its test. *Lost*
is an answer, a word, a file or a promise that did not survive the fault; also a hang, a crash, an
error without a sentence, or a byte sent to the terminal that commands it.

Made on {when}, commit {commit}, {machine}. To make it again: `make soak` (it needs the models, and
takes its time); the short form of each attack is part of `./candor test`.

| fault | tries | lost | what was said |
|---|---:|---:|---|
"""


def read(lines: Iterable[bytes]) -> tuple[Outcome, ...]:
    """The rows by fault; one that was run again counts as it ended last."""
    rows = [msgspec.json.decode(line, type=Outcome) for line in lines if line.strip()]
    return tuple(sorted({row.fault: row for row in rows}.values(), key=lambda row: row.fault))


def page(rows: Sequence[Outcome], when: str, commit: str, machine: str) -> str:
    """The whole page, as Markdown."""
    lines = [f"| {_cell(r.fault)} | {r.tries:,} | {r.lost:,} | {_cell(r.said)} |\n" for r in rows]
    tries, lost = sum(row.tries for row in rows), sum(row.lost for row in rows)
    whole = f"| **all** | **{tries:,}** | **{lost:,}** | |\n"
    return _HEAD.format(when=when, commit=commit, machine=machine) + "".join(lines) + whole


def main() -> int:
    """Write the page."""
    rows_file = Path(os.environ["CANDOR_FAULTS"]) / "rows.jsonl"
    rows = read(rows_file.read_bytes().splitlines()) if rows_file.exists() else ()
    when = f"{datetime.now(UTC):%Y-%m-%d}"
    PAGE.write_text(page(rows, when, _commit(), _machine()), encoding="utf-8")
    print(f"{len(rows)} rows in {PAGE}")
    return 1 if not rows or any(row.lost for row in rows) else 0


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _commit() -> str:
    words = ["git", "-C", str(PAGE.parent), "rev-parse", "--short", "HEAD"]
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"  # A copy without its history.
    return done.stdout.strip()


def _machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}"
    )


if __name__ == "__main__":
    sys.exit(main())
