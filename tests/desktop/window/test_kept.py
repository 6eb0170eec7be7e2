"""What the window keeps by itself: drafts while they are written, and the widths of its panels."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from agent.memory.history import History
from agent.settings import Settings
from desktop.session.children import Children
from desktop.window.main import Window
from desktop.window.state import recall
from tests.desktop.window_script import Script
from tests.desktop.windowing import ask, composer_of, open_chat


def test_drafts_are_kept_while_they_are_written_one_a_chat(
    qtbot: QtBot, window: Window, script: Script, tmp_path: Path
) -> None:
    ask(window, "Hello")
    script.answer(["Hi."])
    window._drafting.setInterval(1)
    QTest.keyClicks(composer_of(window).text, "half")
    file = tmp_path / "window.json"
    qtbot.waitUntil(lambda: recall(file).drafts == {"1": "half"})
    open_chat(window, None)
    assert composer_of(window).draft == ""
    QTest.keyClicks(composer_of(window).text, "other")
    qtbot.waitUntil(lambda: recall(file).drafts == {"1": "half", "new": "other"})
    open_chat(window, 1)
    assert composer_of(window).draft == "half"


def test_dragged_widths_are_kept_over_a_restart(
    qtbot: QtBot, window: Window, history: History, script: Script, tmp_path: Path
) -> None:
    panels = window.parts.panels
    panels.moveSplitter(300, 1)
    wanted = window.parts.chats.width()
    assert abs(wanted - 300) < 5
    window.close()
    again = Window(
        Settings(),
        tmp_path / "settings.toml",
        tmp_path / "window.json",
        lambda: history,
        cast(Children, script),
    )
    qtbot.addWidget(again)
    again.resize(1280, 800)
    again.show()
    qtbot.waitUntil(lambda: abs(again.parts.chats.width() - wanted) < 5)
    assert again.parts.panels.widths[0] == wanted
