"""Whatever thread breaks: one `Failed`, one `Reply` to every turn, and an end."""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from agent.commands import Close, Say, SetCamera
from agent.engines.loaded import Engines
from agent.events import Closed, Failed, Reply
from agent.types import Ended, new_turn
from perception.audio.ipc.messages import SpeechBlock, SpeechPaused
from perception.types import UserError, Utterance
from tests.engines import (
    InstantSink,
    Talk,
    engines,
    scripted,
)
from tests.faults.conftest import Record


class Broken(RuntimeError):
    """What is raised in a thread."""


def _raise(*_: object, **__: object) -> None:
    raise Broken


def _end(talk: Talk) -> list[Reply]:
    """Everything up to `Closed`; the replies."""
    talk.until(lambda event: isinstance(event, Closed), timeout=20)
    talk.conversation.join()
    return [event for event in talk.seen if isinstance(event, Reply)]


def _in_converse(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(talk.conversation._gate, "begin", _raise)
    return _say(talk)


def _in_converse_idle(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(talk.conversation, "_next", _raise)
    turn = _say(talk)
    talk.conversation._inbox.wake()
    return turn


def _in_listen(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(talk.conversation._following, "_heard", _raise)
    now = time.monotonic()
    sound = np.zeros(16000, np.float32)
    turn = new_turn()
    talk.conversation.follow(SpeechBlock(turn, sound, 16000, now - 1.0))
    talk.conversation.follow(SpeechPaused(turn, now))
    talk.conversation.hear(Utterance(turn, sound, 16000, now - 1.0, now))
    return turn


def _in_speak(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> str:
    assert talk.conversation._turns.speaker
    monkeypatch.setattr(talk.conversation._turns.speaker, "_fail", _raise)
    monkeypatch.setattr(talk.conversation._turns.speaker, "_speak", _raise)
    return _say(talk)


def _in_look(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(talk.conversation._sight, "_run", _raise)
    turn = _say(talk)
    talk.conversation.send(SetCamera("file:none.avi"))
    return turn


def _say(talk: Talk) -> str:
    turn = new_turn()
    talk.conversation.send(Say(turn, None, "Say hello."))
    return turn


_PLACES = (_in_converse, _in_converse_idle, _in_listen, _in_speak, _in_look)


@pytest.mark.parametrize("place", _PLACES, ids=lambda place: place.__name__)
def test_a_thread_that_breaks(
    place: Callable[[Talk, pytest.MonkeyPatch], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    record: Record,
) -> None:
    sink = InstantSink()
    talk = Talk(tmp_path, engines(tmp_path, scripted("Hello there.")), sink)
    talk.until(lambda event: type(event).__name__ == "Ready")
    with caplog.at_level(logging.ERROR):
        turn = place(talk, monkeypatch)
        replies = _end(talk)
        late = new_turn()
        talk.conversation.send(Say(late, None, "Anyone?"))
    failures = [event for event in talk.seen if isinstance(event, Failed)]
    assert [failed.message for failed in failures] == ["Something broke: Broken."]
    assert [reply.turn for reply in replies] == [turn]
    assert replies[0].ended is Ended.FAILED or place in (_in_look, _in_converse_idle)
    assert "Broken" in caplog.text and "Traceback" in caplog.text
    last = talk.events.get(timeout=5)
    while not isinstance(last, Reply):
        last = talk.events.get(timeout=5)
    assert (last.turn, last.ended) == (late, Ended.FAILED)
    typed = [late] if place is _in_listen else [turn, late]
    lost = sum(talk.history.turn(asked) is None for asked in typed)
    talk.history.close()
    record(f"a raise in a thread{place.__name__.replace('_', ' ')}", 1, lost, failures[0].message)


def _loads(folder: Path, error: Exception) -> Engines:
    def load() -> object:
        raise error

    return replace(engines(folder, scripted("Hello.")), dialogue=load)  # type: ignore[arg-type]


@pytest.mark.parametrize("error", [Broken(), UserError.plain("The model is gone.", "Fetch it.")])
def test_an_engine_that_does_not_load_fails_the_turn_alone(
    tmp_path: Path, error: Exception
) -> None:
    talk = Talk(tmp_path, _loads(tmp_path, error))
    assert talk.say(Say(new_turn(), None, "Hello?")).ended is Ended.FAILED
    assert talk.say(Say(new_turn(), None, "And now?")).ended is Ended.FAILED
    talk.close()


def test_questions_that_wait_when_it_is_closed_get_their_reply(tmp_path: Path) -> None:
    dialogue = scripted("word " * 200)
    dialogue.pause = 0.01
    talk = Talk(tmp_path, engines(tmp_path, dialogue))
    turns = [_say(talk) for _ in range(3)]
    talk.conversation.send(Close())
    replies = _end(talk)
    assert sorted(reply.turn for reply in replies) == sorted(turns)
    assert all(talk.history.turn(turn) for turn in turns)
    with pytest.raises(queue.Empty):
        talk.events.get(timeout=0.1)
    talk.history.close()
