"""Nothing that was read is taken away: silence, limits, versions, failures, help in need."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent.codes import AgentCode
from agent.commands import Continue, Interrupt, OpenChat, Silence
from agent.events import Asked, AssistantState, Failed, Reply, Sentence
from agent.types import Ended, Phase
from desktop.conversation.evidence_chip import chip_text
from desktop.conversation.help_card import HelpCard
from desktop.conversation.unread import marked
from desktop.conversation.version_switch import VersionSwitch
from desktop.inspector import why_text
from desktop.processes.open_turns import OpenTurns
from desktop.session.session import PRIVATE
from desktop.widgets.message import InlineMessage
from desktop.window.main import Window
from perception.messages import notice, plain
from perception.types import Evidence, Where
from safety.codes import SafetyCode
from safety.types import Action, Change, Explanation, GivenSentence, Verdict
from tests.desktop.reading import words
from tests.desktop.window_script import NOTHING, Script, sentence
from tests.desktop.windowing import ask, button, escape, newest, notice_of, texts, transcript_of

CUT = replace(NOTHING, notes=(*NOTHING.notes, notice(AgentCode.ANSWER_CUT_LONGEST)))


def _begin(window: Window, script: Script, *parts: str) -> str:
    ask(window, "Tell me everything")
    turn = script.said().turn
    script.tell(Asked(turn, 1, "Tell me everything", None, (), None))
    script.tell(*(sentence(turn, index, text) for index, text in enumerate(parts)))
    return turn


def test_escape_silences_then_stops_and_nothing_goes(window: Window, script: Script) -> None:
    turn = _begin(window, script, "First. ", "Second. ")
    script.tell(AssistantState(Phase.SPEAKING, turn))
    escape(window)
    assert script.mind[-1:] == [Silence(turn)]
    script.tell(sentence(turn, 2, "Third. "))
    escape(window)
    assert script.mind[-1] == Interrupt(turn)
    unread = replace(NOTHING, notes=(notice(SafetyCode.NOT_READ_ALOUD, read=7),))
    script.tell(Reply(turn, "First. Second. Third. ", Ended.INTERRUPTED, unread, {}))
    shown = texts(newest(window))
    assert shown.index("First.") < shown.index("not read aloud from here") < shown.index("Second.")
    assert "Third." in shown


def test_the_stop_button_stops_the_writing_at_once(window: Window, script: Script) -> None:
    turn = _begin(window, script, "First. ")
    script.tell(AssistantState(Phase.SPEAKING, turn))
    window.parts.conversation.composer.go.click()
    assert script.mind[-1] == Interrupt(turn)


def test_the_mark_breaks_no_code_and_no_table() -> None:
    code = "Look:\n\n```python\nx = 1\ny = 2\n```\nDone."
    assert marked(code, code.index("y = 2")).count("```") == 2
    before, after = marked(code, code.index("y = 2")).split("*[not read aloud from here]*")
    assert "```" not in before and after.strip().startswith("```python")
    table = "See:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    before, after = marked(table, table.index("1 | 2")).split("*[not read aloud from here]*")
    assert after.strip() == table[table.index("| a") :].strip()
    assert marked("All of it.", 10) == "All of it." and marked("x", None) == "x"


def test_an_answer_at_its_limit_says_so_and_goes_on_as_one(window: Window, script: Script) -> None:
    turn = _begin(window, script, "It begins and ")
    script.tell(Reply(turn, "It begins and ", Ended.DONE, CUT, {}))
    view = newest(window)
    assert "not finished" in " ".join(words(view))
    QTest.mouseClick(button(view, "Continue"), Qt.MouseButton.LeftButton)
    assert script.mind[-1] == Continue(turn)
    script.tell(sentence(turn, 1, "goes on."))
    assert "It begins and goes on." in texts(newest(window))
    script.tell(Reply(turn, "It begins and goes on.", Ended.DONE, NOTHING, {}))
    assert "not finished" not in " ".join(words(newest(window)))
    assert len(transcript_of(window)) == 1


def test_the_table_of_actions_begins_a_private_chat_and_continues(
    window: Window, script: Script
) -> None:
    actions = window.commands.actions
    turn = _begin(window, script, "It begins and ")
    script.tell(Reply(turn, "It begins and ", Ended.DONE, CUT, {}))
    actions["continue"].trigger()
    assert script.mind[-1] == Continue(turn)
    script.tell(Reply(turn, "It begins and ends.", Ended.DONE, NOTHING, {}))
    actions["private_chat"].trigger()
    assert script.mind[-1:] == [OpenChat(PRIVATE)] and window.session.private


def test_what_was_only_told_is_no_change_also_when_it_is_opened_again(
    window: Window, script: Script
) -> None:
    told = Change("Ask a doctor too.", "", "", noted=True)
    why = Explanation(told.headline, (), (), "", "", changes=(told,))
    ask(window, "How much may I take?")
    turn = script.said().turn
    script.tell(Reply(turn, "Two.", Ended.DONE, why, {}))
    said = " ".join(words(newest(window)))
    assert told.headline in said and "What was changed?" not in said


def test_a_crash_while_it_goes_on_loses_nothing() -> None:
    turns = OpenTurns()
    turns.note_message(Asked("t", 1, "q", None, (), None))
    assert turns.note_message(Reply("t", "Begun ", Ended.DONE, CUT, {}))
    turns.note_message(Continue("t"))
    assert turns.note_message(sentence("t", 1, "and on "))
    assert turns.fail("t", plain("It stopped.")).text == "Begun and on "


def test_versions_are_kept_with_a_switch(window: Window, script: Script) -> None:
    ask(window, "One")
    script.answer(["Answer one."])
    QTest.mouseClick(button(newest(window), "Regenerate"), Qt.MouseButton.LeftButton)
    script.answer(["Answer two."])
    ask(window, "And then?")
    script.answer(["It went on."])
    [first, _] = transcript_of(window)
    view = window.parts.conversation.transcript.view_of(first.id)
    assert view is not None
    switch = view.findChild(VersionSwitch)
    assert isinstance(switch, VersionSwitch) and switch.text == "2 of 2"
    QTest.mouseClick(button(view, "The version before"), Qt.MouseButton.LeftButton)
    assert [turn.answer for turn in transcript_of(window)] == ["Answer one."]
    QTest.mouseClick(button(newest(window), "The next version"), Qt.MouseButton.LeftButton)
    assert [turn.answer for turn in transcript_of(window)] == ["Answer two.", "It went on."]


def test_one_failure_is_shown_once(window: Window, script: Script) -> None:
    told = plain("The model file is damaged.", "Get it again.")
    script.tell(Failed("", told))
    assert notice_of(window) == told.message
    ask(window, "Hello")
    turn = script.said().turn
    script.tell(Failed(turn, told), Reply(turn, "", Ended.FAILED, NOTHING, {}))
    script.tell(Failed("", told))
    QApplication.processEvents()
    shown = [
        m
        for m in window.findChildren(InlineMessage)
        if m.isVisibleTo(window) and told.message in m.accessibleName()
    ]
    assert len(shown) == 1


def test_help_in_need_is_one_card_first_and_once(window: Window, script: Script) -> None:
    head, more = "These can be signs of an emergency.", "Call 999 now."
    why = Explanation(head, (), (), more, "", region="GB")
    ask(window, "My father has chest pain")
    turn = script.said().turn
    script.tell(Asked(turn, 1, "My father has chest pain", None, (), None))
    advice = f"{head} {more}\n\n"
    script.tell(Sentence(turn, 0, advice, Verdict(Action.ADVISE, advice, why), (), 1.0))
    script.tell(sentence(turn, 1, "Stay with him."))
    script.tell(Reply(turn, advice + "Stay with him.", Ended.DONE, why, {}))
    for again in (False, True):
        if again:  # as it is read from the history
            last = transcript_of(window).newest
            assert last is not None
            state = replace(last, sentences=())
            assert state.advice == why and state.body == "Stay with him."
        view = newest(window)
        card = view.findChild(HelpCard)
        assert isinstance(card, HelpCard) and card.isVisibleTo(view)
        said = " ".join(words(view)) + texts(view)
        assert said.count(more) == 1 and "United Kingdom" in said
        assert "Stay with him." in texts(view) and "What was changed?" not in said


def test_how_sure_is_said_only_of_what_was_checked() -> None:
    label = Evidence(1, "text", "Ibuprofen 400 mg", Where("picture"), 0.97)
    heard = Evidence(2, "heard", "how old is it", Where("microphone"), 0.9)
    loose = GivenSentence("It is 1,600 feet long.", 0.9, ())
    own = replace(loose, evidence=(2,))
    read = GivenSentence("It says Ibuprofen [1].", 0.9, (1,))
    doubted = replace(read, doubted=True)
    everything = (label, heard)
    why = replace(NOTHING, evidence=everything)
    for one in (loose, own, doubted):
        assert why_text.overall(replace(why, sentences=(one,))) == "from memory, not checked"
        assert why_text.standing(one, everything) == "from memory, not checked"
    assert why_text.standing(read, everything) == "rests on [1], sure"
    both = replace(why, sentences=(read, loose))
    assert why_text.overall(both).startswith("1 of 2 sentences")
    whole = why_text.as_text(replace(why, sentences=(loose,)), Ended.DONE, {})
    assert "%" not in whole and "how old is it" not in whole


def test_a_chip_says_what_it_is_and_never_what_you_said(window: Window, script: Script) -> None:
    said = {
        ("thing", "1 dog: left, probably"): "[1] dog, left",
        ("thing", "2 bicycles: left, top right"): "[1] 2 bicycles, left, top right",
        ("person", "1 person: middle"): "[1] person, middle",
        ("text", "Ibuprofen 400 mg"): "[1] “Ibuprofen 400 mg”",
    }
    for (kind, text), chip in said.items():
        assert chip_text(Evidence(1, kind, text, Where("picture"), 0.9)) == chip
    ask(window, "How old is it?")
    heard = Evidence(1, "heard", "How old is it?", Where("microphone"), 0.9)
    script.answer(["1,600 feet long [1]."], (heard,))
    turn = transcript_of(window).newest
    assert turn is not None and turn.cited == ()
