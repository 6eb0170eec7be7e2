"""What the attacks share: how often they try, and where they tell what came of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec
import pytest


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of docs/reliability.md: a fault, how often it was tried, what was lost and said."""

    fault: str
    tries: int
    lost: int
    said: str


Tries = Callable[[int, int], int]
Record = Callable[[str, int, int, str], None]


@pytest.fixture
def tries() -> Tries:
    """How often to try: `tries(few, many)` gives many under `make soak`, else few."""
    soak = os.environ.get("CANDOR_SOAK") == "1"
    return lambda few, many: many if soak else few


@pytest.fixture
def record() -> Record:
    """Asserts that nothing was lost, and keeps the row: `record(fault, tries, lost, said)`."""
    folder = os.environ.get("CANDOR_FAULTS")

    def keep(fault: str, tries: int, lost: int, said: str) -> None:
        row = Outcome(fault, tries, lost, said)
        if folder:
            with (Path(folder) / "rows.jsonl").open("ab") as file:
                file.write(msgspec.json.encode(asdict(row)) + b"\n")
        assert lost == 0, row

    return keep
