"""The Models page against a server that plays the hub: get, pause, cancel, use, measure, delete."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from agent.engines.hardware import Hardware
from agent.engines.library import Presence
from agent.engines.speed import Speeds
from agent.models.catalog import Catalog, HubFile, Model, ModelFile, Offer
from agent.models.sources.hub import Hub
from agent.models.store import ModelStore
from agent.settings import Settings
from desktop.setup import models_work
from desktop.setup.models_dialog import ModelsDialog
from tests.agent.models.conftest import FakeHub, hub_server
from tests.tiny_models import make

GB = 1_000_000_000
COMPUTER = Hardware("Linux", "cpu", 4, 8 * GB, 6 * GB, None, "")
__all__ = ["hub_server"]


def _model(name: str, data: bytes, *, machine: int, rank: int, cores: int = 2) -> Model:
    file = ModelFile(
        "model.gguf",
        len(data) + 1000,
        hashlib.sha256(data).hexdigest(),
        HubFile("someone/models", f"{name}.gguf"),
        about=True,
    )
    offer = Offer(rank, cores, GB, 4096, 3, False, ("speed", "languages"), "qwen3")
    return Model(name, name.title(), "dialogue", "MIT", "us", 1, machine, False, (file,), offer)


@pytest.fixture
def store(tmp_path: Path, hub_server: FakeHub) -> ModelStore:
    data = make(tmp_path / "tiny.gguf", "qwen3").read_bytes()
    for name in ("small", "slow", "large"):
        hub_server.files[f"/someone/models/resolve/main/{name}.gguf"] = data
    own = ModelFile("model.gguf", len(data), hashlib.sha256(data).hexdigest())
    embedded = Model("own", "Own", "dialogue", "MIT", "us", 1, 1, True, (own,))
    (tmp_path / "models" / "own").mkdir(parents=True)
    (tmp_path / "models" / "own" / "model.gguf").write_bytes(data)
    offered = (
        _model("small", data, machine=4 * GB, rank=20),
        _model("slow", data, machine=6 * GB, rank=30, cores=16),
        _model("large", data, machine=64 * GB, rank=40),
    )
    return ModelStore(tmp_path / "models", Catalog((embedded, *offered)))


@pytest.fixture
def page(
    store: ModelStore,
    hub_server: FakeHub,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[ModelsDialog]:
    monkeypatch.setattr(models_work, "examine", lambda: COMPUTER)
    hub = Hub(hub_server.url, False, tmp_path / "cache", silence=2.0)
    speeds = Speeds(tmp_path / "speeds.json")
    dialog = ModelsDialog(Settings(), None, store, speeds, lambda scratch: (hub,))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.cards) == 4)
    yield dialog
    dialog.stop()


def shown(page: ModelsDialog, model: str) -> set[str]:
    return {name for name, b in page.cards[model].buttons.items() if b.isVisible()}


def press(page: ModelsDialog, model: str, button: str) -> None:
    page.cards[model].buttons[button].click()


def here(page: ModelsDialog, model: str) -> Callable[[], bool]:
    return lambda: page.cards[model].state.presence is Presence.HERE


def test_what_fits_and_what_does_not_is_said(page: ModelsDialog) -> None:
    assert list(page.cards) == ["own", "small", "slow", "large"]
    assert "needs 64.0 GB" in page.cards["large"].why.text()
    assert "slow on 4 cores" in page.cards["slow"].why.text()
    assert shown(page, "large") == set()
    assert shown(page, "small") == {"get"}
    assert shown(page, "own") == {"measure"}, "it answers already, and came with Candor"
    facts = page.cards["small"].facts.text()
    for word in ("MIT", "about", "3 languages"):
        assert word in facts
    assert "answers now" in page.cards["own"].standing.text()


def test_get_then_use_measure_and_delete(
    page: ModelsDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[str] = []
    network: list[bool] = []
    page.chosen.connect(chosen.append)
    page.fetching.connect(network.append)
    press(page, "small", "get")
    qtbot.waitUntil(here(page, "small"), timeout=20_000)
    assert network == [True, False]
    assert shown(page, "small") == {"use", "measure", "delete"}
    press(page, "small", "use")
    assert chosen == ["small"]
    page.set_settings(replace(Settings(), dialogue_model="small"))
    assert "answers now" in page.cards["small"].standing.text()
    press(page, "small", "measure")
    qtbot.waitUntil(lambda: page.cards["small"].state.speed is not None, timeout=30_000)
    assert "tokens a second here" in page.cards["small"].standing.text()
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    press(page, "small", "delete")
    assert chosen == ["small", ""], "another one answers before its file goes"
    assert shown(page, "small") == {"get"}
    assert page.cards["small"].state.speed is None


def test_pause_resume_and_cancel(
    page: ModelsDialog, qtbot: QtBot, hub_server: FakeHub, store: ModelStore
) -> None:
    draft = store.folder / ".partial" / "small" / "model.gguf.0000"
    draft.parent.mkdir(parents=True)
    whole = hub_server.files["/someone/models/resolve/main/small.gguf"]
    draft.write_bytes(whole[:5000])
    hub_server.stalls = True
    press(page, "small", "get")
    assert "pause" in shown(page, "small")
    assert not page.cards["slow"].buttons["get"].isEnabled(), "one at a time"
    press(page, "small", "pause")
    qtbot.waitUntil(lambda: "get" in shown(page, "small"), timeout=20_000)
    assert page.cards["small"].buttons["get"].text() == "Resume"
    assert "paused at" in page.cards["small"].standing.text()
    assert draft.read_bytes() == whole[:5000]
    press(page, "small", "cancel")
    assert not draft.exists()
    assert shown(page, "small") == {"get"}


def test_no_hub_is_said_and_nothing_is_lost(
    page: ModelsDialog, qtbot: QtBot, hub_server: FakeHub
) -> None:
    hub_server.files.clear()
    press(page, "small", "get")
    qtbot.waitUntil(page.problem.isVisible, timeout=20_000)
    assert "could not be fetched" in page.problem.accessibleName()
    assert shown(page, "small") == {"get"}
    assert "answers now" in page.cards["own"].standing.text()


def test_a_settings_change_elsewhere_is_followed(page: ModelsDialog) -> None:
    page.set_settings(replace(Settings(), dialogue_model="other/thing"))
    assert "answers now" not in page.cards["own"].standing.text()
    assert shown(page, "own") == {"use", "measure"}
