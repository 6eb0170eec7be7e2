"""Two programs that open the same new file wait for each other."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from agent.memory import write_ahead as module
from agent.memory.write_ahead import write_ahead


def _mode(db: sqlite3.Connection) -> str:
    return str(db.execute("PRAGMA journal_mode").fetchone()[0])


def test_it_waits_until_the_other_is_done(tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    with (
        closing(sqlite3.connect(file)) as mine,
        closing(sqlite3.connect(file, check_same_thread=False)) as other,
    ):
        other.execute("CREATE TABLE t (a)")
        other.commit()
        other.execute("BEGIN EXCLUSIVE")
        done = threading.Timer(0.2, other.commit)
        done.start()
        write_ahead(mine)
        done.join()
        assert _mode(mine) == "wal"


def test_a_lock_that_stays_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    file = tmp_path / "a.db"
    with (
        closing(sqlite3.connect(file, timeout=0.01)) as mine,
        closing(sqlite3.connect(file)) as other,
    ):
        other.execute("CREATE TABLE t (a)")
        other.commit()
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError):
            write_ahead(mine)
