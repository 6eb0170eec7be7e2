"""Qt without a screen, unless a test starts one; and a window with a scripted mind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from agent.memory.history import History
    from desktop.session.children import Children
    from desktop.window.main import Window
    from tests.desktop.window_script import Script


@pytest.fixture(autouse=True)
def _no_widget_outlives_its_test() -> Iterator[None]:
    """`deleteLater` waits for an event loop, and every widget that lives is dressed again."""
    from PySide6.QtCore import QCoreApplication, QEvent

    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """An empty history."""
    from agent.memory.history import History

    history = History(tmp_path / "history.db")
    yield history
    history.close()


@pytest.fixture
def script(history: History) -> Script:
    """What stands in for mind and ears."""
    from tests.desktop.window_script import Script

    return Script(history)


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, history: History, script: Script
) -> Iterator[Window]:
    """A window of 1280 by 800 with one microphone, whose mind is idle."""
    from agent.events import AssistantState
    from agent.settings import Settings
    from agent.types import Phase
    from desktop import theme
    from desktop.window.main import Window
    from perception.audio.ipc.messages import Devices

    settings = Settings(theme="light", speak_answers=True)
    theme.apply(qapp, settings)
    window = Window(
        settings,
        tmp_path / "settings.toml",
        tmp_path / "window.json",
        lambda: history,
        cast("Children", script),
    )
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    script.tell(Devices(("Built-in",), (), "Built-in", ""), AssistantState(Phase.IDLE, ""))
    yield window
    window.close()
