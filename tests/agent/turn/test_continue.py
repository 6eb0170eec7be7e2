"""Silence and Continue: what was shown stays, and what goes on stays one answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.codes import AgentCode
from agent.commands import Continue, Interrupt, OpenChat, Say, Silence
from agent.events import Reply, Sentence
from agent.memory.history import PRIVATE, History, StoredTurn
from agent.turn.context import continued
from agent.types import Ended, new_turn
from safety.types import Change, Explanation, Finding, GivenSentence
from tests.engines import InstantSink, Talk, engines, scripted
from tests.waiting import until


@pytest.fixture
def talks() -> Iterator[list[Talk]]:
    """What was opened is closed."""
    opened = list[Talk]()
    yield opened
    for talk in opened:
        talk.close()


def test_silence_ends_the_voice_and_not_the_writing(tmp_path: Path, talks: list[Talk]) -> None:
    dialogue = replace(scripted(_many(20)), pause=0.01)
    sink = InstantSink(heard=0.3)
    talk = Talk(tmp_path, engines(tmp_path, dialogue), sink)
    talks.append(talk)
    turn = new_turn()
    talk.conversation.send(Say(turn, None, "count"))
    assert until(lambda: len(sink.sentences) >= 2)
    talk.conversation.send(Silence(turn))
    reply = talk.reply(turn)
    assert reply.ended is Ended.DONE and sink.flushed
    assert reply.text.count("here") == 20
    assert reply.why.read_aloud is not None and reply.why.read_aloud < len(reply.text) / 2
    spoken = len(sink.sentences)
    following = new_turn()
    talk.conversation.send(Say(following, None, "count"))
    assert until(lambda: len(sink.sentences) > spoken), "the next is read aloud"
    talk.conversation.send(Silence(following))
    talk.reply(following)


def test_what_was_shown_stays_when_the_writing_is_stopped(
    tmp_path: Path, talks: list[Talk]
) -> None:
    dialogue = replace(scripted(_many(200)), pause=0.01)
    talk = Talk(tmp_path, engines(tmp_path, dialogue), InstantSink(heard=0.2))
    talks.append(talk)
    turn = new_turn()
    talk.conversation.send(Say(turn, None, "count"))
    talk.until(lambda e: isinstance(e, Sentence) and e.index == 5, 20)
    talk.conversation.send(Interrupt(turn))
    reply = talk.reply(turn)
    shown = "".join(e.text for e in talk.seen if isinstance(e, Sentence))
    assert reply.text == shown and reply.ended is Ended.INTERRUPTED
    kept = talk.history.turn(turn)
    assert kept is not None and kept.reply == shown


def test_an_answer_at_its_limit_is_continued_as_one(tmp_path: Path, talks: list[Talk]) -> None:
    dialogue = scripted("It begins here and")
    dialogue.ended = "length"
    talk = Talk(tmp_path, engines(tmp_path, dialogue))
    talks.append(talk)
    first = talk.say(Say(new_turn(), None, "a story"))
    assert AgentCode.ANSWER_CUT_LONGEST in [note.code for note in first.why.notes]
    dialogue.ended = "stop"
    dialogue.script = lambda messages: ["goes ", "on."]
    seen = len([e for e in talk.seen if isinstance(e, Reply)])
    talk.conversation.send(Continue(first.turn))
    talk.until(lambda e: isinstance(e, Reply) and len(_replies(talk)) > seen)
    second = _replies(talk)[-1]
    assert second.text == "It begins here and goes on."
    assert AgentCode.ANSWER_CUT_LONGEST not in [note.code for note in second.why.notes]
    assert dialogue.asked[-1][-1].role == "assistant"
    assert dialogue.asked[-1][-1].text == first.text
    [kept] = talk.history.turns(talk.history.chats()[0].id)
    assert kept.reply == second.text and kept.ended is Ended.DONE


def test_what_was_known_of_the_beginning_is_still_known() -> None:
    told = Change("A number was hidden.", "Ask for it.", "", noted=False)
    found = Finding("grounding", "unseen", None, 0.9, 0.5, "not in the picture")
    begun = (GivenSentence("A dog [1]. ", 0.9, (1,)), GivenSentence("A cat.", 0.5, (1,), True))
    why = Explanation(told.headline, (found,), (), told.alternative, "", (), (told,), begun)
    kept = StoredTurn(
        "t", 1, "what is it", "what is it", (), "A dog [1]. A cat.", Ended.DONE, why, 0.0
    )
    turn = continued(kept)
    again = turn.why(turn.text())
    assert turn.text() == kept.reply and turn.begun == len(kept.reply)
    assert (again.sentences, again.changes, again.findings) == (begun, (told,), (found,))
    older = continued(replace(kept, why=replace(why, sentences=())))
    assert older.text() == kept.reply and len(older.sentences) == 1


def test_a_private_chat_is_nowhere_on_disk(tmp_path: Path, talks: list[Talk]) -> None:
    dialogue = scripted("A secret answer.")
    talk = Talk(tmp_path, engines(tmp_path, dialogue))
    talks.append(talk)
    talk.conversation.send(OpenChat(PRIVATE))
    talk.say(Say(new_turn(), PRIVATE, "my zebra secret"))
    second = talk.say(Say(new_turn(), PRIVATE, "and what did I say?"))
    assert second.text and "zebra" in "".join(m.text for m in dialogue.asked[-1])
    kept = History(tmp_path / "history.db")
    assert kept.chats() == [] and kept.search("zebra") == []
    kept.close()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert b"zebra" not in data and b"secret answer" not in data, file
    talk.conversation.send(OpenChat(None))
    talk.say(Say(new_turn(), None, "something else"))
    assert talk.history.turns(PRIVATE) == []
    assert "zebra" not in "".join(m.text for m in dialogue.asked[-1])


def _many(count: int) -> str:
    return " ".join(f"The number {n} stands here." for n in range(count))


def _replies(talk: Talk) -> list[Reply]:
    return [event for event in talk.seen if isinstance(event, Reply)]
