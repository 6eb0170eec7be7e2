"""The transcript as a value: what is shown of a chat, folded from events."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from agent.commands import Command, OpenChat, Say
from agent.events import Asked, Failed, Reply
from agent.memory.history import History
from agent.tools.ability import Toolbox
from agent.tools.registry import ability
from agent.tools.store import Store
from agent.tools.types import Call
from agent.types import Ended, new_turn
from desktop.session.chat import ChatTranscript, ShownTurn
from desktop.session.session import Session
from desktop.session.stored import of_history, seen_in
from perception.messages import notice, plain
from perception.types import Box, Evidence, Where
from safety.codes import SafetyCode
from safety.types import Action, Change, Explanation, Finding
from tests.desktop.window_script import LABEL, NOTHING, sentence


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "history.db")


@pytest.fixture
def told() -> list[Command]:
    return []


@pytest.fixture
def session(history: History, told: list[Command]) -> Session:
    return Session(lambda: history, told.append, {})


def _keep(history: History, chat: int, count: int) -> list[str]:
    turns = [new_turn() for _ in range(count)]
    for number, turn in enumerate(turns):
        history.begin(turn, chat, f"question {number}")
        history.end(turn, f"answer {number}", Ended.DONE, NOTHING)
    return turns


def _asked(say: Say, chat: int) -> Asked:
    return Asked(say.turn, chat, say.text, None, (), say.replaces)


def _said(told: list[Command]) -> list[Say]:
    return [command for command in told if isinstance(command, Say)]


def test_a_turn_grows_by_sentences_and_ends_with_what_was_given() -> None:
    transcript = ChatTranscript()
    transcript.begin(Say("t", None, "What does it say?"))
    assert transcript.answering is not None
    transcript.handle_event(Asked("t", 3, "What does it say?", None, (LABEL,), None))
    transcript.handle_event(sentence("t", 0, "It says Ibuprofen [1]. "))
    transcript.handle_event(sentence("t", 1, "Nothing else."))
    turn = transcript.get("t")
    assert turn is not None
    assert turn.answer == "It says Ibuprofen [1]. Nothing else."
    assert turn.cited == (LABEL,)
    transcript.handle_event(Reply("t", "It says Ibuprofen", Ended.INTERRUPTED, NOTHING, {}))
    turn = transcript.get("t")
    assert turn is not None
    assert turn.answer == "It says Ibuprofen", "what was not heard is not shown"
    assert transcript.answering is None


def test_what_was_changed_is_said_once_with_its_reason() -> None:
    transcript = ChatTranscript()
    transcript.begin(Say("t", None, "?"))
    for index in range(3):
        piece = sentence("t", index, "[phone] ", Action.REDACT, "A phone number was taken out.")
        transcript.handle_event(piece)
    turn = transcript.get("t")
    assert turn is not None
    assert [change.headline for change in turn.changes] == ["A phone number was taken out."]


def test_an_event_of_another_chat_changes_nothing() -> None:
    transcript = ChatTranscript([ShownTurn("a", 1, "?", ended=Ended.DONE)])
    assert not transcript.handle_event(sentence("b", 0, "words"))
    assert not transcript.handle_event(Failed("b", plain("broken", "mend it")))
    assert len(transcript) == 1


def test_asking_in_the_place_of_a_turn_takes_it_and_all_after_it_away() -> None:
    transcript = ChatTranscript(ShownTurn(name, 1, name, ended=Ended.DONE) for name in "abcd")
    transcript.begin(Say("e", 1, "anew", replaces="b"))
    assert [turn.id for turn in transcript] == ["a", "e"]


def test_boxes_of_a_kept_turn_come_from_its_evidence() -> None:
    box = Box(0.1, 0.2, 0.3, 0.1)
    seen = Evidence(1, "text", "EXIT", Where("picture", box), 0.9)
    heard = Evidence(2, "heard", "what is this", Where("microphone"), 0.9)
    scene = seen_in(ShownTurn("a", 1, "?", evidence=(seen, heard)))
    assert scene is not None
    assert [(item.label, item.box) for item in scene.texts] == [("EXIT", box)]
    assert seen_in(ShownTurn("a", 1, "?", evidence=(heard,))) is None


def test_a_turn_from_disk_keeps_its_end(history: History) -> None:
    chat = history.new_chat()
    history.begin("open", chat, "was never answered")
    turn = of_history(history.turns(chat)[0])
    assert turn.ended is Ended.FAILED, "a turn that a crash left open is not open any more"
    assert turn.saved


def test_a_first_question_makes_a_chat_and_the_second_goes_to_it(
    session: Session, told: list[Command]
) -> None:
    session.ask("first", ())
    session.ask("second", ())
    first = _said(told)[0]
    assert [say.text for say in _said(told)] == ["first"], "the second waits for the chat's number"
    session.handle_event(_asked(first, 5))
    assert [(say.text, say.chat) for say in _said(told)] == [("first", None), ("second", 5)]


def test_a_second_question_goes_out_even_when_the_first_failed(
    session: Session, told: list[Command]
) -> None:
    session.ask("first", ())
    session.ask("second", ())
    session.handle_event(Reply(_said(told)[0].turn, "", Ended.FAILED, NOTHING, {}))
    assert [say.text for say in _said(told)] == ["first", "second"]


def test_editing_replaces_a_turn_that_is_on_disk(session: Session, told: list[Command]) -> None:
    session.ask("first", (b"png",))
    first = _said(told)[-1]
    session.handle_event(_asked(first, 5))
    session.handle_event(Reply(first.turn, "answer", Ended.DONE, NOTHING, {}))
    session.editing = first.turn
    session.ask("better", ())
    assert _said(told)[-1].replaces == first.turn
    assert session.editing is None
    session.again(_said(told)[-1].turn)
    assert _said(told)[-1].text == "better"


def test_trying_again_what_never_reached_the_disk_replaces_nothing(
    session: Session, told: list[Command]
) -> None:
    session.ask("first", (b"png",))
    lost = _said(told)[-1]
    session.handle_event(Reply(lost.turn, "", Ended.FAILED, NOTHING, {}))
    session.again(lost.turn)
    again = _said(told)[-1]
    assert (again.text, again.pictures, again.replaces) == ("first", (b"png",), None)
    assert [turn.id for turn in session.transcript] == [again.turn]


def test_regenerating_a_kept_turn_takes_its_pictures_from_disk(
    session: Session, told: list[Command], history: History
) -> None:
    chat = history.new_chat()
    history.begin("t", chat, "what is this", [b"jpeg bytes"])
    history.end("t", "a mug", Ended.DONE, NOTHING)
    session.open(chat)
    session.again("t")
    assert _said(told)[-1].pictures == (b"jpeg bytes",)


def test_opening_a_chat_tells_the_mind_and_loads_its_newest_turns(
    session: Session, told: list[Command], history: History
) -> None:
    chat = history.new_chat()
    turns = _keep(history, chat, 130)
    session.open(chat)
    assert told[-1] == OpenChat(chat)
    assert [turn.id for turn in session.transcript] == turns[-60:]
    assert session.load_older()
    assert [turn.id for turn in session.transcript] == turns[-120:]
    assert session.load_older()
    assert [turn.id for turn in session.transcript] == turns
    assert not session.load_older()


def test_an_answer_that_arrives_after_leaving_its_chat_is_not_shown_elsewhere(
    session: Session, told: list[Command]
) -> None:
    session.ask("in a new chat", ())
    say = _said(told)[-1]
    session.open(None)
    assert not session.handle_event(_asked(say, 9))
    assert session.chat is None
    assert len(session.transcript) == 0


def test_a_spoken_question_in_a_new_chat_opens_it(session: Session) -> None:
    assert session.handle_event(Asked("spoken", 4, "hello", None, (), None))
    assert session.chat == 4
    assert not session.handle_event(Asked("other", 8, "elsewhere", None, (), None))
    assert session.chat == 4


def test_drafts_are_kept_per_chat(session: Session, history: History) -> None:
    one = history.new_chat()
    session.draft = "for a new chat"
    session.open(one)
    assert session.draft == ""
    session.draft = "for chat one"
    session.open(None)
    assert session.draft == "for a new chat"
    session.draft = "  "
    assert session.drafts == {str(one): "for chat one"}


def test_a_blocked_answer_from_disk_says_why() -> None:
    change = Change("This was held back.", "Ask for help lines.", "")
    why = replace(Explanation.of_notes(), changes=(change,))
    turn = ShownTurn("a", 1, "?", ended=Ended.BLOCKED, why=why)
    assert turn.changes == (change,)


def test_a_rule_that_only_noted_something_is_no_change() -> None:
    noted = (Finding("injection", "order", None, 0.9, 0.5, "an order in a picture"),)
    why = Explanation("", noted, (), "", "", (notice(SafetyCode.NOTHING_CHANGED),))
    turn = ShownTurn("a", 1, "What is this?", reply="A sign.", ended=Ended.DONE, why=why)
    assert turn.changes == ()


def test_advice_that_opens_the_answer_is_not_noted_beside_it() -> None:
    fired = (Finding("patterns", "medical", None, 0.9, 0.5, "chest pain"),)
    change = Change("This can be an emergency.", "Call 112 now.", "")
    why = Explanation("This can be an emergency.", fired, (), "Call 112 now.", "", (), (change,))
    reply = "This can be an emergency. Call 112 now.\n\nSit him down."
    turn = ShownTurn("a", 1, "chest pain", reply=reply, ended=Ended.DONE, why=why)
    assert turn.changes == ()
    assert replace(turn, reply="Sit him down.").changes == (change,)
    assert replace(turn, ended=Ended.BLOCKED).changes == (change,)


def test_a_chat_that_is_opened_again_shows_what_the_tools_did(
    session: Session, history: History, tmp_path: Path
) -> None:
    chat = history.new_chat()
    sums, running, rang, undone, words = _keep(history, chat, 5)
    store = Store(tmp_path / "tools.db")
    box = Toolbox(store, datetime.now(), "")
    for turn, call in (
        (sums, Call("calculate", {"expression": "2+2"})),
        (running, Call("timer", {"minutes": 5})),
        (rang, Call("timer", {"minutes": 1})),
        (undone, Call("note", {"text": "the plumber comes"})),
    ):
        tool = ability(call.tool)
        assert tool is not None
        store.called(turn, call, tool.run(call, box))
    store.set_state(store.due("timer")[1].id, "rang")
    store.undone(undone)
    session.open(chat)
    shown = {turn.id: turn for turn in session.transcript}
    assert [call.code for call in shown[sums].calls] == ["sum"]
    assert [call.undo for call in shown[running].calls] == [True]
    assert [call.undo for call in shown[rang].calls] == [False]
    assert shown[undone].undone and shown[undone].calls
    assert shown[words].calls == ()
