"""Thumbs and corrections: kept only with the user's yes, and shown as they are kept."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from agent.commands import GiveFeedback
from agent.memory.feedback import FeedbackStore
from agent.memory.history import History
from desktop.conversation.answer import AnswerView
from desktop.conversation.answer_actions import AnswerActions
from desktop.conversation.correction import Correction
from desktop.window.main import Window
from tests.desktop.window_script import Script
from tests.desktop.windowing import (
    ask,
    button,
    change,
    newest,
    open_chat,
    settings_of,
    transcript_of,
)


def marks(script: Script) -> list[GiveFeedback]:
    return [command for command in script.mind if isinstance(command, GiveFeedback)]


def answered(window: Window, script: Script) -> AnswerActions:
    ask(window, "Who?")
    script.answer(["Me."])
    return newest(window).findChildren(AnswerActions)[0]


def test_the_first_mark_asks_and_no_keeps_nothing(window: Window, script: Script) -> None:
    actions = answered(window, script)
    actions.good.click()
    box = window.findChildren(QMessageBox)[-1]
    assert marks(script) == []
    button(box, "Don't save").click()
    assert marks(script) == []
    assert not actions.good.isChecked()
    assert not settings_of(window).keep_marks


def test_yes_is_remembered(window: Window, script: Script) -> None:
    actions = answered(window, script)
    actions.good.click()
    button(window.findChildren(QMessageBox)[-1], "Save").click()
    turn = script.said().turn
    assert marks(script) == [GiveFeedback(turn, True)]
    assert settings_of(window).keep_marks
    assert actions.good.isChecked()
    actions.bad.click()
    assert marks(script)[-1] == GiveFeedback(turn, False)
    assert not actions.good.isChecked()
    actions.bad.click()
    assert marks(script)[-1] == GiveFeedback(turn, None)


def test_an_answer_is_corrected_by_keyboard(qtbot: QtBot, window: Window, script: Script) -> None:
    change(window, keep_marks=True)
    actions = answered(window, script)
    button(actions, "Correct this answer").click()
    view = newest(window).findChildren(AnswerView)[0]
    correction = view.findChildren(Correction)[0]
    assert correction.text.toPlainText() == "Me."
    assert correction.text in view.stops()
    correction.text.setPlainText("You.")
    correction.keep.click()
    assert marks(script)[-1] == GiveFeedback(script.said().turn, False, "You.")
    assert actions.right.isChecked()
    assert actions.right.toolTip() == "Corrected: change it"


def test_marks_are_there_when_the_chat_is_opened_again(
    window: Window, script: Script, history: History
) -> None:
    answered(window, script)
    turn, chat = script.said().turn, window.session.chat
    FeedbackStore(history.file).keep_feedback(turn, False, "You.")
    open_chat(window, None)
    open_chat(window, chat)
    shown = transcript_of(window).get(turn)
    assert shown is not None
    assert (shown.good, shown.corrected) == (False, "You.")


@pytest.mark.usefixtures("processes")
def test_what_was_given_is_listed_and_taken_back_one_by_one(
    qtbot: QtBot,
    window: Window,
    script: Script,
    history: History,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CANDOR_HOME", str(history.file.parent))
    answered(window, script)
    kept = script.said().turn
    answered(window, script)
    corrected = script.said().turn
    answered(window, script)
    FeedbackStore(history.file).keep_feedback(kept, True, "")
    FeedbackStore(history.file).keep_feedback(corrected, False, "You.")
    window.dialogs.open_train()
    panel = window.dialogs.train
    assert panel is not None
    given = panel.examples.source.given
    given.fold.heading.click()
    assert set(given.rows) == {kept, corrected}
    assert "You." in given.rows[corrected].accessibleName()
    button(given.rows[corrected], "Take back: Who?").click()
    assert marks(script)[-1] == GiveFeedback(corrected, None)
    assert set(given.rows) == {kept}
    FeedbackStore(history.file).keep_feedback(corrected, None, "")
    given.refresh()
    assert set(given.rows) == {kept}
    panel.close_work()
    qtbot.waitUntil(lambda: not panel.task.running, timeout=20_000)
