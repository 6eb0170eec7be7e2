"""What the window shows of questions and answers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from agent.commands import Apply, Interrupt, SayAgain
from agent.events import Asked, Failed, Reply
from agent.types import Ended
from desktop.conversation.text.code_view import CodeView
from desktop.conversation.text.view import TextView
from desktop.window.main import Window
from perception.audio.ipc.messages import Flush
from perception.messages import plain
from safety.types import Action
from tests.desktop.window_script import (
    LABEL,
    NOTHING,
    Script,
    sentence,
)
from tests.desktop.windowing import (
    ask,
    button,
    draft_of,
    escape,
    newest,
    notice_of,
    settings_of,
    texts,
    transcript_of,
)


def test_a_question_is_shown_at_once_and_its_answer_streams(window: Window, script: Script) -> None:
    ask(window, "What does it say?")
    assert "What does it say?" in texts(newest(window))
    script.answer(["It says **Ibuprofen** [1]. ", "Nothing else."], (LABEL,))
    view = newest(window)
    assert "It says Ibuprofen [1]. Nothing else." in texts(view)
    assert button(view, "[1] “Ibuprofen 400 mg”").isVisibleTo(view)
    assert window.parts.chats.titles() == ["What does it say?"]
    assert window.windowTitle().startswith("What does it say?")


def test_finished_pieces_are_never_drawn_again(window: Window, script: Script) -> None:
    ask(window, "Tell me a lot")
    say = script.said()
    script.tell(Asked(say.turn, 1, say.text, None, (), None))
    paragraph = "A sentence of several words. " * 12 + "\n\n"
    for index in range(30):
        script.tell(sentence(say.turn, index, paragraph))
    views = newest(window).findChildren(TextView)
    first = next(view for view in views if view.accessibleName() == "Candor answered")
    changes = list[object]()
    first.document().contentsChanged.connect(lambda: changes.append(1))
    for index in range(30, 40):
        script.tell(sentence(say.turn, index, paragraph))
    assert changes == []


def test_code_has_its_own_block_that_copies(qtbot: QtBot, window: Window, script: Script) -> None:
    ask(window, "Code")
    script.answer(["Here:\n\n", "```python\n", "x = 1\n", "```\n", "Done."])
    view = newest(window)
    code = view.findChildren(CodeView)
    assert len(code) == 1
    QTest.mouseClick(button(code[0], "Copy code"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "x = 1"
    QTest.mouseClick(button(view, "Copy this answer"), Qt.MouseButton.LeftButton)
    assert "```python" in QGuiApplication.clipboard().text()


def test_markup_and_pictures_in_an_answer_load_nothing(
    window: Window, script: Script, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.png"
    QImage(8, 8, QImage.Format.Format_RGB32).save(str(secret))
    ask(window, "Show")
    script.answer([f"<b>bold</b> ![x]({secret.as_uri()}) <img src='{secret.as_uri()}'>"])
    view = newest(window)
    assert "<b>bold</b>" in texts(view)
    for text in view.findChildren(TextView):
        image = text.loadResource(2, secret.as_uri())
        assert isinstance(image, QImage)
        assert image.size().width() == 1


def test_stop_is_immediate_and_shows_where_it_stopped(window: Window, script: Script) -> None:
    ask(window, "Tell me everything")
    say = script.said()
    script.tell(Asked(say.turn, 1, say.text, None, (), None))
    script.tell(sentence(say.turn, 0, "First. "), sentence(say.turn, 1, "Second."))
    escape(window)
    assert script.mind[-1] == Interrupt(say.turn)
    assert Flush() in script.ears
    script.tell(Reply(say.turn, "First. ", Ended.INTERRUPTED, NOTHING, {}))
    assert "Second" not in texts(newest(window))
    assert button(newest(window), "Try again")


def test_a_changed_sentence_is_said_so_with_a_next_step(window: Window, script: Script) -> None:
    ask(window, "My number?")
    say = script.said()
    script.tell(Asked(say.turn, 1, say.text, None, (), None))
    headline = "A phone number was taken out."
    script.tell(sentence(say.turn, 0, "It is [phone].", Action.REDACT, headline))
    script.tell(Reply(say.turn, "It is [phone].", Ended.DONE, NOTHING, {}))
    view = newest(window)
    assert any(headline in w.accessibleName() for w in view.findChildren(QWidget))
    assert button(view, "What was changed?")


def test_a_failed_turn_says_what_to_do_and_can_be_tried_again(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    ask(window, "Hello")
    lost = script.said()
    script.tell(Failed(lost.turn, plain("The model file is damaged.", "Run candor models verify.")))
    script.tell(Reply(lost.turn, "", Ended.FAILED, NOTHING, {}))
    QTest.mouseClick(button(newest(window), "Try again"), Qt.MouseButton.LeftButton)
    again = script.said()
    assert (again.text, again.replaces) == ("Hello", None)
    assert again.turn != lost.turn
    assert len(transcript_of(window)) == 1


def test_regenerate_edit_and_say_again(qtbot: QtBot, window: Window, script: Script) -> None:
    ask(window, "One")
    first = script.answer(["Answer one."])
    view = newest(window)
    QTest.mouseClick(button(view, "Say again"), Qt.MouseButton.LeftButton)
    assert script.mind[-1] == SayAgain(first.turn)
    QTest.mouseClick(button(view, "Regenerate"), Qt.MouseButton.LeftButton)
    second = script.said()
    assert (second.text, second.replaces) == ("One", first.turn)
    script.answer(["Answer two."])
    QTest.mouseClick(button(newest(window), "Edit this question"), Qt.MouseButton.LeftButton)
    assert draft_of(window) == "One"
    ask(window, "One, but better")
    assert script.said().replaces == second.turn
    script.answer(["Answer three."])
    assert [turn.asked for turn in transcript_of(window)] == ["One, but better"]


def test_escape_leaves_the_old_question_alone(window: Window, script: Script) -> None:
    ask(window, "One")
    first = script.answer(["Answer."])
    window.actions_.edit(first.turn)
    escape(window)
    assert window.session.editing is None
    assert draft_of(window) == ""
    ask(window, "Two")
    assert script.said().replaces is None


def test_links_ask_before_anything_opens_and_files_never_do(window: Window, script: Script) -> None:
    ask(window, "Link")
    script.answer(["[here](file:///etc/passwd)"])
    view = [v for v in newest(window).findChildren(TextView) if "here" in v.toPlainText()][-1]
    view.followed.emit("file:///etc/passwd")
    assert "not opened" in notice_of(window)


def test_an_answer_is_said_slower_faster_and_spelled(window: Window, script: Script) -> None:
    ask(window, "Who?")
    turn = script.answer(["It was written by Siobhan."]).turn
    ways = button(newest(window), "Say it in another way").menu()
    ways.aboutToShow.emit()
    slower, faster, spell = ways.actions()
    slower.trigger()
    assert script.mind[-2:] == [Apply(), SayAgain(turn)]
    assert settings_of(window).speech_rate == 0.8
    faster.trigger()
    assert settings_of(window).speech_rate == 1.0
    assert spell.text() == "Spell “Siobhan”"
    spell.trigger()
    assert script.mind[-1] == SayAgain(turn, "Siobhan: S, I, O, B, H, A, N.")
