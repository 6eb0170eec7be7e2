"""The window for keyboard and screen reader."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton
from pytestqt.qtbot import QtBot

from agent.events import Learned
from desktop.window.main import Window
from perception.audio.ipc.messages import Trouble
from perception.messages import plain
from tests.desktop.window_script import LABEL, Script
from tests.desktop.windowing import (
    ask,
    composer_of,
)


def test_every_control_has_a_name_a_role_and_a_target_of_24_pixels(
    window: Window, script: Script
) -> None:
    ask(window, "What does it say?")
    script.answer(["It says [1].\n\n```\ncode\n```\n"], (LABEL,))
    script.tell(Trouble(plain("The microphone is gone.", "Plug it in.")))
    QApplication.processEvents()
    for button in window.findChildren(QAbstractButton):
        if not button.isVisible():
            continue
        face = QAccessible.queryAccessibleInterface(button)
        name = face.text(QAccessible.Text.Name)
        assert name, f"{button} has no name"
        assert face.role() != QAccessible.Role.NoRole
        if button.metaObject().className() != "QToolButton" or button.property("kind"):
            assert min(button.width(), button.height()) >= 24, name


def test_tab_reaches_the_whole_window_and_comes_back(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    ask(window, "Hello")
    script.answer(["Hi."])
    qtbot.waitUntil(window.isActiveWindow)
    QApplication.processEvents()
    composer_of(window).focus_text()
    seen = set[str]()
    for _ in range(80):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.add(focus.accessibleName() or cast(QPushButton, focus).text())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is composer_of(window).text:
            break
    else:
        pytest.fail("Tab never came back to the question")
    wanted = {"Your question", "New chat", "Search all chats", "Chats", "Talk"}
    assert any(name.startswith("Why this answer?") for name in seen)
    assert wanted <= seen, wanted - seen


def test_tab_reaches_the_buttons_of_a_message(qtbot: QtBot, window: Window, script: Script) -> None:
    script.tell(Learned("1", "Siobhan", "Shivon"))
    QApplication.processEvents()
    stops = window.parts.conversation.stops()
    names = [stop.accessibleName() or cast(QPushButton, stop).text() for stop in stops]
    undo, close = names.index("Undo"), names.index("Close this message")
    assert undo < close < names.index("Your question")
    assert stops[close].nextInFocusChain() is stops[close + 1]
    window.parts.conversation.clear_notice()
    assert stops[undo] not in window.parts.conversation.stops()
