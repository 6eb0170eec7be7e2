"""The window stands still: panels, streaming, quiet actions; and questions that wait."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.commands import Say
from agent.events import Asked, Reply
from agent.settings import Settings
from agent.types import Ended
from desktop import theme
from desktop.conversation.answer_actions import AnswerActions
from desktop.conversation.text.view import TextView
from desktop.session.pictures import encode
from desktop.setup.first_minute import FirstMinute
from desktop.window.main import Window
from desktop.window.outside import answer_notice
from tests.desktop.window_script import NOTHING, Script, sentence
from tests.desktop.windowing import (
    ask,
    button,
    composer_of,
    draft_of,
    newest,
    notice_of,
    open_chat,
    settings_of,
    transcript_of,
)


def _left(window: Window) -> int:
    text = newest(window).findChildren(TextView)[-1]
    return text.mapTo(window, QPoint(0, 0)).x()


def _big_picture() -> bytes:
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    return encode(image)


def test_panels_that_open_and_close_do_not_move_the_text(window: Window, script: Script) -> None:
    ask(window, "Hello")
    script.answer(["Hi there. " * 40])
    QApplication.processEvents()
    text = newest(window).findChildren(TextView)[-1]
    before, width = _left(window), text.width()
    for chats, side in ((False, True), (True, False), (False, False), (True, True)):
        window.parts.panels.show_chats(chats)
        window.parts.panels.show_side(side)
        for _ in range(3):
            QApplication.processEvents()
        assert abs(_left(window) - before) <= 2, (chats, side)
        assert abs(text.width() - width) <= 2, (chats, side)


def test_a_picture_does_not_move_the_panels_edge(window: Window, script: Script) -> None:
    ask(window, "Hello")
    script.answer(["Hi."])
    panel = window.parts.inspector
    QApplication.processEvents()
    width, left = panel.width(), _left(window)
    panel.show_picture(_big_picture(), None)
    for _ in range(3):
        QApplication.processEvents()
    assert (panel.width(), _left(window)) == (width, left)


def test_reasons_have_room_beside_a_picture(window: Window, script: Script) -> None:
    ask(window, "Hello")
    script.answer(["Hi."])
    panel = window.parts.inspector
    panel.show_picture(_big_picture(), None)
    turn = transcript_of(window).newest
    assert turn is not None
    window.actions_.explain(turn.id)
    for _ in range(4):
        QApplication.processEvents()
    assert panel.why.height() >= panel.height() * 0.4
    assert panel.preview.off.isHidden()


def test_the_camera_card_is_one_row(window: Window) -> None:
    off = window.parts.inspector.preview.off
    QApplication.processEvents()
    assert off.isVisible() and off.height() <= 56


@pytest.mark.parametrize(
    ("size", "scale"), [((1280, 800), 1.0), ((800, 480), 2.0), ((2560, 1600), 1.5)]
)
def test_while_an_answer_streams_nothing_but_the_answer_moves(
    qapp: QApplication,
    window: Window,
    script: Script,
    size: tuple[int, int],
    scale: float,
) -> None:
    settings = replace(settings_of(window), text_scale=scale)
    theme.apply(qapp, settings)
    window.follow(settings)
    window.resize(*size)
    ask(window, "Hello")
    say = script.said()
    script.tell(Asked(say.turn, 1, say.text, None, (), None))
    QApplication.processEvents()
    watched = [composer_of(window), window.parts.status, window.parts.conversation.header]
    places = [widget.geometry() for widget in watched]
    left = None
    for index in range(6):
        script.tell(sentence(say.turn, index, "More words come in here. " * 8))
        QApplication.processEvents()
        left = left or _left(window)
        assert [widget.geometry() for widget in watched] == places
        assert _left(window) == left
    view = newest(window)
    for _ in range(3):
        QApplication.processEvents()
    height = view.height()
    text = "".join(item.text for item in view.turn.sentences)
    script.tell(Reply(say.turn, text, Ended.DONE, NOTHING, {}))
    for _ in range(3):
        QApplication.processEvents()
    assert abs(view.height() - height) <= 2, "room for the actions is kept from the beginning"
    assert [widget.geometry() for widget in watched] == places


def test_older_actions_are_quiet_until_pointer_or_focus_come(
    window: Window, script: Script, qtbot: QtBot
) -> None:
    for words in ("One", "Two"):
        ask(window, words)
        script.answer([f"{words}."])
    transcript = window.parts.conversation.transcript
    turns = [view for turn in transcript_of(window) if (view := transcript.view_of(turn.id))]
    rows = [view.findChildren(AnswerActions)[0] for view in turns]
    QApplication.processEvents()
    assert [any(b.hushed for b in row.buttons) for row in rows] == [True, False]
    assert all(b.isVisible() and b.isEnabled() for b in rows[0].buttons), "reachable all the same"
    qtbot.waitUntil(window.isActiveWindow)
    rows[0].buttons[1].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: not any(b.hushed for b in rows[0].buttons))
    composer_of(window).focus_text()
    qtbot.waitUntil(lambda: any(b.hushed for b in rows[0].buttons))


def test_a_question_typed_meanwhile_waits_and_is_asked_next(window: Window, script: Script) -> None:
    ask(window, "First")
    ask(window, "Second")
    asked = [say.text for say in script.mind if isinstance(say, Say)]
    assert asked == ["First"]
    assert window.parts.conversation.waiting.texts == ["Next: Second"]
    script.answer(["One."])
    asked = [say.text for say in script.mind if isinstance(say, Say)]
    assert asked == ["First", "Second"]
    assert window.parts.conversation.waiting.isHidden()


def test_a_waiting_question_can_be_taken_back(window: Window, script: Script) -> None:
    ask(window, "First")
    ask(window, "Second")
    button(window.parts.conversation.waiting, "Take back").click()
    assert draft_of(window) == "Second"
    script.answer(["One."])
    assert [say.text for say in script.mind if isinstance(say, Say)] == ["First"]


def test_a_waiting_question_belongs_to_its_chat_and_outlives_the_window(
    window: Window, script: Script, tmp_path: Path
) -> None:
    ask(window, "First")
    script.answer(["One."])
    ask(window, "Second")
    ask(window, "Third")
    chat = window.session.chat
    open_chat(window, None)
    assert window.parts.conversation.waiting.isHidden()
    open_chat(window, chat)
    assert draft_of(window) == "Third", "its answer is not shown here: it is unsent again"
    window.remember()
    assert "Third" in (tmp_path / "window.json").read_text()


@pytest.mark.parametrize(("seconds", "told"), [(0.0, False), (answer_notice.LONG_S + 1, True)])
def test_a_long_answer_is_told_where_the_window_is_not_in_front(
    window: Window,
    script: Script,
    monkeypatch: pytest.MonkeyPatch,
    seconds: float,
    told: bool,
) -> None:
    clock, called = [100.0], list[bool]()
    monkeypatch.setattr("desktop.window.outside.answer_notice.time.monotonic", lambda: clock[0])
    monkeypatch.setattr(QApplication, "alert", lambda w: called.append(True))
    monkeypatch.setattr(type(window), "isActiveWindow", lambda self: False)
    ask(window, "Hello")
    say = script.said()
    script.tell(Asked(say.turn, 1, say.text, None, (), None))
    clock[0] += seconds
    script.tell(Reply(say.turn, "Hi.", Ended.DONE, NOTHING, {}))
    assert called == [True] * told


def test_starters_fit_the_picture(window: Window, script: Script) -> None:
    empty = window.parts.conversation.empty
    names = [stop.text() for stop in empty.stops()]  # type: ignore[attr-defined]
    assert "Set a timer for 5 minutes" in names
    composer_of(window).set_draft("", [_big_picture()])
    names = [stop.text() for stop in empty.stops()]  # type: ignore[attr-defined]
    assert names == ["What do you see?", "Read the text", "What is this?", "Models…"]
    empty.stops()[1].click()  # type: ignore[attr-defined]
    assert (script.said().text, len(script.said().pictures)) == ("Read the text", 1)


def test_typed_answers_are_silent_until_it_is_wished() -> None:
    assert (Settings().speak_answers, Settings().speak_to_voice) == (False, True)


def test_the_first_minute_is_offered_once_and_is_not_in_the_way(
    window: Window, qtbot: QtBot
) -> None:
    window.welcome.offer()
    assert notice_of(window).startswith("New here?")
    button(window.parts.conversation, "Show me").click()
    dialog = window.findChild(FirstMinute)
    assert dialog is not None and dialog.isVisible() and notice_of(window) == ""
    QTest.mouseClick(dialog.skip, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    window.welcome.offer()
    assert notice_of(window) == ""


def test_the_first_minute_tests_and_asks(window: Window, script: Script, qtbot: QtBot) -> None:
    window.welcome.open_steps()
    dialog = window.findChild(FirstMinute)
    assert dialog is not None
    dialog.trial.button.click()
    assert type(script.ears[-1]).__name__ == "TryDevices"
    dialog.next.click()
    dialog.camera.click()
    assert window.actions_.camera
    dialog.next.click()
    assert not window.actions_.camera, "the camera is off again after its step"
    dialog.questions[0].click()
    assert script.said().text == "How do I boil an egg?"
