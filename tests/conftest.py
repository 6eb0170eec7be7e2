"""What every test may use."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest


@pytest.fixture(scope="session")
def models() -> Callable[[str], Path]:
    """The folder of an embedded model, which `./candor test` has fetched."""
    home = Path(os.environ.get("CANDOR_MODELS") or platformdirs.user_data_dir("candor") + "/models")

    def folder(name: str) -> Path:
        path = home / name
        assert path.is_dir(), f"{name} is missing: run ./candor models get {name}"
        return path

    return folder


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path_factory.mktemp("home")))
