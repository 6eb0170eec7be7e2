"""What needs no model is answered while the model loads, and a following question never cuts it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from agent.commands import Apply, Say
from agent.conversation import Conversation
from agent.dialogue import Dialogue
from agent.events import Asked, AssistantState, Ready, Reply, Sentence
from agent.types import Ended, Phase
from tests.engines import InstantSink, ScriptedDialogue, Talk, engines, scripted

NOW = datetime(2027, 3, 16, 14, 5)


class Loading:
    """A model that is loaded only when the test says so."""

    def __init__(self, model: ScriptedDialogue) -> None:
        self.model, self.there, self.asked = model, threading.Event(), 0

    def __call__(self) -> Dialogue:
        self.asked += not self.there.is_set()
        assert self.there.wait(30)
        return self.model


@pytest.fixture
def loading() -> Iterator[Loading]:
    load = Loading(scripted("The model answers."))
    yield load
    load.there.set()


def _talk(tmp_path: Path, load: Loading, sink: InstantSink | None = None) -> Talk:
    parts = replace(engines(tmp_path, load.model), dialogue=load, ready=load.there.is_set)
    return Talk(tmp_path, parts, sink, now=lambda: NOW)


def test_a_timer_is_answered_while_the_model_loads(tmp_path: Path, loading: Loading) -> None:
    talk = _talk(tmp_path, loading)
    talk.say(Say("0", None, "What's 2 + 2?"))
    reply = talk.say(Say("1", 1, "Set a timer for 12 minutes"))
    assert reply.ended is Ended.DONE
    assert reply.text.startswith("Your timer for 12 minutes is running")
    assert reply.timings_ms["first_sentence"] < 300
    talk.until(lambda event: isinstance(event, AssistantState) and event.phase is Phase.LOADING)
    loading.there.set()
    talk.until(lambda event: isinstance(event, Ready))
    assert talk.say(Say("2", 1, "Tell me something")).text.strip() == "The model answers."
    assert "Set a timer for 12 minutes" in loading.model.asked[-1][3].text
    talk.close()


def test_where_it_runs_is_told_before_the_answer_that_waited_for_it(
    tmp_path: Path, loading: Loading
) -> None:
    talk = _talk(tmp_path, loading)
    talk.conversation.send(Say("1", None, "Tell me something"))
    talk.until(lambda event: isinstance(event, AssistantState) and event.phase is Phase.LOADING)
    loading.there.set()
    talk.reply("1")
    kinds = [type(event) for event in talk.seen]
    assert kinds.index(Ready) < kinds.index(Sentence)
    assert kinds.count(Ready) == 1
    talk.close()


def test_the_question_behind_it_does_not_cut_it(tmp_path: Path, loading: Loading) -> None:
    talk = _talk(tmp_path, loading)
    for number, words in enumerate(("Set a timer for 12 minutes", "Tell me something")):
        talk.conversation.send(Say(str(number), None, words))
    first = talk.until(lambda event: isinstance(event, Reply))
    loading.there.set()
    second = talk.until(lambda event: isinstance(event, Reply))
    assert isinstance(first, Reply) and isinstance(second, Reply)
    assert (first.turn, first.ended) == ("0", Ended.DONE)
    assert first.text.startswith("Your timer for 12 minutes is running")
    assert second.text.strip() == "The model answers."
    talk.close()


def test_a_wish_passes_a_question_that_waits_for_the_model(
    tmp_path: Path, loading: Loading
) -> None:
    talk = _talk(tmp_path, loading)
    talk.conversation.send(Say("1", None, "Tell me something"))
    talk.until(lambda event: isinstance(event, AssistantState) and event.phase is Phase.LOADING)
    reply = talk.say(Say("2", None, "Set a timer for 12 minutes"))
    assert reply.text.startswith("Your timer for 12 minutes is running")
    assert [event.turn for event in talk.seen if isinstance(event, Asked)] == ["1", "2"]
    ended = [(e.turn, e.ended) for e in talk.seen if isinstance(e, Reply)]
    assert ended == [("1", Ended.INTERRUPTED), ("2", Ended.DONE)]
    talk.close()


def test_settings_that_change_meanwhile_load_no_second_model(
    tmp_path: Path, loading: Loading
) -> None:
    talk = _talk(tmp_path, loading)
    talk.say(Say("1", None, "What's 2 + 2?"))
    talk.conversation.send(Apply())
    talk.say(Say("2", 1, "What's 3 + 3?"))
    loading.there.set()
    talk.until(lambda event: isinstance(event, Ready))
    assert loading.asked == 1
    talk.close()


def test_a_typed_question_ends_the_voice_and_not_the_answer(
    tmp_path: Path, loading: Loading
) -> None:
    loading.there.set()
    talk = _talk(tmp_path, loading, InstantSink(heard=0.05))
    talk.conversation.send(Say("1", None, "Set a timer for 12 minutes"))
    talk.until(lambda event: event == AssistantState(Phase.SPEAKING, "1"))
    talk.conversation.send(Say("2", None, "What's 2 + 2?"))
    first = talk.until(lambda event: isinstance(event, Reply))
    assert isinstance(first, Reply)
    assert (first.turn, first.ended) == ("1", Ended.DONE)
    assert first.text.startswith("Your timer for 12 minutes is running")
    talk.close()


def test_a_question_beside_the_wish_waits_and_the_wish_does_not(
    tmp_path: Path, loading: Loading
) -> None:
    talk = _talk(tmp_path, loading)
    talk.conversation.send(Say("1", None, "Set a timer for 5 minutes. What is a soft egg?"))
    told = talk.until(lambda event: isinstance(event, Sentence))
    assert isinstance(told, Sentence) and "Your timer for 5 minutes is running" in told.text
    assert not loading.there.is_set()
    loading.there.set()
    reply = talk.until(lambda event: isinstance(event, Reply))
    assert isinstance(reply, Reply) and reply.text.rstrip().endswith("The model answers.")
    assert loading.model.asked[-1][-1].text.startswith("What is a soft egg?")
    talk.close()


def test_of_two_questions_that_wait_the_later_one_is_answered(
    tmp_path: Path, loading: Loading, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = threading.Event()
    start_turns = Conversation._start
    monkeypatch.setattr(Conversation, "_start", lambda own: (both.wait(30), start_turns(own)))
    talk = _talk(tmp_path, loading)
    talk.conversation.send(Say("1", None, "Tell me something"))
    talk.conversation.send(Say("2", None, "Set a timer for 12 minutes"))
    both.set()
    assert talk.reply("2").text.startswith("Your timer for 12 minutes is running")
    assert [event.turn for event in talk.seen if isinstance(event, Asked)] == ["1", "2"]
    ended = [(e.turn, e.ended) for e in talk.seen if isinstance(e, Reply)]
    assert ended == [("1", Ended.INTERRUPTED), ("2", Ended.DONE)]
    talk.close()
