"""Talking to the window by hand: keys, pictures, captions."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.commands import Interrupt, Say
from agent.events import Asked, AssistantState, Caption, Failed, Reply
from agent.memory.history import History
from agent.settings import Settings
from agent.types import Ended, Phase, new_turn
from desktop.window.main import Window
from perception.audio.ipc.messages import Flush, Level, SetMic
from perception.messages import plain
from tests.desktop.window_script import NOTHING, Script, sentence
from tests.desktop.windowing import (
    ask,
    captions_of,
    composer_of,
    draft_of,
    escape,
    newest,
    notice_of,
    picture,
    spoken,
    talk_button_of,
    texts,
    transcript_of,
)


def _key(window: Window, kind: QEvent.Type) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    QApplication.sendEvent(window.windowHandle(), QKeyEvent(kind, Qt.Key.Key_Space, control))


def test_talking_silences_the_answer_and_opens_the_microphone(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    ask(window, "Tell me everything")
    say = script.said()
    talk = talk_button_of(window)
    QTest.mousePress(talk, Qt.MouseButton.LeftButton)
    assert script.ears[-2:] == [Flush(), SetMic(True)]
    assert Interrupt(say.turn) in script.mind
    script.tell(Level(0.2, 0.5))
    qtbot.wait(400)
    QTest.mouseRelease(talk, Qt.MouseButton.LeftButton)
    assert script.ears[-1] == SetMic(False)
    talk.toggle_talk()
    escape(window)
    assert script.ears[-1] == SetMic(False, discard=True)


def test_the_hold_key_works_while_typing_and_types_nothing(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    handle = window.windowHandle()
    assert handle is not None
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyPress(handle, Qt.Key.Key_Space, control)
    assert script.ears[-1] == SetMic(True)
    qtbot.wait(400)
    QTest.keyRelease(handle, Qt.Key.Key_Space, control)
    qtbot.waitUntil(lambda: script.ears[-1] == SetMic(False))
    assert draft_of(window) == ""
    QTest.keyClick(handle, Qt.Key.Key_Space)
    assert draft_of(window) == " ", "a plain space is typed where one types"


def test_space_talks_where_nothing_is_typed(qtbot: QtBot, window: Window, script: Script) -> None:
    ask(window, "Hello")
    script.answer(["Hi."])
    window.parts.conversation.transcript.setFocus()
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyPress(handle, Qt.Key.Key_Space)
    qtbot.wait(400)
    QTest.keyRelease(handle, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: script.ears[-1] == SetMic(False))
    assert script.ears[-2:] == [SetMic(True), SetMic(False)]


def test_a_spoken_question_appears_when_it_was_understood(window: Window, script: Script) -> None:
    turn = new_turn()
    script.tell(AssistantState(Phase.HEARING, turn))
    script.tell(Asked(turn, 1, "What time is it?", None, (), None), sentence(turn, 0, "Noon."))
    assert "What time is it?" in texts(newest(window))


def test_a_spoken_turn_without_words_is_said_so(window: Window, script: Script) -> None:
    script.tell(Failed("t", plain("I heard no words.", "Speak while the button is held.")))
    script.tell(Reply("t", "", Ended.FAILED, NOTHING, {}))
    assert notice_of(window) == "I heard no words."
    assert len(transcript_of(window)) == 0


def test_captions_follow_the_voice_and_can_be_switched_off(window: Window, script: Script) -> None:
    captions = captions_of(window)
    script.tell(AssistantState(Phase.SPEAKING, "t"), Caption("t", 0, "It says **Ibuprofen**."))
    assert captions.text == "It says Ibuprofen."
    window.follow(Settings(captions=False))
    assert "Ibuprofen" not in captions.text
    script.tell(AssistantState(Phase.IDLE, ""), Caption("t", 0, ""))
    assert not captions.isVisible()


def test_a_spoken_question_takes_the_attached_pictures_along(
    window: Window, script: Script
) -> None:
    composer, shown = composer_of(window), picture()
    composer.set_draft("", [shown])
    assert script.mind == [], "who types brings them with the words"
    composer.talk.toggle_talk()
    assert script.mind[-1] == Say("", None, "", (shown,))
    composer.talk.toggle_talk()
    assert list(composer.attached) == [shown], "they stay until a turn has them"
    spoken(script, "spoken", shown)
    assert newest(window).turn.pictures == (shown,)
    assert not composer.attached
    assert script.mind[-1] == Say("", None, "", ()), "none wait any more"


def test_pictures_stay_where_no_words_were_heard(window: Window, script: Script) -> None:
    composer, shown = composer_of(window), picture()
    composer.talk.toggle_talk()
    composer.set_draft("", [shown])
    waits = Say("", None, "", (shown,))
    assert script.mind[-1] == waits, "one that is added while talking counts"
    composer.talk.toggle_talk()
    script.tell(Failed("spoken", plain("I heard no words.", "")))
    assert composer.attached == (shown,)
    assert script.mind[-1] == waits
    composer.talk.toggle_talk()
    composer.talk.discard()
    assert composer.attached == (shown,)
    assert script.mind[-1] == waits


def test_a_picture_that_comes_while_the_turn_begins_stays_for_the_next(
    window: Window, script: Script
) -> None:
    composer, first = composer_of(window), picture()
    composer.set_draft("", [first])
    composer.talk.toggle_talk()
    composer.talk.toggle_talk()
    pasted = QMimeData()
    pasted.setImageData(QImage(9, 9, QImage.Format.Format_RGB32))
    composer.text.insertFromMimeData(pasted)
    _, late = composer.attached
    assert script.mind[-1] == Say("", None, "", (first, late))
    spoken(script, "spoken", first)
    assert newest(window).turn.pictures == (first,)
    assert composer.attached == (late,)
    assert script.mind[-1] == Say("", None, "", (late,))


def test_a_typed_question_takes_pictures_that_waited_for_a_spoken_one(
    window: Window, script: Script
) -> None:
    composer, shown = composer_of(window), picture()
    composer.talk.toggle_talk()
    composer.set_draft("Or rather in writing", [shown])
    composer.talk.discard()
    composer.send()
    said = script.said()
    assert (said.text, said.pictures) == ("Or rather in writing", (shown,))
    assert script.mind[-2] == Say("", None, "", ())


def test_pictures_on_a_turn_of_another_chat_leave_the_composer_too(
    window: Window, script: Script, history: History
) -> None:
    ask(window, "Here")
    script.answer(["Yes."])
    composer, shown = composer_of(window), picture()
    composer.set_draft("", [shown])
    composer.talk.toggle_talk()
    spoken(script, "elsewhere", shown, chat=history.new_chat())
    assert transcript_of(window).get("elsewhere") is None
    assert composer.attached == ()


def test_a_repetition_that_does_not_say_so_ends_no_hold(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    talk = talk_button_of(window)
    _key(window, QEvent.Type.KeyPress)
    for _ in range(20):
        qtbot.wait(20)
        _key(window, QEvent.Type.KeyRelease)
        _key(window, QEvent.Type.KeyPress)
    assert talk.on
    assert script.ears.count(SetMic(True)) == 1
    _key(window, QEvent.Type.KeyRelease)
    qtbot.waitUntil(lambda: not talk.on)
    assert script.ears[-1] == SetMic(False)
