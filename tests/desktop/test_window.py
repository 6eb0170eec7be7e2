"""The window against a scripted mind: what it shows, and what it asks of its children."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from agent import settings as user_settings
from agent.history import History
from agent.settings import Settings
from agent.types import (
    Apply,
    Asked,
    Attach,
    Caption,
    Ended,
    Failed,
    Interrupt,
    OpenChat,
    Phase,
    Preview,
    Ready,
    Reply,
    SayAgain,
    SetCamera,
    State,
    new_turn,
)
from desktop import theme
from desktop.children import Children, GaveUp, Restarting, Stalled
from desktop.pictures import encode
from desktop.textview import CodeView, TextView
from desktop.turnview import TurnView
from desktop.window import Window
from perception.audio.messages import Devices, Flush, Level, SetMic, Trouble
from perception.types import Heard
from safety.types import Action
from tests.desktop.window_script import LABEL, NOTHING, Script, sentence


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    history = History(tmp_path / "history.db")
    yield history
    history.close()


@pytest.fixture
def script(history: History) -> Script:
    return Script(history)


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, history: History, script: Script
) -> Iterator[Window]:
    settings = Settings(theme="light", speak_answers=True)
    theme.apply(qapp, settings)
    window = Window(
        settings,
        tmp_path / "settings.toml",
        tmp_path / "window.json",
        lambda: history,
        cast(Children, script),
    )
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    script.tell(Devices(("Built-in",), (), "Built-in", ""), State(Phase.IDLE, "", ""))
    yield window
    window.close()


def _ask(window: Window, text: str) -> None:
    window.parts.middle.composer.set_draft(text)
    window.parts.middle.composer.send()


def _texts(widget: QWidget) -> str:
    return "\n".join(view.toPlainText() for view in widget.findChildren(TextView))


def _button(widget: QWidget, name: str) -> QPushButton:
    found = [b for b in widget.findChildren(QPushButton) if name in (b.accessibleName(), b.text())]
    assert found, f"no button {name}"
    return found[-1]


def _newest(window: Window) -> TurnView:
    newest = window.session.transcript.newest
    assert newest is not None
    view = window.parts.middle.transcript.view_of(newest.id)
    assert view is not None
    return view


def test_a_question_is_shown_at_once_and_its_answer_streams(window: Window, script: Script) -> None:
    _ask(window, "What does it say?")
    assert "What does it say?" in _texts(_newest(window))
    script.answer(["It says **Ibuprofen** [1]. ", "Nothing else."], (LABEL,))
    view = _newest(window)
    assert "It says Ibuprofen [1]. Nothing else." in _texts(view)
    assert _button(view, "[1] text in view").isVisibleTo(view)
    assert window.parts.chats.titles() == ["What does it say?"]
    assert window.windowTitle().startswith("What does it say?")


def test_finished_pieces_are_never_drawn_again(window: Window, script: Script) -> None:
    _ask(window, "Tell me a lot")
    say = script.said()
    script.tell(Asked(say.turn, 1, say.text, None, (), None))
    paragraph = "A sentence of several words. " * 12 + "\n\n"
    for index in range(30):
        script.tell(sentence(say.turn, index, paragraph))
    views = _newest(window).findChildren(TextView)
    first = next(view for view in views if view.accessibleName() == "Candor answered")
    changes = list[object]()
    first.document().contentsChanged.connect(lambda: changes.append(1))
    for index in range(30, 40):
        script.tell(sentence(say.turn, index, paragraph))
    assert changes == []


def test_code_has_its_own_block_that_copies(qtbot: QtBot, window: Window, script: Script) -> None:
    _ask(window, "Code")
    script.answer(["Here:\n\n", "```python\n", "x = 1\n", "```\n", "Done."])
    view = _newest(window)
    code = view.findChildren(CodeView)
    assert len(code) == 1
    QTest.mouseClick(_button(code[0], "Copy code"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "x = 1"
    QTest.mouseClick(_button(view, "Copy this answer"), Qt.MouseButton.LeftButton)
    assert "```python" in QGuiApplication.clipboard().text()


def test_markup_and_pictures_in_an_answer_load_nothing(
    window: Window, script: Script, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.png"
    QImage(8, 8, QImage.Format.Format_RGB32).save(str(secret))
    _ask(window, "Show")
    script.answer([f"<b>bold</b> ![x]({secret.as_uri()}) <img src='{secret.as_uri()}'>"])
    view = _newest(window)
    assert "<b>bold</b>" in _texts(view)
    for text in view.findChildren(TextView):
        assert text.loadResource(2, secret.as_uri()) is None


def test_stop_is_immediate_and_shows_where_it_stopped(window: Window, script: Script) -> None:
    _ask(window, "Tell me everything")
    say = script.said()
    script.tell(Asked(say.turn, 1, say.text, None, (), None))
    script.tell(sentence(say.turn, 0, "First. "), sentence(say.turn, 1, "Second."))
    window.actions_.escape()
    assert script.mind[-1] == Interrupt(say.turn)
    assert Flush() in script.ears
    script.tell(Reply(say.turn, "First. ", Ended.INTERRUPTED, NOTHING, {}))
    assert "Second" not in _texts(_newest(window))
    assert _button(_newest(window), "Try again")


def test_a_changed_sentence_is_said_so_with_a_next_step(window: Window, script: Script) -> None:
    _ask(window, "My number?")
    say = script.said()
    script.tell(Asked(say.turn, 1, say.text, None, (), None))
    headline = "A phone number was taken out."
    script.tell(sentence(say.turn, 0, "It is [phone].", Action.REDACT, headline))
    script.tell(Reply(say.turn, "It is [phone].", Ended.DONE, NOTHING, {}))
    view = _newest(window)
    assert any(headline in w.accessibleName() for w in view.findChildren(QWidget))
    assert _button(view, "What was changed?")


def test_a_failed_turn_says_what_to_do_and_can_be_tried_again(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    _ask(window, "Hello")
    lost = script.said()
    script.tell(Failed(lost.turn, "The model file is damaged.", "Run candor models verify."))
    script.tell(Reply(lost.turn, "", Ended.FAILED, NOTHING, {}))
    QTest.mouseClick(_button(_newest(window), "Try again"), Qt.MouseButton.LeftButton)
    again = script.said()
    assert (again.text, again.replaces) == ("Hello", None)
    assert again.turn != lost.turn
    assert len(window.session.transcript) == 1


def test_regenerate_edit_and_say_again(qtbot: QtBot, window: Window, script: Script) -> None:
    _ask(window, "One")
    first = script.answer(["Answer one."])
    view = _newest(window)
    QTest.mouseClick(_button(view, "Say again"), Qt.MouseButton.LeftButton)
    assert script.mind[-1] == SayAgain(first.turn)
    QTest.mouseClick(_button(view, "Regenerate"), Qt.MouseButton.LeftButton)
    second = script.said()
    assert (second.text, second.replaces) == ("One", first.turn)
    script.answer(["Answer two."])
    QTest.mouseClick(_button(_newest(window), "Edit this question"), Qt.MouseButton.LeftButton)
    assert window.parts.middle.composer.draft == "One"
    _ask(window, "One, but better")
    assert script.said().replaces == second.turn
    script.answer(["Answer three."])
    assert [turn.asked for turn in window.session.transcript] == ["One, but better"]


def test_escape_leaves_the_old_question_alone(window: Window, script: Script) -> None:
    _ask(window, "One")
    first = script.answer(["Answer."])
    window.actions_.edit(first.turn)
    window.actions_.escape()
    assert window.session.editing is None
    assert window.parts.middle.composer.draft == ""
    _ask(window, "Two")
    assert script.said().replaces is None


def test_talking_silences_the_answer_and_opens_the_microphone(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    _ask(window, "Tell me everything")
    say = script.said()
    talk = window.parts.middle.composer.talk
    QTest.mousePress(talk, Qt.MouseButton.LeftButton)
    assert script.ears[-2:] == [Flush(), SetMic(True)]
    assert Interrupt(say.turn) in script.mind
    script.tell(Level(0.2, 0.5))
    qtbot.wait(400)
    QTest.mouseRelease(talk, Qt.MouseButton.LeftButton)
    assert script.ears[-1] == SetMic(False)
    talk.toggle_talk()
    window.actions_.escape()
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
    assert window.parts.middle.composer.draft == ""
    QTest.keyClick(handle, Qt.Key.Key_Space)
    assert window.parts.middle.composer.draft == " ", "a plain space is typed where one types"


def test_space_talks_where_nothing_is_typed(qtbot: QtBot, window: Window, script: Script) -> None:
    _ask(window, "Hello")
    script.answer(["Hi."])
    window.parts.middle.transcript.setFocus()
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyPress(handle, Qt.Key.Key_Space)
    qtbot.wait(400)
    QTest.keyRelease(handle, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: script.ears[-1] == SetMic(False))
    assert script.ears[-2:] == [SetMic(True), SetMic(False)]


def test_a_spoken_question_appears_when_it_was_understood(window: Window, script: Script) -> None:
    turn = new_turn()
    script.tell(State(Phase.HEARING, turn, ""))
    script.tell(Asked(turn, 1, "What time is it?", None, (), None), sentence(turn, 0, "Noon."))
    assert "What time is it?" in _texts(_newest(window))


def test_a_spoken_turn_without_words_is_said_so(window: Window, script: Script) -> None:
    script.tell(Failed("t", "I heard no words.", "Speak while the button is held."))
    script.tell(Reply("t", "", Ended.FAILED, NOTHING, {}))
    assert window.parts.middle.noticed == "I heard no words."
    assert len(window.session.transcript) == 0


def test_captions_follow_the_voice_and_can_be_switched_off(window: Window, script: Script) -> None:
    captions = window.parts.middle.captions
    script.tell(State(Phase.SPEAKING, "t", ""), Caption("t", 0, "It says **Ibuprofen**."))
    assert captions.text == "It says Ibuprofen."
    window.follow(Settings(captions=False))
    assert "Ibuprofen" not in captions.text
    script.tell(State(Phase.IDLE, "", ""), Caption("t", 0, ""))
    assert not captions.isVisible()


def test_status_says_where_with_what_and_why(window: Window, script: Script) -> None:
    script.tell(State(Phase.LOADING, "", "Loading the dialogue model"))
    assert "Loading the dialogue model" in window.parts.status.text
    script.tell(Ready("Qwen2.5 1.5B", "CPU (2 threads)", "It fits."), State(Phase.IDLE, "", ""))
    assert window.parts.status.text == (
        "On this machine · Qwen2.5 1.5B on CPU (2 threads) · offline"
    )
    window.follow(Settings(dialogue_engine="remote", dialogue_server="http://box:8000"))
    assert "offline" not in window.parts.status.text
    assert "http://box:8000" in window.parts.status.text


def test_camera_on_and_off(window: Window, script: Script) -> None:
    window.parts.middle.composer.camera.click()
    assert script.mind[-1] == SetCamera("camera:0")
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    script.tell(Preview(encode(image), None))
    window.parts.middle.composer.camera.click()
    assert script.mind[-1] == SetCamera("")


def test_children_in_trouble_are_said_with_what_can_be_done(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    script.tell(Stalled("t"))
    QTest.mouseClick(_button(window, "Start it again"), Qt.MouseButton.LeftButton)
    assert script.revived == ["mind"]
    script.tell(Restarting("mind"))
    assert "Starting again" in window.parts.status.text
    script.tell(GaveUp("mind", "/logs/mind.log"))
    assert "again and again" in window.parts.middle.noticed
    script.tell(Trouble("The microphone is gone.", "Plug it in."))
    assert window.parts.middle.noticed == "The microphone is gone."


def test_settings_are_saved_and_the_mind_is_told(
    window: Window, script: Script, tmp_path: Path
) -> None:
    window.actions_.read_aloud(False)
    assert script.mind[-1] == Apply()
    assert user_settings.load(tmp_path / "settings.toml").speak_answers is False
    window.parts.chats.profile.chosen.emit("health")
    assert user_settings.load(tmp_path / "settings.toml").profile == "health"


def test_chats_are_found_opened_renamed_deleted_and_brought_back(
    qtbot: QtBot, window: Window, script: Script, history: History
) -> None:
    for words in ("Which egg?", "Which label?"):
        window.actions_.open_chat(None)
        _ask(window, words)
        script.answer(["This one."])
    chats = window.parts.chats
    assert chats.titles() == ["Which label?", "Which egg?"]
    chats.search.setText("egg")
    qtbot.waitUntil(lambda: chats.titles() == ["Which egg?"])
    chats.search.clear()
    qtbot.waitUntil(lambda: len(chats.titles()) == 2)
    egg = next(chat for chat in history.chats() if "egg" in chat.title)
    window.actions_.open_chat(egg.id)
    assert script.mind[-1] == OpenChat(egg.id)
    assert "Which egg?" in _texts(_newest(window))
    history.rename(egg.id, "Eggs")
    chats.reload()
    assert "Eggs" in chats.titles()
    chats.delete()
    assert chats.titles() == ["Which label?"]
    assert len(window.session.transcript) == 0
    chats.undo()
    assert "Eggs" in chats.titles()
    assert window.session.chat == egg.id


def test_a_title_is_edited_in_place(qtbot: QtBot, window: Window, script: Script) -> None:
    _ask(window, "Hello")
    script.answer(["Hi."])
    chats = window.parts.chats
    item = chats.list.currentIndex()
    chats.list.model().setData(item, "Greetings")
    qtbot.waitUntil(lambda: chats.titles() == ["Greetings"])
    assert script.history is not None
    assert script.history.chats()[0].title == "Greetings"


def test_unsent_words_and_panels_are_remembered(
    window: Window, history: History, tmp_path: Path, script: Script, qtbot: QtBot
) -> None:
    window.parts.middle.composer.set_draft("half a question")
    window.parts.panels.show_side(False)
    window.close()
    again = Window(
        Settings(),
        tmp_path / "settings.toml",
        tmp_path / "window.json",
        lambda: history,
        cast(Children, script),
    )
    qtbot.addWidget(again)
    assert again.parts.middle.composer.draft == "half a question"
    assert again.parts.panels.wanted == (True, False)


def test_a_damaged_memory_costs_only_comfort(
    history: History, tmp_path: Path, script: Script, qtbot: QtBot
) -> None:
    (tmp_path / "window.json").write_text("{broken")
    window = Window(
        Settings(),
        tmp_path / "settings.toml",
        tmp_path / "window.json",
        lambda: history,
        cast(Children, script),
    )
    qtbot.addWidget(window)
    assert window.parts.middle.composer.draft == ""


def test_narrow_windows_fold_the_panels(window: Window, qtbot: QtBot) -> None:
    parts = window.parts
    assert parts.chats.isVisible() and parts.side.isVisible()
    window.resize(800, 480)
    qtbot.waitUntil(lambda: not parts.chats.isVisible() and not parts.side.isVisible())
    assert window.width() == 800
    parts.panels.show_chats(True)
    assert parts.chats.isVisible()
    parts.panels.show_side(True)
    assert parts.side.isVisible() and not parts.chats.isVisible()
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: parts.chats.isVisible() and parts.side.isVisible())


def test_lines_are_no_longer_than_the_measure(window: Window, script: Script) -> None:
    _ask(window, "Hello")
    script.answer(["word " * 200])
    QApplication.processEvents()
    for view in _newest(window).findChildren(TextView):
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
    window.actions_.open_chat(chat)
    transcript = window.parts.middle.transcript
    assert len(transcript.findChildren(TurnView)) < 60
    bar = transcript.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    assert "answer 4999" in _texts(_newest(window))

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
        _ask(window, f"Question {number}")
        script.answer(["A sentence of several words. " * 30])
    transcript = window.parts.middle.transcript
    bar = transcript.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    _ask(window, "And now?")
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
        _ask(window, f"Question {number}")
        script.answer(["A sentence of several words. " * 30])
    bar = window.parts.middle.transcript.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    text = _newest(window).findChildren(TextView)[-1]
    handle = window.windowHandle()
    assert handle is not None
    place = text.mapTo(window, QPoint(5, 5)).toPointF()
    before = bar.value()
    QTest.wheelEvent(handle, place, QPoint(0, 120))
    assert bar.value() < before


def test_every_control_has_a_name_a_role_and_a_target_of_24_pixels(
    window: Window, script: Script
) -> None:
    _ask(window, "What does it say?")
    script.answer(["It says [1].\n\n```\ncode\n```\n"], (LABEL,))
    script.tell(Trouble("The microphone is gone.", "Plug it in."))
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
    _ask(window, "Hello")
    script.answer(["Hi."])
    qtbot.waitUntil(window.isActiveWindow)
    QApplication.processEvents()
    window.parts.middle.composer.focus_text()
    seen = set[str]()
    for _ in range(80):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.add(focus.accessibleName() or cast(QPushButton, focus).text())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is window.parts.middle.composer.text:
            break
    else:
        pytest.fail("Tab never came back to the question")
    wanted = {"Your question", "New chat", "Search all chats", "Chats", "Copy this answer", "Talk"}
    assert wanted <= seen, wanted - seen


def test_links_ask_before_anything_opens_and_files_never_do(window: Window, script: Script) -> None:
    _ask(window, "Link")
    script.answer(["[here](file:///etc/passwd)"])
    view = [v for v in _newest(window).findChildren(TextView) if "here" in v.toPlainText()][-1]
    view.followed.emit("file:///etc/passwd")
    assert "not opened" in window.parts.middle.noticed


def test_closing_is_told_once_and_leaks_no_turns(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    _ask(window, "Hello")
    script.answer(["Hi."])
    for _ in range(20):
        window.actions_.open_chat(None)
        window.actions_.open_chat(1)
    QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
    QApplication.processEvents()
    gc.collect()
    assert len(window.findChildren(TurnView)) == 1
    with qtbot.waitSignal(window.closing):
        window.close()


def _picture() -> bytes:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    return encode(image)


def test_a_spoken_question_takes_the_attached_pictures_along(
    window: Window, script: Script
) -> None:
    composer, shown = window.parts.middle.composer, _picture()
    composer.set_draft("", [shown])
    composer.talk.toggle_talk()
    assert script.mind[-1] == Attach((shown,))
    composer.talk.toggle_talk()
    assert composer.attached == ()
    heard = Heard("What is this?", "en", 0.9, (), True)
    script.tell(Asked("spoken", 1, heard.text, heard, (), None))
    assert _newest(window).turn.pictures == (shown,)
    composer.talk.toggle_talk()
    assert script.mind[-1] == Attach(())


def test_pictures_come_back_where_no_words_were_heard(window: Window, script: Script) -> None:
    composer, shown = window.parts.middle.composer, _picture()
    composer.talk.toggle_talk()
    composer.set_draft("", [shown])
    assert script.mind[-1] == Attach((shown,)), "one that is added while talking counts"
    composer.talk.toggle_talk()
    script.tell(Failed("spoken", "I heard no words.", ""))
    assert composer.attached == (shown,)
    composer.talk.toggle_talk()
    composer.talk.discard()
    assert composer.attached == (shown,)
    assert script.mind[-1] == Attach(())


def _key(window: Window, kind: QEvent.Type) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    QApplication.sendEvent(window.windowHandle(), QKeyEvent(kind, Qt.Key.Key_Space, control))


def test_a_repetition_that_does_not_say_so_ends_no_hold(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    talk = window.parts.middle.composer.talk
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


def test_a_window_that_is_made_narrow_folds_its_panels(qtbot: QtBot, window: Window) -> None:
    window.resize(800, 480)
    qtbot.waitUntil(lambda: window.width() == 800)
    assert not window.parts.chats.isVisible() and not window.parts.side.isVisible()


def test_another_chat_shows_nothing_of_the_last_one(window: Window, script: Script) -> None:
    composer = window.parts.middle.composer
    composer.set_draft("What is this?", [_picture()])
    composer.send()
    script.answer(["Red."])
    _button(_newest(window), "Why this answer?").click()
    side = window.parts.side
    assert side.why.text and not side.preview.picture.empty
    window.actions_.open_chat(None)
    assert side.why.text == "" and side.preview.picture.empty
