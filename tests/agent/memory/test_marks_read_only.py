"""The window reads what was marked; only the mind writes it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from agent.memory.feedback import FeedbackStore
from agent.memory.history import History
from perception.types import UserError


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    history = History(tmp_path / "history.db")
    history.close()
    reader = FeedbackStore(history.file, read_only=True)
    assert reader.given() == [] and reader.of(["1"]) == {}
    with pytest.raises((UserError, sqlite3.OperationalError)):
        reader.keep_feedback("1", True, "")
