"""What the window shows of the tools: chips, what waits, what rings, what is kept."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from agent.commands import CancelDue, Undo
from agent.events import Asked, Called, Rang, Running, RunningItem, Undone
from agent.tools.store import FACT, Store
from agent.tools.types import Value
from desktop.settings.memory_page import Memory
from desktop.window.main import Window
from tests.desktop.window_script import Script, sentence
from tests.desktop.windowing import ask, button, newest

TIMER: dict[str, Value] = {"seconds": 720, "label": "roast", "ends": "14:17", "id": 3}


def _labels(view: QWidget) -> list[str]:
    return [label.text() for label in view.findChildren(QLabel)]


def _called(script: Script, window: Window, call: Called) -> None:
    ask(window, "Set a timer for 12 minutes for the roast")
    say = script.said()
    script.tell(Asked(say.turn, 1, say.text, None, (), None))
    script.tell(
        Called(say.turn, call.tool, call.arguments, call.code, call.result, call.undo),
        sentence(say.turn, 0, "Your timer is running."),
    )


def test_a_call_is_shown_and_taken_back(window: Window, script: Script) -> None:
    _called(script, window, Called("", "timer", {"minutes": 12}, "timer_set", TIMER, True))
    view = newest(window)
    assert "timer 12:00 · roast" in _labels(view)
    button(view, "Undo").click()
    turn = script.said().turn
    assert Undo(turn) in script.mind
    script.tell(Undone(turn))
    assert "taken back" in _labels(newest(window))


def test_the_clipboard_comes_only_when_it_is_asked_for(window: Window, script: Script) -> None:
    QGuiApplication.clipboard().setText("copied words")
    _called(script, window, Called("", "clipboard", {}, "clipboard_asks", {}, False))
    assert window.parts.conversation.composer.draft == ""
    button(newest(window), "Put the clipboard into my message").click()
    assert window.parts.conversation.composer.draft == "copied words"


def test_what_waits_is_shown_and_cancelled(window: Window, script: Script) -> None:
    now = time.time()
    soon = RunningItem(3, "timer", "roast", now + 600, 720, "")
    later = RunningItem(4, "reminder", "seed", now + 9 * 86400, 0, "")
    script.tell(Running((soon, later)))
    running = window.parts.conversation.running
    words = [label.text() for label in running.findChildren(QLabel)]
    assert len(words) == 1
    assert words[0].startswith("Timer · ") and words[0].endswith("· roast")
    running.buttons[0].click()
    assert CancelDue(3) in script.mind
    script.tell(Running(()))
    assert not running.isVisibleTo(window)


def test_what_rings_is_a_notice(window: Window, script: Script) -> None:
    script.tell(Rang("timer", "roast", 720, "14:17", False))
    assert window.parts.conversation.noticed == "Your 12 minute timer for the roast is done."
    script.tell(Rang("reminder", "call Ana", 0, "09:00", True))
    assert "Missed while Candor was off, at 09:00: call Ana." in window.parts.conversation.noticed


def test_what_is_kept_is_seen_changed_and_deleted(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "tools.db"
    store = Store(file)
    store.keep(FACT, "my locker is 41", 1000.0, "t")
    store.add_item("shopping", "milk", 1000.0)
    page = Memory(file)
    qtbot.addWidget(page)
    field = page.findChildren(QLineEdit)[0]
    assert field.text() == "my locker is 41"
    field.setText("my locker is 52")
    field.editingFinished.emit()
    assert [one.text for one in store.kept()] == ["my locker is 52"]
    next(b for b in page.findChildren(QToolButton) if b.toolTip() == "Remove milk").click()
    assert store.items() == []
    next(b for b in page.findChildren(QToolButton) if "locker" in b.toolTip()).click()
    assert store.kept() == []
    store.close()
