"""Every story is done by keyboard alone, with few keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.events import Asked, AssistantState
from agent.types import Phase
from desktop.window.main import Window
from tests.desktop.keyboard_stories import ANSWERS, STORIES, Story
from tests.desktop.window_script import Script, sentence
from tests.desktop.windowing import ask, composer_of

_MOST = 8


def _press(qtbot: QtBot, key: str) -> None:
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    focus = QApplication.focusWidget()
    assert focus is not None
    if key.startswith("“"):
        QTest.keyClicks(focus, key.strip("“”"))
    else:
        QTest.keySequence(focus, QKeySequence(key))
    QApplication.processEvents()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_by_keyboard_alone(qtbot: QtBot, window: Window, script: Script, story: Story) -> None:
    for words, answer in zip(("One?", "Two?"), ANSWERS, strict=True):
        ask(window, words)
        script.answer([answer])
    if story.writing:
        ask(window, "Three?")
        say = script.said()
        script.tell(Asked(say.turn, window.session.chat or 0, say.text, None, (), None))
        script.tell(sentence(say.turn, 0, "It begins."), AssistantState(Phase.SPEAKING, say.turn))
    qtbot.waitUntil(window.isActiveWindow)
    composer_of(window).text.setFocus(Qt.FocusReason.OtherFocusReason)
    QApplication.processEvents()
    assert not story.done(window, script)
    for key in story.keys:
        _press(qtbot, key)
    qtbot.waitUntil(lambda: story.done(window, script))
    assert story.count <= _MOST
