"""What Candor keeps is the user's alone, and nothing else is touched."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from agent.private_files import make_private
from agent.settings import data_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture
def home() -> Path:
    home = data_folder()
    home.mkdir(0o755)
    home.chmod(0o755)
    for name in ("history.db", "history.db-wal", "history.db.damaged-2026-01-01", "audit.jsonl"):
        (home / name).write_text(name)
    for name in ("settings.toml", "words.toml", "window.json"):
        (home / name).write_text(name)
    for folder in ("logs", "adapters/mine", "training/run", "unsent"):
        (home / folder).mkdir(parents=True)
        (home / folder / "file").write_text(folder)
    for path in home.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return home


def test_all_that_is_there_is_put_right(home: Path) -> None:
    make_private()
    assert _mode(home) == 0o700
    for path in home.rglob("*"):
        assert _mode(path) == (0o700 if path.is_dir() else 0o600), path


def test_foreign_things_are_left_alone(home: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "file").write_text("someone's")
    shared.chmod(0o755)
    (shared / "file").chmod(0o644)
    (home / "models").symlink_to(shared)
    (home / "logs" / "link").symlink_to(shared / "file")
    (home / "holiday.jpg").write_text("not Candor's")
    (home / "holiday.jpg").chmod(0o644)
    os.mkfifo(home / "logs" / "pipe")
    (home / "logs" / "pipe").chmod(0o644)
    make_private()
    assert (_mode(shared), _mode(shared / "file")) == (0o755, 0o644)
    assert _mode(home / "holiday.jpg") == 0o644
    assert _mode(home / "logs" / "pipe") == 0o644


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs two accounts")
def test_another_accounts_files_are_left_alone(home: Path) -> None:
    os.chown(home / "logs" / "file", 65534, 65534)
    make_private()
    assert _mode(home / "logs" / "file") == 0o644


def test_a_home_folder_as_candor_home_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    home = data_folder()
    home.mkdir()
    (home / "history.db").write_text("")
    (home / "history.db").chmod(0o644)
    home.chmod(0o755)
    monkeypatch.setenv("HOME", str(home))
    make_private()
    assert (_mode(home), _mode(home / "history.db")) == (0o755, 0o600)


def test_models_are_closed_only_under_the_users_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, shared = tmp_path / "user" / "models", tmp_path / "srv" / "models"
    for folder in (own, shared):
        folder.mkdir(parents=True)
        (folder / "model.gguf").write_text("")
        (folder / "model.gguf").chmod(0o644)
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    for folder in (own, shared):
        monkeypatch.setenv("CANDOR_MODELS", str(folder))
        make_private()
    assert (_mode(own / "model.gguf"), _mode(shared / "model.gguf")) == (0o600, 0o644)
