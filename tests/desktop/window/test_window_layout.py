"""Room in the window: folding, long chats, scrolling."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.events import Asked
from agent.memory.history import History
from desktop import theme
from desktop.conversation.text.view import TextView
from desktop.conversation.turn_view import TurnView
from desktop.window.main import Window
from tests.desktop.window_script import Script, sentence
from tests.desktop.windowing import (
    ask,
    newest,
    open_chat,
    texts,
)


def test_narrow_windows_fold_the_panels(window: Window, qtbot: QtBot) -> None:
    parts = window.parts
    assert parts.chats.isVisible() and parts.inspector.isVisible()
    window.resize(800, 480)
    qtbot.waitUntil(lambda: not parts.chats.isVisible() and not parts.inspector.isVisible())
    assert window.width() == 800
    parts.panels.show_chats(True)
    assert parts.chats.isVisible()
    parts.panels.show_side(True)
    assert parts.inspector.isVisible() and not parts.chats.isVisible()
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: parts.chats.isVisible() and parts.inspector.isVisible())


def test_lines_are_no_longer_than_the_measure(window: Window, script: Script) -> None:
    ask(window, "Hello")
    script.answer(["word " * 200])
    QApplication.processEvents()
    for view in newest(window).findChildren(TextView):
        assert view.viewport().width() <= theme.chars(72)


def test_a_history_of_5000_turns_makes_few_widgets_and_scrolls_to_its_first(
    qtbot: QtBot, window: Window, history: History
) -> None:
    chat = history.new_chat("long")
    with history._change() as db:
        db.executemany(
            "INSERT INTO turns(id, chat, asked, reply, ended, at) VALUES (?, ?, ?, ?, 'done', ?)",
            [(f"t{n}", chat, f"question {n}", f"answer {n}", n) for n in range(5000)],
        )
    open_chat(window, chat)
    transcript = window.parts.conversation.transcript
    assert len(transcript.findChildren(TurnView)) < 60
    bar = transcript.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    assert "answer 4999" in texts(newest(window))

    def first_is_shown() -> bool:
        bar.setValue(0)
        QApplication.processEvents()
        return transcript.view_of("t0") is not None

    # 5,000 turns at 4 a step is far; go there in one.
    while window.session.load_older():
        window.refresh()
    transcript.reveal("t3")
    qtbot.waitUntil(first_is_shown, timeout=10_000)
    assert len(transcript.findChildren(TurnView)) < 120
    transcript.go_down()
    assert transcript.view_of("t4999") is not None


def test_reading_older_turns_is_not_disturbed_by_a_growing_answer(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    for number in range(8):
        ask(window, f"Question {number}")
        script.answer(["A sentence of several words. " * 30])
    transcript = window.parts.conversation.transcript
    bar = transcript.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    ask(window, "And now?")
    say = script.said()
    script.tell(Asked(say.turn, window.session.chat or 0, say.text, None, (), None))
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    for index in range(20):
        script.tell(sentence(say.turn, index, "More words come in. " * 10))
        QApplication.processEvents()
    assert bar.value() == place
    transcript.go_down()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())


def test_the_wheel_scrolls_the_conversation_over_text(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    for number in range(8):
        ask(window, f"Question {number}")
        script.answer(["A sentence of several words. " * 30])
    bar = window.parts.conversation.transcript.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    text = newest(window).findChildren(TextView)[-1]
    handle = window.windowHandle()
    assert handle is not None
    place = text.mapTo(window, QPoint(5, 5)).toPointF()
    before = bar.value()
    QTest.wheelEvent(handle, place, QPoint(0, 120))
    assert bar.value() < before


def test_a_window_that_is_made_narrow_folds_its_panels(qtbot: QtBot, window: Window) -> None:
    window.resize(800, 480)
    qtbot.waitUntil(lambda: window.width() == 800)
    assert not window.parts.chats.isVisible() and not window.parts.inspector.isVisible()
