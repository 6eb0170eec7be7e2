"""Live captions, what was learned, what was missed, times and the test of the devices."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel

from agent.commands import EraseRecent, ForgetWord, SayAgain, ShowRecent
from agent.events import (
    Asked,
    AssistantState,
    Caption,
    Learned,
    PartialTranscript,
    Recent,
    RecentEvent,
    Reply,
)
from agent.types import Ended, Phase
from desktop.window.main import Window
from perception.audio.ipc.messages import (
    Devices,
    Level,
    Tried,
    Trouble,
    TryDevices,
    Viseme,
)
from perception.messages import plain
from perception.types import Transcript
from tests.desktop import reading
from tests.desktop.window_script import NOTHING, Script
from tests.desktop.windowing import (
    ask,
    button,
    captions_of,
    change,
    mute,
    open_settings,
    settings_of,
)


def test_the_users_words_stand_there_while_they_are_said(window: Window, script: Script) -> None:
    captions = captions_of(window)
    script.tell(PartialTranscript("t", "What does"), PartialTranscript("t", "What does this say"))
    assert captions.isVisible()
    assert captions.text == "What does this say"
    assert "You, so far" in reading.words(captions)
    assert captions.property("kind") == "said"
    heard = Transcript("What does this say?", "en", 0.9, (), True)
    script.tell(Asked("t", 1, heard.text, heard, (), None))
    assert captions.heard == ""
    assert captions.property("kind") == "clear"


def test_words_that_were_no_turn_go_away(window: Window, script: Script) -> None:
    captions = captions_of(window)
    script.tell(PartialTranscript("t", "hm"), PartialTranscript("t", ""))
    assert not captions.isVisible()
    window.follow(replace(settings_of(window), captions=False))
    script.tell(PartialTranscript("t", "What"))
    assert captions.heard == ""


def test_of_long_words_the_end_is_shown(window: Window, script: Script) -> None:
    script.tell(PartialTranscript("t", "word " * 500 + "the end"))
    shown = captions_of(window).text
    assert len(shown) < 300
    assert shown.endswith("the end")


def test_a_screen_reader_is_not_told_of_words_in_the_making(
    window: Window, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[QAccessible.Event]()
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: told.append(QAccessibleEvent.type(event))
    )
    script.tell(PartialTranscript("t", "What does"))
    assert QAccessible.Event.Announcement not in told
    labels = captions_of(window).findChildren(QLabel)
    assert all(label.accessibleName() for label in labels), "Qt tells of labels without a name"


def test_candors_sentence_comes_back_after_the_users_words(window: Window, script: Script) -> None:
    captions = captions_of(window)
    script.tell(AssistantState(Phase.SPEAKING, "t"), Caption("t", 0, "It is noon."))
    script.tell(PartialTranscript("u", "wait"))
    assert captions.text == "wait"
    script.tell(PartialTranscript("u", ""))
    assert captions.text == "It is noon."
    script.tell(Viseme(0.7, 0.2))
    assert captions.orb.moving


def test_what_was_learned_is_said_and_can_be_undone(window: Window, script: Script) -> None:
    middle = window.parts.conversation
    script.tell(Learned("w1", "Siobhan", "Shivon"))
    assert middle.noticed == "From now on: Siobhan (not Shivon)"
    button(middle, "Undo").click()
    assert script.mind[-1:] == [ForgetWord("w1")]
    assert middle.noticed == ""
    script.tell(Learned("w2", "Nabu", ""))
    assert middle.noticed == "From now on: Nabu"


def test_what_was_missed_is_shown_read_and_erased(window: Window, script: Script) -> None:
    window.parts.conversation.header.recent_wanted.emit()
    assert script.mind[-1:] == [ShowRecent()]
    panel = window.dialogs.recent
    assert panel is not None
    assert any("This list is not saved" in words for words in reading.words(panel))
    moments = (
        RecentEvent(62.0, "room", "Could you hand me the glasses?"),
        RecentEvent(21.0, "user", "What time is it?"),
        RecentEvent(2.0, "candor", "Noon."),
        RecentEvent(1.0, "scene", "One person"),
    )
    script.tell(Recent(moments))
    assert panel.text.splitlines() == [
        "a minute ago, In the room, not said to Candor: Could you hand me the glasses?",
        "20 seconds ago, You: What time is it?",
        "just now, Candor: Noon.",
        "just now, Seen: One person",
    ]
    assert "Could you hand me the glasses?" in reading.words(panel)
    button(panel, "Read aloud").click()
    assert script.mind[-1:] == [SayAgain("", panel.text)]
    button(panel, "Erase all of it").click()
    assert script.mind[-1:] == [EraseRecent()]
    assert panel.text == ""
    assert not button(panel, "Erase all of it").isEnabled()
    script.tell(Recent(moments))
    panel.accept()
    assert panel.text == "", "nothing of it stays in a window that is closed"


def test_the_panels_controls_have_names_and_sizes(window: Window, script: Script) -> None:
    window.dialogs.open_recent()
    panel = window.dialogs.recent
    assert panel is not None
    script.tell(Recent((RecentEvent(2.0, "user", "Hello"),)))
    assert reading.nameless(panel) == []
    assert reading.too_small(panel) == []
    panel.close()


def test_the_times_of_the_last_answer_are_shown_where_wanted(
    window: Window, script: Script
) -> None:
    times = window.parts.inspector.times
    ask(window, "Hello")
    say = script.said()
    stages = {"decided": 400.0, "heard": 300.0, "first_sample": 800.0, "total": 2400.0}
    script.tell(Asked(say.turn, 1, say.text, None, (), None))
    script.tell(Reply(say.turn, "Hi.", Ended.DONE, NOTHING, stages))
    assert not times.isVisible()
    change(window, show_timings=True)
    assert times.isVisible()
    assert reading.words(times)[1:] == [
        *("Your words understood", "300 ms", "End of your turn sure", "400 ms"),
        *("First sound played", "800 ms", "Whole answer", "2.4 s"),
    ]


def test_the_devices_are_tried_from_the_settings(window: Window, script: Script) -> None:
    dialog = open_settings(window)
    assert dialog is not None
    dialog.show_group(3)
    dialog.trial.button.click()
    assert script.ears[-1:] == [TryDevices()]
    script.tell(Level(0.1, 0.6))
    assert dialog.trial.running
    script.tell(Tried(0.4))
    assert dialog.trial.text.startswith("Good")
    script.tell(Devices(("New",), ("Loud",), "New", "Loud"))
    assert window.dialogs.preferences is dialog
    dialog.accept()
    assert window.dialogs.preferences is None
    script.tell(Tried(0.4))
    window.dialogs.open_preferences()
    assert window.dialogs.preferences is not dialog
    second = window.dialogs.preferences
    assert second is not None
    second.accept()


def test_trouble_with_sound_ends_the_trial(window: Window, script: Script) -> None:
    dialog = open_settings(window)
    assert dialog is not None
    dialog.trial.button.click()
    script.tell(Trouble(plain("No microphone was found.", "Connect one.")))
    assert dialog.trial.text == "No microphone was found. Connect one."
    mute(window, True)
    dialog.trial.button.click()
    assert "Unmute it first" in dialog.trial.text
    dialog.accept()
