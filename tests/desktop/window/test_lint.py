"""No clipped text, no overlap, no small target: the lint over sizes, scales, languages, themes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent.events import AssistantState, Ready
from agent.memory.history import History
from agent.settings import Settings
from agent.types import Phase
from desktop import i18n, theme
from desktop.session.children import Children
from desktop.window.main import Window
from perception.audio.ipc.messages import Devices
from tests.desktop import lint
from tests.desktop.pages import DIALOGS, PAGES, close_dialogs
from tests.desktop.window_script import Script

# 2560x1600 at scale 2 has 1280x800 of Qt's pixels: what is laid out is the same.
SIZES = ((800, 480), (1280, 800), (2560, 1600))
SCALES = (1.0, 1.3, 1.5, 2.0)
LANGUAGES = ("en", "zh")
THEMES = ("light", "dark", "contrast")
FRAME = QSize(8, 32)
"""What a title bar and borders take of the screen."""
Corner = tuple[tuple[int, int], float, str, str]
# Each size with each scale and language, and each of them with each theme.
GRID: list[Corner] = [
    (*place, THEMES[(at + at // 3) % 3])
    for at, place in enumerate(itertools.product(SIZES, SCALES, LANGUAGES))
]
# Each value of each dimension stands in the sample; the corners that were broken once, too.
SAMPLE: list[tuple[Corner, str]] = [
    (((800, 480), 2.0, "en", "light"), "empty"),
    (((800, 480), 1.5, "zh", "dark"), "notes"),
    (((800, 480), 2.0, "en", "contrast"), "why"),
    (((1280, 800), 1.0, "en", "light"), "why"),
    (((1280, 800), 2.0, "zh", "light"), "conversation"),
    (((1280, 800), 1.3, "en", "dark"), "notes"),
    (((2560, 1600), 1.0, "zh", "contrast"), "waiting"),
]


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Callable[[str], None]]:

    def install(name: str) -> None:
        i18n.install(qapp, name)

    yield install
    i18n.install(qapp, "en")


@contextmanager
def _window(qapp: QApplication, folder: Path, corner: Corner) -> Iterator[tuple[Window, Script]]:
    """A window for one corner of the grid."""
    size, scale, language, colours = corner
    settings = Settings(
        theme=colours, text_scale=scale, interface_language=language, reduce_motion=True
    )
    theme.apply(qapp, settings)
    history = History(None)
    script = Script(history)
    window = Window(
        settings,
        folder / "settings.toml",
        folder / "window.json",
        lambda: history,
        cast("Children", script),
    )
    try:
        window.resize(*size)
        window.show()
        script.tell(
            Devices(("Built-in",), (), "Built-in", ""),
            AssistantState(Phase.IDLE, ""),
            Ready("Qwen2.5 1.5B", "CPU", None),
        )
        yield window, script
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        history.close()


def _settle(qapp: QApplication) -> None:
    for _ in range(8):
        qapp.processEvents()


def _page_faults(qapp: QApplication, folder: Path, corner: Corner, page: str) -> list[str]:
    with _window(qapp, folder, corner) as (window, script):
        PAGES[page](window, script)
        _settle(qapp)
        return lint.faults(window)


def _dialog_faults(qapp: QApplication, folder: Path, corner: Corner) -> Iterator[str]:
    with _window(qapp, folder, corner) as (window, script):
        room = QSize(*corner[0]) - FRAME
        for name, opened in DIALOGS.items():
            dialog = opened(window, script)
            if not dialog.testAttribute(Qt.WidgetAttribute.WA_Resized):
                dialog.adjustSize()
            dialog.resize(dialog.size().boundedTo(room))
            dialog.show()
            _settle(qapp)
            if dialog.width() > room.width() or dialog.height() > room.height():
                yield f"{name}: {dialog.size()} is larger than the screen"
            yield from (f"{name}: {fault}" for fault in lint.faults(dialog))
            close_dialogs(window)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _called(value: object) -> str:
    return "-".join(map(str, value)) if isinstance(value, tuple) else str(value)


@pytest.mark.parametrize(("corner", "page"), SAMPLE, ids=_called)
def test_nothing_is_cut_or_covered_or_small(
    qapp: QApplication,
    tmp_path: Path,
    language: Callable[[str], None],
    corner: Corner,
    page: str,
) -> None:
    language(corner[2])
    assert _page_faults(qapp, tmp_path, corner, page) == []


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_the_whole_grid(
    qapp: QApplication, tmp_path: Path, language: Callable[[str], None], page: str
) -> None:
    found = dict[str, list[str]]()
    for corner in GRID:
        language(corner[2])
        if faults := _page_faults(qapp, tmp_path, corner, page):
            found[_called(corner)] = faults
    assert found == {}


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=_called)
def test_all_dialogs_over_the_whole_grid(
    qapp: QApplication,
    tmp_path: Path,
    language: Callable[[str], None],
    size: tuple[int, int],
) -> None:
    found = dict[str, list[str]]()
    for corner in GRID:
        if corner[0] == size:
            language(corner[2])
            if faults := list(_dialog_faults(qapp, tmp_path, corner)):
                found[_called(corner)] = faults
    assert found == {}


def test_the_lint_sees_what_is_wrong(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, Settings())
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    cut, small, over = QLabel("words " * 20), QPushButton("ab"), QLabel("over")
    cut.setFixedWidth(50)
    small.setFixedSize(20, 20)
    for part in (cut, small, over):
        column.addWidget(part)
    page.show()
    qapp.processEvents()
    over.setGeometry(cut.geometry())
    said = "\n".join(lint.faults(page))
    assert "needs" in said and "is 20x" in said and "share" in said
