"""The way of a picture: it goes on the turn that begins next, and waits where none begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from agent.commands import Say
from agent.events import Asked, Failed, Reply
from agent.types import Ended, new_turn
from perception.audio.ipc.messages import SpeechBlock, TurnCancelled
from perception.hearing import NO_HINTS, Hints
from perception.picture import encode
from perception.types import Snapshot, Transcript, UserError, Utterance
from tests.engines import Talk, engines, scripted

PICTURE = encode(Snapshot(np.zeros((64, 64, 3), np.uint8), 0.0))
OTHER = encode(Snapshot(np.full((64, 64, 3), 200, np.uint8), 0.0))


def _spoken() -> Utterance:
    return Utterance(new_turn(), np.zeros(160, np.float32), 16000, 0.0, 0.0)


def _waits(*pictures: bytes) -> Say:
    return Say("", None, "", pictures)


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    made = Talk(tmp_path, engines(tmp_path, scripted("A sign."), lines=["PLATFORM 7"]))
    yield made
    made.close()


def _ask_aloud(talk: Talk, said: Utterance) -> Reply:
    talk.conversation.hear(said)
    return talk.reply(said.turn)


def _told(talk: Talk, turn: str) -> list[int]:
    """How many pictures the window is told to be on a turn."""
    asked = (event for event in talk.seen if isinstance(event, Asked))
    return [event.pictures for event in asked if event.turn == turn]


def test_pictures_go_with_the_next_spoken_question_and_with_no_other(talk: Talk) -> None:
    first, second = _spoken(), _spoken()
    talk.conversation.send(_waits(PICTURE))
    assert _ask_aloud(talk, first).ended is Ended.DONE
    assert _ask_aloud(talk, second).ended is Ended.DONE
    assert talk.history.pictures(first.turn) == [PICTURE]
    assert talk.history.pictures(second.turn) == []
    assert (_told(talk, first.turn), _told(talk, second.turn)) == ([1], [0])
    seen = [event.scene for event in talk.seen if isinstance(event, Asked)]
    assert [item.label for scene in seen if scene for item in scene.texts] == ["PLATFORM 7"]


def test_a_typed_question_has_its_own_and_leaves_those_that_wait(talk: Talk) -> None:
    typed, said = Say(new_turn(), None, "What is it?", (OTHER,)), _spoken()
    talk.conversation.send(_waits(PICTURE))
    talk.say(typed)
    _ask_aloud(talk, said)
    assert talk.history.pictures(typed.turn) == [OTHER]
    assert talk.history.pictures(said.turn) == [PICTURE]
    assert _told(talk, typed.turn) == [1]


def test_what_waits_is_what_was_told_last(talk: Talk) -> None:
    said = _spoken()
    talk.conversation.send(_waits(PICTURE))
    talk.conversation.send(_waits(PICTURE, OTHER))
    talk.conversation.send(_waits(OTHER))
    _ask_aloud(talk, said)
    assert talk.history.pictures(said.turn) == [OTHER]


def test_they_wait_on_where_what_was_said_is_withdrawn(talk: Talk) -> None:
    talk.conversation.send(_waits(PICTURE))
    withdrawn, said = new_turn(), _spoken()
    talk.conversation.follow(SpeechBlock(withdrawn, np.zeros(1600, np.float32), 16000, 0.0))
    talk.conversation.follow(TurnCancelled(withdrawn))
    _ask_aloud(talk, said)
    assert talk.history.pictures(said.turn) == [PICTURE]
    assert talk.history.turn(withdrawn) is None


def test_they_wait_on_where_no_words_were_heard(tmp_path: Path) -> None:
    heard = iter(["", "what is this"])

    class Once:
        name = device = "once"

        def hear(self, utterance: Utterance, hints: Hints = NO_HINTS) -> Iterator[Transcript]:
            yield Transcript(next(heard), "en", 0.9, (), True)

    parts = engines(tmp_path, scripted("A sign."), lines=["PLATFORM 7"])
    talk = Talk(tmp_path, replace(parts, hearing=Once))
    talk.conversation.send(_waits(PICTURE))
    silent, said = _spoken(), _spoken()
    assert _ask_aloud(talk, silent).ended is Ended.FAILED
    assert any(isinstance(event, Failed) and event.turn == silent.turn for event in talk.seen)
    assert _told(talk, silent.turn) == [], "the window keeps them"
    assert _ask_aloud(talk, said).ended is Ended.DONE
    assert talk.history.pictures(said.turn) == [PICTURE]
    talk.close()


def test_one_that_comes_while_the_words_are_recognised_reaches_the_turn(tmp_path: Path) -> None:
    class Late:
        name = device = "late"

        def hear(self, utterance: Utterance, hints: Hints = NO_HINTS) -> Iterator[Transcript]:
            late.conversation.send(_waits(PICTURE))
            yield Transcript("what is this", "en", 0.9, (), True)

    parts = engines(tmp_path, scripted("A sign."), lines=["PLATFORM 7"])
    late = Talk(tmp_path, replace(parts, hearing=Late))
    said = _spoken()
    assert _ask_aloud(late, said).ended is Ended.DONE
    assert late.history.pictures(said.turn) == [PICTURE]
    late.close()


def test_they_are_in_the_next_mind_where_one_crashed_before_the_words_were_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ears give what was said again, and the window what waits: in whichever order."""
    said = _spoken()
    first = Talk(tmp_path, engines(tmp_path, scripted("A sign."), lines=["PLATFORM 7"]))
    monkeypatch.setattr(first.history, "begin", _full_disk)
    first.conversation.send(_waits(PICTURE))
    assert _ask_aloud(first, said).ended is Ended.FAILED
    first.close()
    second = Talk(tmp_path, engines(tmp_path, scripted("A sign."), lines=["PLATFORM 7"]))
    second.conversation.send(_waits(PICTURE))
    assert _ask_aloud(second, said).ended is Ended.DONE
    assert second.history.pictures(said.turn) == [PICTURE]
    second.close()


def _full_disk(*args: object) -> None:
    raise UserError.plain("The disk is full.", "Make room.")
