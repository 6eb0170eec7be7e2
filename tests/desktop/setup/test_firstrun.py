"""The first page: models come from a bundle, with progress; faults say what to do."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.models.catalog import Catalog, Model, ModelFile
from agent.models.store import ModelStore
from agent.models.transfer import TransferProgress
from agent.settings import Settings
from desktop import theme
from desktop.setup import download
from desktop.setup.download import FetchEnded
from desktop.setup.first_run import FirstRun
from desktop.widgets import quantities
from desktop.widgets.collapsible import Collapsible
from tests.desktop import reading

CONTENT = {"ear": b"e" * 300_000, "mouth": b"m" * 500_000}


def model(name: str) -> Model:
    data = CONTENT[name]
    file = ModelFile("model.bin", len(data), hashlib.sha256(data).hexdigest())
    return Model(name, f"The {name}", "hearing", "MIT", "Us", 1, 1, True, (file,))


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models", Catalog(tuple(model(name) for name in CONTENT)))


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    for name, data in CONTENT.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "model.bin").write_bytes(data)
    return folder


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, store: ModelStore) -> FirstRun:
    theme.apply(qapp, Settings())
    made = FirstRun(store=store)
    qtbot.addWidget(made)
    made.resize(theme.gap(200), theme.gap(180))
    made.show()
    made.findChildren(Collapsible)[0].heading.click()
    return made


def test_it_says_what_will_be_fetched(page: FirstRun, store: ModelStore) -> None:
    words = " ".join(reading.words(page))
    for part in ("The ear · Us · MIT", "300 kB", "500 kB", "Total 800 kB", str(store.folder)):
        assert part in words
    assert page.needed
    assert not page.bar.isVisible()


def test_models_come_from_a_bundle(
    page: FirstRun, store: ModelStore, bundle: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.done, timeout=20_000):
        page.start(bundle)
    assert not page.needed
    assert store.missing() == ()
    assert page.line.text() == "All models are here."
    assert page.bar.value() == page.bar.maximum()
    assert "Downloaded · 300 kB" in reading.words(page)


def test_a_fault_says_what_happened_and_what_to_do(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    theme.apply(qapp, Settings())
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    page = FirstRun(store=ModelStore(blocked / "models", Catalog((model("ear"),))))
    qtbot.addWidget(page)
    page.show()
    QTest.mouseClick(page.get, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.problem.isVisible, timeout=10_000)
    assert "cannot write" in reading.spoken(page.problem)
    assert "another disk" in reading.spoken(page.problem)
    assert not page.running
    assert page.get.text().startswith(("Get the models (", "Resume"))


def test_progress_is_told_in_words(page: FirstRun) -> None:
    page.start(Path("/nowhere"))
    page.stop()
    page._take(TransferProgress(412_000_000, 1_282_000_000, 12.4e6, 75, "ear"))
    assert page.line.text() == "412 MB of 1.3 GB · 12 MB/s · about a minute left"
    assert page.bar.value() == round(412 / 1282 * page.bar.maximum())


def test_a_pause_keeps_what_is_there(page: FirstRun) -> None:
    page.bar.setValue(300)
    page._take(FetchEnded(complete=False))
    assert page.line.text() == "Paused. What was downloaded is kept."
    assert page.get.text() == "Resume"


def test_not_now(page: FirstRun, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.later):
        QTest.mouseClick(page.skip, Qt.MouseButton.LeftButton)


def test_cutting_a_fetch_closes_it_and_says_so() -> None:
    closed: list[bool] = []
    told: list[object] = []
    cut = threading.Event()

    def endless() -> Generator[TransferProgress, None, None]:
        try:
            while True:
                yield TransferProgress(1, 2)
        finally:
            closed.append(True)

    def tell(news: object) -> None:
        told.append(news)
        if len(told) == 3:
            cut.set()

    download.run_fetch(endless, cut, tell)
    assert closed == [True]
    assert told[-1] == FetchEnded(complete=False)


def test_what_nobody_expected_still_ends_the_fetch() -> None:
    told: list[object] = []

    def broken() -> Generator[TransferProgress, None, None]:
        yield TransferProgress(1, 2)
        raise RuntimeError("odd")

    with pytest.raises(RuntimeError):
        download.run_fetch(broken, threading.Event(), told.append)
    last = told[-1]
    assert isinstance(last, FetchEnded)
    assert last.error is not None
    assert "odd" in last.error.message


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3, "a few seconds left"),
        (40, "less than a minute left"),
        (70, "about a minute left"),
        (1500, "about 25 minutes left"),
    ],
)
def test_times_are_no_more_exact_than_they_are_known(seconds: float, words: str) -> None:
    assert quantities.time_left(seconds) == words


def test_everything_has_a_name_and_a_size(page: FirstRun) -> None:
    assert reading.nameless(page) == []
    assert reading.too_small(page) == []


def test_it_tells_as_long_as_it_fetches(qtbot: QtBot, page: FirstRun, bundle: Path) -> None:
    told = list[bool]()
    page.fetching.connect(told.append)
    with qtbot.waitSignal(page.done):
        page.start(bundle)
        assert told == [True]
    assert told == [True, False]
