"""What every test may use."""

from __future__ import annotations

import gc
import itertools
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import platformdirs
import pytest

from perception.startup import start_private
from tests.needs import is_left_out, markers, missing

_ROOT = Path(__file__).parents[1]


def pytest_configure() -> None:
    """Before any test module, and so any native library, is loaded; children inherit it."""
    start_private()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What is left out is not imported either: torch alone takes seconds."""
    expression: str = config.option.markexpr
    return True if is_left_out(collection_path, expression) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by what its fixtures need, and by its folder."""
    for item in items:
        for marker in markers(getattr(item, "fixturenames", ()), item.path):
            item.add_marker(marker)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Thousands of tests are no garbage: look through them once, not with every window's end."""
    if "not torch" in session.config.option.markexpr and "torch" in sys.modules:
        raise pytest.UsageError(
            "A test module imports torch and is not marked: write pytestmark = pytest.mark.torch"
        )
    gc.collect()
    gc.freeze()


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


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test starts processes of Candor, which take these very packages."""
    monkeypatch.setenv("PYTHONPATH", str(_ROOT))


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    homes = tmp_path_factory.mktemp("homes")
    return (homes / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _own_home(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is made by the first who writes there, as for a new user."""
    monkeypatch.setenv("CANDOR_MODELS", str(_models_home()))
    monkeypatch.setenv("CANDOR_HOME", str(next(_homes)))
