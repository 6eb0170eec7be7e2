"""“This was wrong…”: at the answer and in the reasons, kept by the mind, shown as it is kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from agent.commands import Appeal
from agent.events import Appealed, Reply
from agent.memory.appeals import AppealStore, Decided
from agent.memory.history import PRIVATE, History
from agent.types import Ended
from desktop.conversation.appeal import AppealBar, AppealForm
from desktop.window.main import Window
from safety.types import Change, Explanation
from tests.desktop.window_script import Script
from tests.desktop.windowing import (
    ask,
    button,
    newest,
    notice_of,
    open_chat,
    open_settings,
    transcript_of,
)

CHANGE = Change("I cannot help with this.", "Ask otherwise.", "", direction="in")
WHY = Explanation(CHANGE.headline, (), (), CHANGE.alternative, "", changes=(CHANGE,))
DECIDED = Decided("block", "in", "patterns", "fraud", 1.0, 0.5)


def appeals(script: Script) -> list[Appeal]:
    return [command for command in script.mind if isinstance(command, Appeal)]


def held_back(window: Window, script: Script) -> str:
    ask(window, "Who?")
    turn = script.answer(["No."]).turn
    script.tell(Reply(turn, "No.", Ended.BLOCKED, WHY, {}))
    if script.history:
        script.history.end(turn, "No.", Ended.BLOCKED, WHY)
    return turn


def bar(window: Window) -> AppealBar:
    return newest(window).findChildren(AppealBar)[0]


def form(window: Window) -> AppealForm:
    return bar(window).findChildren(AppealForm)[-1]


def shown(part: QWidget) -> bool:
    return not part.isHidden()


def test_a_decision_is_called_wrong_with_a_word_why(window: Window, script: Script) -> None:
    turn = held_back(window, script)
    bar(window).wrong.click()
    form(window).words.setText(" a recipe ")
    form(window).train.setChecked(True)
    assert form(window).words in newest(window).stops()
    form(window).keep.click()
    assert appeals(script) == [Appeal(turn, True, "a recipe", True)]
    assert shown(bar(window).wrong)  # until the mind says that it is kept
    script.tell(Appealed(turn, True))
    assert shown(bar(window).back) and not shown(bar(window).wrong)
    assert bar(window).stops() == [bar(window).back]
    bar(window).back.click()
    script.tell(Appealed(turn, False))
    assert appeals(script)[-1] == Appeal(turn, False)
    assert shown(bar(window).wrong)


def test_it_needs_no_word_and_no_mouse(window: Window, script: Script) -> None:
    turn = held_back(window, script)
    bar(window).open()
    QTest.keyClick(form(window).words, Qt.Key.Key_Escape)
    assert not appeals(script) and shown(bar(window).wrong)
    bar(window).open()
    QTest.keyClick(form(window).words, Qt.Key.Key_Return)
    assert appeals(script) == [Appeal(turn)]


def test_an_answer_without_a_decision_offers_nothing(window: Window, script: Script) -> None:
    ask(window, "Who?")
    script.answer(["Me."])
    assert bar(window).isHidden() and not bar(window).stops()
    bar(window).open()
    assert not bar(window).findChildren(AppealForm)


def test_of_a_private_chat_it_is_not_offered(window: Window, script: Script) -> None:
    open_chat(window, PRIVATE)
    ask(window, "Who?")
    script.history = None
    turn = script.answer(["No."], chat=PRIVATE).turn
    script.tell(Reply(turn, "No.", Ended.BLOCKED, WHY, {}))
    assert bar(window).isHidden()


def test_the_reasons_lead_to_it(window: Window, script: Script) -> None:
    held_back(window, script)
    button(newest(window), "Why this answer?").click()
    button(window.parts.inspector, "This was wrong…").click()
    assert form(window).words is not None
    form(window).keep.click()
    [given] = appeals(script)
    script.tell(Appealed(given.turn, True))
    with pytest.raises(AssertionError):
        button(window.parts.inspector, "This was wrong…")


def test_it_is_there_when_the_chat_is_opened_again(
    window: Window, script: Script, history: History
) -> None:
    turn = held_back(window, script)
    AppealStore(history.file).keep(turn, DECIDED, "", False)
    chat = transcript_of(window).newest
    assert chat is not None
    open_chat(window, None)
    open_chat(window, chat.chat)
    assert shown(bar(window).back)
    assert not notice_of(window)


def test_they_are_listed_in_the_settings_and_deleted_there(
    window: Window, script: Script, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANDOR_HOME", str(history.file.parent))
    turn = held_back(window, script)
    AppealStore(history.file).keep(turn, DECIDED, "it was a recipe", True)
    shown_list = open_settings(window).appeals
    shown_list.fold.heading.click()
    row = shown_list.rows[turn]
    assert "it was a recipe" in row.accessibleName()
    button(row, "Delete").click()
    assert appeals(script) == [Appeal(turn, False)]
    AppealStore(history.file).forget(turn)
    script.tell(Appealed(turn, False))
    assert not shown_list.rows
