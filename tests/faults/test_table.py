"""The page about reliability says what the attacks recorded, and nothing else."""

from __future__ import annotations

import msgspec
import pytest

from tests.faults import table
from tests.faults.conftest import Outcome


def _lines(*rows: Outcome) -> list[bytes]:
    return [msgspec.json.encode(row) for row in rows]


def test_each_fault_is_one_row_as_it_ended_last() -> None:
    rows = table.read(_lines(Outcome("b", 1, 0, "x"), Outcome("a|b", 2000, 0, "y\nz"),
                             Outcome("b", 7, 0, "last")))  # fmt: skip
    text = table.page(rows, "2026-01-01", "abc", "a machine")
    shown = [line for line in text.splitlines() if line.startswith("|")]
    assert shown[2:] == [
        "| a\\|b | 2,000 | 0 | y z |",
        "| b | 7 | 0 | last |",
        "| **all** | **2,007** | **0** | |",
    ]
    assert "Made on 2026-01-01, commit abc, a machine." in text and "make soak" in text


def test_a_loss_or_nothing_at_all_fails(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("faults")
    monkeypatch.setenv("CANDOR_FAULTS", str(folder))
    monkeypatch.setattr(table, "PAGE", folder / "reliability.md")
    assert table.main() == 1
    (folder / "rows.jsonl").write_bytes(b"\n".join(_lines(Outcome("a", 3, 0, "x"))))
    assert table.main() == 0
    (folder / "rows.jsonl").write_bytes(b"\n".join(_lines(Outcome("a", 3, 1, "x"))))
    assert table.main() == 1
    assert "| a | 3 | 1 | x |" in table.PAGE.read_text(encoding="utf-8")
