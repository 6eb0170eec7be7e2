"""No clipped text, no overlap, no small target: the lint over sizes, scales, languages, themes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent.events import AssistantState, Ready
from agent.memory.history import History
from agent.settings import Settings
from agent.types import Phase
from desktop import i18n, theme
from desktop.session.children import Children
from desktop.session.pictures import encode
from desktop.setup.first_minute import FirstMinute
from desktop.window.main import Window
from perception.audio.ipc.messages import Devices, Mode
from tests.desktop import lint
from tests.desktop.window_script import LABEL, Script
from tests.desktop.windowing import ask, choose_mode

# 2560x1600 at scale 2 has 1280x800 of Qt's pixels: what is laid out is the same.
SIZES = ((800, 480), (1280, 800), (2560, 1600))
SCALES = (1.0, 1.3, 1.5, 2.0)
LANGUAGES = ("en", "zh")
THEMES = ("light", "dark", "contrast")
ANSWER = (
    "It says [1].\n\n```python\nprint('a long line of code ' * 20)\n```\n\n|a|b|\n|-|-|\n|1|2|\n"
)


def _conversation(window: Window, script: Script) -> None:
    ask(window, "What does it say?")
    script.answer([ANSWER], (LABEL,))


def _why(window: Window, script: Script) -> None:
    _conversation(window, script)
    picture = QImage(640, 480, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    window.parts.inspector.show_picture(encode(picture), None)
    turn = window.session.transcript.newest
    assert turn is not None
    window.actions_.explain(turn.id)


def _notes(window: Window, script: Script) -> None:
    _conversation(window, script)
    turn = window.session.transcript.newest
    assert turn is not None
    window.actions_.edit(turn.id)
    choose_mode(window, Mode.OPEN)


def _waiting(window: Window, script: Script) -> None:
    ask(window, "How does a heat pump work, and why is it better than burning oil?")
    ask(window, "And what does it cost in a house of four people, all in all?")


def _empty(window: Window, script: Script) -> None:
    assert not len(window.session.transcript)


PAGES: dict[str, Callable[[Window, Script], None]] = {
    "empty": _empty,
    "conversation": _conversation,
    "why": _why,
    "notes": _notes,
    "waiting": _waiting,
}
GRID = list(itertools.product(SIZES, SCALES, LANGUAGES, THEMES, PAGES))
# Each value of each dimension stands in the sample; the corners that were broken once, too.
SAMPLE = [
    ((800, 480), 2.0, "en", "light", "empty"),
    ((800, 480), 1.5, "zh", "dark", "notes"),
    ((800, 480), 2.0, "en", "contrast", "why"),
    ((1280, 800), 1.0, "en", "light", "why"),
    ((1280, 800), 2.0, "zh", "light", "conversation"),
    ((1280, 800), 1.3, "en", "dark", "notes"),
    ((2560, 1600), 1.0, "zh", "contrast", "waiting"),
]


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Callable[[str], None]]:

    def install(name: str) -> None:
        i18n.install(qapp, name)

    yield install
    i18n.install(qapp, "en")


def _faults(
    qapp: QApplication,
    folder: Path,
    corner: tuple[tuple[int, int], float, str, str, str],
) -> list[str]:
    """Build a window for one corner of the grid, and walk it."""
    size, scale, language, colours, page = corner
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
        PAGES[page](window, script)
        for _ in range(8):
            qapp.processEvents()
        return lint.faults(window)
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        history.close()


@pytest.mark.parametrize("corner", SAMPLE, ids=lambda corner: "-".join(map(str, corner)))
def test_nothing_is_cut_or_covered_or_small(
    qapp: QApplication,
    tmp_path: Path,
    language: Callable[[str], None],
    corner: tuple[tuple[int, int], float, str, str, str],
) -> None:
    language(corner[2])
    assert _faults(qapp, tmp_path, corner) == []


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_the_whole_grid(
    qapp: QApplication, tmp_path: Path, language: Callable[[str], None], page: str
) -> None:
    found = dict[str, list[str]]()
    for corner in GRID:
        if corner[4] == page:
            language(corner[2])
            if faults := _faults(qapp, tmp_path, corner):
                found["-".join(map(str, corner))] = faults
    assert found == {}


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("name", LANGUAGES)
def test_the_first_minute_fits(
    qapp: QApplication,
    qtbot: QtBot,
    language: Callable[[str], None],
    name: str,
    scale: float,
) -> None:
    language(name)
    theme.apply(qapp, Settings(text_scale=scale))
    dialog = FirstMinute(aloud=False)
    qtbot.addWidget(dialog)
    dialog.show()
    for step in range(3):
        qapp.processEvents()
        assert (dialog.step, lint.faults(dialog)) == (step, [])
        dialog.next.click()


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
