"""A turn has one explanation: live, on the wire, as JSON and after its chat is opened again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from agent.codes import AgentCode
from agent.commands import COMMANDS, Command, Interrupt, Say
from agent.events import EVENTS, Asked, Reply, Sentence
from agent.memory.history import History
from agent.settings import Settings
from agent.types import Ended, Message, new_turn
from desktop.cli.ask import Outcome, as_json
from desktop.inspector.why_text import as_text
from desktop.processes.open_turns import OpenTurns
from desktop.session.chat import ShownTurn
from desktop.session.session import Session
from perception.messages import notice
from perception.types import Evidence, Where
from perception.wire import Codec
from safety.guard import Guard
from safety.policy_file import load_policy
from safety.registry import rule_names
from safety.types import Action, Change, Explanation
from tests.agent.test_laws import PICTURE, BlocksSecret
from tests.engines import InstantSink, ScriptedDialogue, Talk, engines

SHOWN = (Asked, Sentence, Reply)


QUESTION = "What does it say?"
ANSWERS = {
    "done": (QUESTION, ["It says PLATFORM 7 [1]. ", "Nothing else is there."]),
    "changed": (QUESTION, ["Write to jo@example.com or call. ", "It is PLATFORM 7."]),
    "blocked": (QUESTION, ["It says PLATFORM 7 [1]. ", "The SECRET is out. "]),
    "advised": ("I want to kill myself", ["I am here. ", "Talk to me."]),
    "failed": (QUESTION, ["It says PLATFORM 7 [1]. ", "And ", ""]),
    "interrupted": (QUESTION, ["It says PLATFORM 7 [1]. "] * 400),
}


def _talk(folder: Path, kind: str, answer: Sequence[str]) -> Talk:
    def script(messages: Sequence[Message]) -> Iterator[str]:
        for piece in answer:
            if not piece:
                raise RuntimeError("the model broke")
            yield piece

    spoken = kind == "interrupted"
    dialogue = ScriptedDialogue(script, pause=0.01 if spoken else 0.0)
    secret = Guard([BlocksSecret()], load_policy(None, rule_names()))
    guard = secret if kind == "blocked" else None
    parts = engines(folder, dialogue, lines=["PLATFORM 7"], guard=guard)
    sink = InstantSink(heard=1.0) if spoken else None
    return Talk(folder, parts, sink, Settings(speak_answers=spoken))


@pytest.mark.parametrize("kind", ANSWERS)
def test_what_is_shown_live_is_what_is_sent_kept_printed_and_shown_again(
    tmp_path: Path, kind: str
) -> None:
    words, answer = ANSWERS[kind]
    talk = _talk(tmp_path, kind, answer)
    told: list[Command] = []
    session = Session(lambda: talk.history, told.append, {})
    session.ask(words, PICTURE)
    say = told[-1]
    assert isinstance(say, Say)
    talk.conversation.send(say)
    if kind == "interrupted":
        talk.until(lambda e: isinstance(e, Sentence))
        talk.conversation.send(Interrupt(say.turn))
    reply = talk.reply(say.turn)
    codec = Codec(EVENTS)
    for event in talk.seen:
        if isinstance(event, SHOWN):
            session.handle_event(codec.decode(codec.encode(event)))  # type: ignore[arg-type]
    live = session.transcript.get(say.turn)
    again = Session(lambda: talk.history, told.append, {})
    again.open(talk.history.chats()[0].id)
    reopened = again.transcript.get(say.turn)
    talk.close()
    assert live is not None and reopened is not None
    assert reply.ended == kind.replace("changed", "done").replace("advised", "done")
    assert live.why == reopened.why == reply.why
    assert _shown(live) == _shown(reopened)
    printed = json.loads(as_json(Outcome(reply=reply)))["why"]
    assert msgspec.convert(printed, Explanation) == reply.why
    assert "".join(given.text for given in reply.why.sentences) == reply.text


def _shown(turn: ShownTurn) -> tuple[object, ...]:
    """All that the window shows of why."""
    assert turn.why is not None and turn.ended is not None
    text = as_text(turn.why, turn.ended, {})
    return text, turn.answer, turn.changes, turn.cited, turn.evidence, turn.ended


def test_each_change_is_in_it_once_with_what_else_can_be_had(tmp_path: Path) -> None:
    words, answer = ANSWERS["changed"]
    talk = _talk(tmp_path, "changed", [*answer, " Or to him@example.com. "])
    reply = talk.say(Say(new_turn(), None, words, PICTURE))
    changed = [
        event.verdict.why.change
        for event in talk.seen
        if isinstance(event, Sentence) and event.verdict.action is not Action.ALLOW
    ]
    talk.close()
    assert len(changed) == 2
    assert reply.why.changes == tuple(dict.fromkeys(changed))
    assert reply.why.change == changed[0]


def test_the_explanation_of_a_turn_that_a_crash_ended_is_the_same_from_both(
    tmp_path: Path,
) -> None:
    """The window tells it of a mind that is gone; the next mind writes it down."""
    seen = (Evidence(1, "text", "PLATFORM 7", Where("picture"), 0.9),)
    history = History(tmp_path / "history.db")
    chat = history.new_chat()
    history.begin("t", chat, "What does it say?")
    history.ground("t", "What does it say?", seen)
    history.answer("t", "It says ")
    open_turns = OpenTurns()
    open_turns.note_message(Say("t", chat, "What does it say?"))
    open_turns.note_message(Asked("t", chat, "What does it say?", None, seen, None))
    told = open_turns.fail("t", notice(AgentCode.MIND_STOPPED))
    history.end_open()
    [kept] = history.turns(chat)
    history.close()
    assert (kept.why, kept.ended) == (told.why, told.ended) and told.ended is Ended.FAILED
    assert told.why.evidence == seen


def test_an_account_from_before_there_were_changes_gets_its_own(tmp_path: Path) -> None:
    old = Explanation("A number was hidden.", (), (), "Ask for it.", "Say so.")
    history = History(tmp_path / "history.db")
    chat = history.new_chat()
    history.begin("t", chat, "?")
    history.end("t", "[hidden]", Ended.DONE, old)
    [kept] = history.turns(chat)
    history.close()
    change = Change("A number was hidden.", "Ask for it.", "Say so.")
    assert kept.why == replace(old, changes=(change,))


def test_a_question_that_travels_is_whole() -> None:
    codec = Codec(COMMANDS)
    say = Say("t", 1, "What does it say?", (b"picture",), "s")
    assert codec.decode(codec.encode(say)) == say
