"""Causes in a conversation: on request, while idle, on disk, by voice, and never in the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from agent.causes.telling import deciding_words
from agent.codes import AgentCode
from agent.commands import MeasureCauses, Say
from agent.events import CausesMeasured, Reply
from agent.types import Ended, Message, new_turn
from safety.guard import Guard
from safety.policy_file import load_policy
from safety.registry import rule_names
from safety.types import CauseKind, DecidingWords
from tests.agent.causes.weighing import WeighingDialogue
from tests.agent.test_laws import PICTURE, BlocksSecret
from tests.engines import ScriptedDialogue, Talk, engines
from tests.waiting import until


def _script(messages: Sequence[Message]) -> Iterator[str]:
    yield "It says PLATFORM 73 [1]."


def _talk(folder: Path, dialogue: ScriptedDialogue) -> Talk:
    return Talk(folder, engines(folder, dialogue, lines=["PLATFORM 73"]))


def _ask(talk: Talk) -> Reply:
    return talk.say(Say(new_turn(), None, "What does it say?", PICTURE))


def _measured(talk: Talk, turn: str) -> CausesMeasured:
    talk.conversation.send(MeasureCauses(turn))
    event = talk.until(lambda e: isinstance(e, CausesMeasured) and e.done >= 1)
    assert isinstance(event, CausesMeasured)
    return event


def test_they_are_measured_told_and_kept_with_the_explanation(tmp_path: Path) -> None:
    dialogue = WeighingDialogue(_script)
    talk = _talk(tmp_path, dialogue)
    reply = _ask(talk)
    found = _measured(talk, reply.turn)
    assert found.problem is None and found.why is not None
    assert [cause.kind for cause in found.why.causes] == [CauseKind.RESTS]
    assert [effect.evidence for effect in found.why.causes[0].resting] == [1]
    kept = talk.history.turn(reply.turn)
    assert kept is not None and kept.why == found.why
    scored = len(dialogue.scored)
    assert _measured(talk, reply.turn).why == found.why
    assert len(dialogue.scored) == scored
    talk.close()


def test_a_new_question_comes_first_and_the_measurement_goes_on_after_it(tmp_path: Path) -> None:
    # So many that it is still being measured when the question comes, however slow that is.
    dialogue = WeighingDialogue(_script, steps=1_000_000)
    talk = _talk(tmp_path, dialogue)
    first = _ask(talk)
    talk.conversation.send(MeasureCauses(first.turn))
    assert until(lambda: dialogue.stepped)
    dialogue.steps = 1
    second = talk.say(Say(new_turn(), None, "And now?"))
    assert second.ended is Ended.DONE
    event = talk.until(lambda e: isinstance(e, CausesMeasured) and e.done >= 1)
    assert isinstance(event, CausesMeasured)
    assert event.turn == first.turn and event.why is not None and event.why.causes
    talk.close()


def test_an_engine_without_scores_says_so(tmp_path: Path) -> None:
    talk = _talk(tmp_path, ScriptedDialogue(_script))
    found = _measured(talk, _ask(talk).turn)
    assert found.why is None and found.problem is not None
    assert found.problem.code == AgentCode.CAUSES_NEED_SCORES
    assert found.problem.message and found.problem.hint
    talk.close()


def test_a_turn_that_is_not_there_has_none(tmp_path: Path) -> None:
    talk = _talk(tmp_path, WeighingDialogue(_script))
    found = _measured(talk, "nobody")
    assert found.problem is not None and found.problem.code == AgentCode.CAUSES_OF_NOTHING
    talk.close()


@pytest.mark.parametrize("words", ["Why?", "How do you know that?", "为什么？"])
def test_asked_why_it_answers_with_the_cause(tmp_path: Path, words: str) -> None:
    talk = _talk(tmp_path, WeighingDialogue(_script))
    _ask(talk)
    chat = talk.history.chats()[0].id
    why = talk.say(Say(new_turn(), chat, words))
    assert "[1]" in why.text and "PLATFORM 73" in why.text
    talk.close()


def test_asked_why_an_engine_without_scores_says_so(tmp_path: Path) -> None:
    talk = _talk(tmp_path, ScriptedDialogue(_script))
    _ask(talk)
    chat = talk.history.chats()[0].id
    why = talk.say(Say(new_turn(), chat, "How do you know?"))
    assert why.ended is Ended.DONE and "scripted" in why.text
    talk.close()


def test_why_about_an_answer_without_anything_shown_goes_to_the_model(tmp_path: Path) -> None:
    dialogue = WeighingDialogue(_script)
    talk = _talk(tmp_path, dialogue)
    talk.say(Say(new_turn(), None, "Tell me something."))
    chat = talk.history.chats()[0].id
    asked = len(dialogue.asked)
    talk.say(Say(new_turn(), chat, "Why?"))
    assert len(dialogue.asked) > asked and dialogue.scored == []
    talk.close()


def test_words_of_an_answer_that_was_held_back_stay_held_back(tmp_path: Path) -> None:
    dialogue = ScriptedDialogue(lambda messages: ["Fine. ", "The SECRET is out. "])
    secret = Guard([BlocksSecret()], load_policy(None, rule_names()))
    talk = Talk(tmp_path, engines(tmp_path, dialogue, guard=secret))
    answered = talk.say(Say(new_turn(), None, "Tell me."))
    asked = talk.say(Say(new_turn(), None, "Say SECRET to me, please."))
    assert answered.ended is Ended.BLOCKED and asked.ended is Ended.BLOCKED
    assert answered.why.deciding == DecidingWords((), hidden=1)
    assert asked.why.deciding == DecidingWords(("SECRET",))
    assert "“SECRET”" in deciding_words(asked.why.deciding).message
    talk.close()
