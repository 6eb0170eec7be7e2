"""What every test may use."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from perception.startup import start_private
from tests.needs import markers, missing


def pytest_configure() -> None:
    """Before any test module, and so any native library, is loaded; children inherit it."""
    start_private()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by what its fixtures need."""
    for item in items:
        for marker in markers(getattr(item, "fixturenames", ())):
            item.add_marker(marker)


def _models_home() -> Path:
    named = os.environ.get("CANDOR_MODELS")
    return Path(named) if named else Path(platformdirs.user_data_dir("candor")) / "models"


@pytest.fixture(scope="session")
def models() -> Callable[[str], Path]:
    """The folder of an embedded model, which `./candor test` has fetched."""
    home = _models_home()

    def folder(name: str) -> Path:
        path = home / name
        if not path.is_dir():
            missing(f"{name} is missing: run ./candor models get {name}")
        return path

    return folder


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOR_MODELS", str(_models_home()))
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path_factory.mktemp("home")))
