"""Four ways to talk, and mute: what the window says, and what ears are told."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from agent import settings as user_settings
from agent.commands import Say
from agent.events import AssistantState
from agent.types import Phase
from desktop.session.children import Restarting
from desktop.window.main import Window
from perception.audio.ipc.messages import (
    ChooseDevices,
    Flush,
    Listen,
    Mode,
    Mute,
    SetMic,
    TurnPhase,
    TurnState,
)
from tests.desktop.window_script import Script
from tests.desktop.windowing import (
    button,
    change,
    choose_mode,
    composer_of,
    escape,
    mute,
    newest,
    picture,
    settings_of,
    spoken,
    talk_button_of,
)


@pytest.fixture
def said(window: Window, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader would say of the modes."""
    heard = list[str]()
    window.microphone.announced.connect(heard.append)
    return heard


def _floor(script: Script, phase: TurnPhase, mode: Mode, *, muted: bool = False) -> None:
    script.tell(TurnState(phase, mode, muted))


def test_ears_are_told_how_to_listen_and_through_what(window: Window, script: Script) -> None:
    first = next(m for m in script.ears if isinstance(m, Listen))
    assert (first.mode, first.patience) == (Mode.HOLD, 0.0)
    assert first.models == os.environ["CANDOR_MODELS"]
    change(window, patience=9.0, wake_word="alexa")
    assert script.ears[-1:] == [replace(first, patience=5.0, wake_word="alexa")]
    change(window, microphone="USB")
    assert script.ears[-1:] == [ChooseDevices("USB", "")]
    told = len(script.ears)
    change(window, captions=False)
    assert len(script.ears) == told, "what ears know already is not told again"


def test_settings_that_name_no_mode_hold_to_talk(window: Window, script: Script) -> None:
    change(window, talk_mode="shout")
    assert [m.mode for m in script.ears if isinstance(m, Listen)] == [Mode.HOLD]


def test_each_mode_is_shown_announced_and_kept(
    window: Window, script: Script, said: list[str], tmp_path: Path
) -> None:
    composer = composer_of(window)
    for mode in (Mode.TAP, Mode.OPEN, Mode.WAKE, Mode.HOLD):
        composer.mode.chosen.emit(mode)
        assert user_settings.load(tmp_path / "settings.toml").talk_mode == mode
        listen = script.ears[-1]
        assert isinstance(listen, Listen)
        assert listen.mode is mode
        assert composer.mode.accessibleName().startswith("How you talk: ")
        assert said[-1].startswith(composer.mode.accessibleName().removeprefix("How you talk: "))
    assert len(said) == 4


def test_an_open_microphone_is_explained_once(
    window: Window, script: Script, tmp_path: Path
) -> None:
    middle = window.parts.conversation
    choose_mode(window, Mode.OPEN)
    assert "stays open" in middle.noticed
    button(middle, "Back to hold to talk").click()
    assert settings_of(window).talk_mode == "hold"
    middle.clear_notice()
    choose_mode(window, Mode.OPEN)
    assert middle.noticed == ""
    window.remember()
    assert '"explained":["open"]' in (tmp_path / "window.json").read_text()


def test_the_status_line_always_says_how_the_microphone_is(window: Window, script: Script) -> None:
    status, talk = window.parts.status, talk_button_of(window)
    assert status.microphone == "Microphone off"
    talk.toggle_talk()
    assert status.microphone == "Microphone open"
    talk.toggle_talk()
    assert status.microphone == "Microphone off"
    choose_mode(window, Mode.OPEN)
    assert status.microphone == "Microphone open"
    choose_mode(window, Mode.WAKE)
    assert status.microphone == "Microphone open, waits for “Okay Nabu”"
    _floor(script, TurnPhase.USER, Mode.WAKE)
    assert status.microphone == "Microphone open"
    mute(window, True)
    assert status.microphone == "Microphone muted"
    mute(window, False)
    script.tell(Restarting("ears"))
    assert status.microphone == "No microphone"


@pytest.mark.parametrize(
    ("phase", "word"),
    [
        (TurnPhase.WAITING, "Say “Okay Nabu”"),
        (TurnPhase.LISTENING, "Listening"),
        (TurnPhase.USER, "Hearing you"),
        (TurnPhase.MAYBE_FINISHED, "Finished?"),
        (TurnPhase.THINKING, "Thinking"),
        (TurnPhase.SPEAKING, "Speaking"),
        (TurnPhase.INTERRUPTED, "Interrupted"),
    ],
)
def test_the_button_says_who_has_the_floor_and_keeps_its_width(
    window: Window, script: Script, phase: TurnPhase, word: str
) -> None:
    choose_mode(window, Mode.WAKE)
    talk = talk_button_of(window)
    before = talk.sizeHint().width()
    _floor(script, phase, Mode.WAKE)
    assert talk.text() == talk.accessibleName() == word
    assert "Ctrl+Space" in talk.accessibleDescription()
    assert talk.sizeHint().width() == before


def test_what_ears_can_do_counts_more_than_what_is_wanted(window: Window, script: Script) -> None:
    composer, status = composer_of(window), window.parts.status
    choose_mode(window, Mode.OPEN)
    assert composer.talk.text() == "Listening"
    _floor(script, TurnPhase.OFF, Mode.HOLD)
    assert (composer.talk.text(), status.microphone) == ("Talk", "Microphone off")
    composer.talk.press()
    assert composer.talk.on
    composer.talk.discard()
    _floor(script, TurnPhase.SPEAKING, Mode.OPEN)
    choose_mode(window, Mode.WAKE)
    assert composer.talk.text() == "Say “Okay Nabu”", "who spoke before the change is forgotten"


def test_pauses_between_words_do_not_make_the_button_flicker(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    choose_mode(window, Mode.OPEN)
    talk = talk_button_of(window)
    for phase in (TurnPhase.USER, TurnPhase.MAYBE_FINISHED, TurnPhase.USER):
        _floor(script, phase, Mode.OPEN)
        assert talk.text() == "Hearing you"
    _floor(script, TurnPhase.MAYBE_FINISHED, Mode.OPEN)
    qtbot.waitUntil(lambda: talk.text() == "Finished?")


def test_tap_begins_and_ends_however_long_it_is_held(window: Window, script: Script) -> None:
    choose_mode(window, Mode.TAP)
    talk = talk_button_of(window)
    QTest.mouseClick(talk, Qt.MouseButton.LeftButton)
    talk._held_since -= 10
    talk.release()
    assert talk.on
    assert script.ears[-1:] == [SetMic(True)]
    QTest.mouseClick(talk, Qt.MouseButton.LeftButton)
    assert script.ears[-1:] == [SetMic(False)]


def test_with_an_open_microphone_a_press_sends_at_once(window: Window, script: Script) -> None:
    choose_mode(window, Mode.OPEN)
    talk = talk_button_of(window)
    _floor(script, TurnPhase.USER, Mode.OPEN)
    QTest.mouseClick(talk, Qt.MouseButton.LeftButton)
    assert script.ears[-1:] == [SetMic(False)]
    _floor(script, TurnPhase.USER, Mode.OPEN)
    escape(window)
    assert script.ears[-1:] == [SetMic(False, discard=True)]


def test_with_an_open_microphone_a_press_interrupts(window: Window, script: Script) -> None:
    choose_mode(window, Mode.WAKE)
    talk = talk_button_of(window)
    _floor(script, TurnPhase.SPEAKING, Mode.WAKE)
    QTest.mouseClick(talk, Qt.MouseButton.LeftButton)
    assert script.ears[-2:] == [Flush(), SetMic(True)]
    _floor(script, TurnPhase.LISTENING, Mode.WAKE)
    assert talk.text() == "Listening"
    assert window.parts.status.microphone == "Microphone open"
    talk.toggle_talk()
    assert script.ears[-1:] == [SetMic(True)]


def test_with_an_open_microphone_a_hold_ends_when_it_is_let_go(
    window: Window, script: Script
) -> None:
    choose_mode(window, Mode.OPEN)
    talk = talk_button_of(window)
    talk.press()
    _floor(script, TurnPhase.USER, Mode.OPEN)
    talk._held_since -= 10
    talk.release()
    assert script.ears[-2:] == [SetMic(True), SetMic(False)]


def test_a_turn_by_hand_that_ears_ended_is_over(window: Window, script: Script) -> None:
    talk = talk_button_of(window)
    talk.toggle_talk()
    _floor(script, TurnPhase.OFF, Mode.HOLD)
    assert talk.on, "that was before the press"
    _floor(script, TurnPhase.USER, Mode.HOLD)
    _floor(script, TurnPhase.THINKING, Mode.HOLD)
    assert not talk.on
    assert script.ears[-1:] == [SetMic(True)], "and ears are not told so again"


def test_mute_by_button_and_key_in_every_mode(
    window: Window, script: Script, said: list[str]
) -> None:
    composer = composer_of(window)
    assert window.commands.actions["mute"].shortcut() == QKeySequence("Ctrl+Shift+M")
    for mode in Mode:
        choose_mode(window, mode)
        composer.mute.click()
        assert script.ears[-1:] == [Mute(True)]
        _floor(script, TurnPhase.OFF, mode, muted=True)
        assert (composer.mute.text(), composer.mute.isChecked()) == ("Muted", True)
        assert composer.talk.text() == "Not listening"
        assert window.commands.actions["mute"].isChecked()
        assert said[-1] == "Microphone muted."
        window.commands.actions["mute"].trigger()
        assert script.ears[-1:] == [Mute(False)]
        assert not composer.mute.isChecked()
        assert said[-1] == "Microphone no longer muted."


def test_muting_throws_away_what_is_being_said(window: Window, script: Script) -> None:
    talk_button_of(window).toggle_talk()
    mute(window, True)
    assert script.ears[-2:] == [SetMic(False, discard=True), Mute(True)]


def test_whoever_talks_while_muted_is_told_so(window: Window, script: Script) -> None:
    middle = window.parts.conversation
    mute(window, True)
    middle.composer.talk.press()
    middle.composer.talk.release()
    assert SetMic(True) not in script.ears
    assert middle.noticed == "The microphone is muted."
    button(middle, "Unmute").click()
    assert script.ears[-1:] == [Mute(False)]
    assert middle.noticed == ""


def test_the_mute_key_is_a_setting(window: Window) -> None:
    change(window, mute_key="F7")
    assert window.commands.actions["mute"].shortcut() == QKeySequence("F7")
    assert "F7" in composer_of(window).mute.toolTip()


def test_pictures_go_with_a_question_that_was_spoken_hands_free(
    window: Window, script: Script
) -> None:
    composer, shown = composer_of(window), picture()
    composer.set_draft("", [shown])
    choose_mode(window, Mode.OPEN)
    assert script.mind[-1:] == [Say("", None, "", (shown,))]
    spoken(script, "spoken", shown)
    assert newest(window).turn.pictures == (shown,)
    assert composer.attached == ()
    assert script.mind[-1:] == [Say("", None, "", ())]


def test_the_orb_follows_the_floor(window: Window, script: Script) -> None:
    choose_mode(window, Mode.OPEN)
    orb = window.parts.conversation.empty.orb
    assert orb.word() == "Listening"
    _floor(script, TurnPhase.USER, Mode.OPEN)
    assert orb.word() == "Hearing you"
    script.tell(AssistantState(Phase.THINKING, "t"))
    assert orb.word() == "Hearing you", "who speaks counts more than what the mind does"
    _floor(script, TurnPhase.THINKING, Mode.OPEN)
    assert orb.word() == "Thinking"
    script.tell(AssistantState(Phase.IDLE, ""))
    mute(window, True)
    assert orb.word() == "Muted"


def test_mute_stands_there_where_the_microphone_is_open_or_muted(window: Window) -> None:
    composer = composer_of(window)
    assert not composer.mute.isVisible()
    mute(window)
    assert composer.mute.isVisible()
    mute(window, False)
    choose_mode(window, Mode.OPEN)
    assert composer.mute.isVisible()
    icon_only = Qt.ToolButtonStyle.ToolButtonIconOnly
    assert composer.mute.toolButtonStyle() != icon_only
    composer.resize(300, composer.height())
    assert composer.mute.toolButtonStyle() == icon_only


def test_the_menu_beside_talk_marks_the_mode_and_mutes(window: Window) -> None:
    composer = composer_of(window)
    choose_mode(window, Mode.TAP)
    menu = composer.mode.menu()
    assert [a.text() for a in menu.actions() if a.isChecked()] == ["Tap to talk"]
    menu.actions()[-1].trigger()
    assert composer.mute.isChecked() and window.commands.actions["mute"].isChecked()
