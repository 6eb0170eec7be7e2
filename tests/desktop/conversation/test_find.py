"""Find in page: counted, marked, gone through, and taken away again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit
from pytestqt.qtbot import QtBot

from agent.memory.history import History
from desktop.conversation.find.shown_text import matches_in
from desktop.session.chat import ShownTurn
from desktop.session.matches import phrase
from desktop.window.main import Window
from tests.desktop.window_script import Script
from tests.desktop.windowing import ask, open_chat, press

MIXED = (
    "The **heat** pump moves heat.\n\n- a heat pump\n- [heat](https://a.example)\n\n"
    "```python\nheat = 1  # heat pump\n```\n\n| heat | cold |\n|---|---|\n| 1 | heat |\n"
)


def _marked(window: Window) -> list[str]:
    found = list[str]()
    for view in window.parts.conversation.transcript.views:
        for text in view.findChildren(QTextEdit) + view.findChildren(QPlainTextEdit):
            found += [each.cursor.selectedText() for each in text.extraSelections()]
    return found


def _find(qtbot: QtBot, window: Window, typed: str) -> str:
    press(window, "find")
    bar = window.search.bar
    assert bar.isVisible() and bar.field.hasFocus()
    bar.field.clear()
    QTest.keyClicks(bar.field, typed)
    qtbot.waitUntil(lambda: window.search.ready, timeout=20_000)
    return bar.counted


@pytest.mark.parametrize(("typed", "count"), [("heat", 8), ("heat pump", 3), ("HEAT PUMP", 3)])
def test_what_is_counted_is_what_is_marked(
    qtbot: QtBot, window: Window, script: Script, typed: str, count: int
) -> None:
    ask(window, "What?")
    script.answer([MIXED])
    assert _find(qtbot, window, typed).endswith(f"of {count}")
    qtbot.waitUntil(lambda: len(_marked(window)) == count)
    assert {word.replace("\u2029", " ").casefold() for word in _marked(window)} == {
        typed.casefold()
    }


def test_next_and_previous_go_round_and_escape_closes(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    for words in ("one egg", "two eggs"):
        ask(window, words)
        script.answer(["An egg 🥚 and another egg."], chat=1)
    heard = list[str]()
    window.announced.connect(heard.append)
    assert _find(qtbot, window, "egg").endswith("of 6")
    bar = window.search.bar
    first = bar.counted
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.counted != first and heard[-1] == bar.counted
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.counted == first
    for _ in range(6):
        press(window, "find_next")
    assert bar.counted == first
    press(window, "find_previous")
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.isHidden() and _marked(window) == []
    focus = QApplication.focusWidget()
    assert focus is not None and window.parts.conversation.transcript.isAncestorOf(focus)


def test_nothing_found_is_said(qtbot: QtBot, window: Window, script: Script) -> None:
    ask(window, "one")
    script.answer(["two"])
    heard = list[str]()
    window.announced.connect(heard.append)
    assert _find(qtbot, window, "zebra") == "Not found"
    assert heard[-1] == "Not found" and not window.search.bar.next.isEnabled()


def test_a_match_far_above_is_brought_into_sight(
    qtbot: QtBot, window: Window, history: History
) -> None:
    chat = history.new_chat("long")
    with history._change() as db:
        db.executemany(
            "INSERT INTO turns(id, chat, asked, reply, ended, at) VALUES (?, ?, ?, ?, 'done', ?)",
            [(f"t{n}", chat, f"question {n}", f"answer {n} " * 9, n) for n in range(800)],
        )
    open_chat(window, chat)
    assert _find(qtbot, window, "question 7").endswith("of 111")
    press(window, "find_next")
    transcript = window.parts.conversation.transcript
    window.search.search("question 77")
    qtbot.waitUntil(lambda: window.search.ready, timeout=20_000)
    qtbot.waitUntil(lambda: any(word == "question 77" for word in _marked(window)))
    assert window.search.bar.counted.endswith("of 11")
    assert transcript.top_turn


def test_another_chat_closes_the_search(qtbot: QtBot, window: Window, script: Script) -> None:
    ask(window, "one")
    script.answer(["two"])
    _find(qtbot, window, "two")
    open_chat(window, None)
    assert window.search.bar.isHidden()


def test_words_are_counted_over_markup() -> None:
    pattern = phrase("heat pump")
    assert pattern is not None
    turn = ShownTurn("1", 1, "a heat\npump", reply="**heat** pump", ended=None)
    assert matches_in(turn, "heat pump", pattern) == 1
