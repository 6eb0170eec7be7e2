"""The mind as a process: answers over the wire, ends with its pipe, survives nonsense."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from agent.commands import COMMANDS, Close, Say
from agent.events import EVENTS, Asked, Closed, Event, Failed, Ready, Reply
from agent.settings import Settings, config_folder, save
from agent.types import Ended, new_turn
from perception.child import COULD_NOT_START
from perception.wire import Codec, receive, write_frame

Mind = subprocess.Popen[bytes]


@pytest.fixture
def mind(models: Callable[[str], Path]) -> Iterator[Mind]:
    models("smollm2-135m-instruct")
    small = replace(Settings(), dialogue_model="smollm2-135m-instruct", dialogue_engine="gguf")
    save(small, config_folder() / "settings.toml")
    process = subprocess.Popen(
        [sys.executable, "-m", "agent.process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )
    yield process
    process.kill()
    process.wait(10)
    for stream in (process.stdin, process.stdout):
        assert stream
        stream.close()


def _send(mind: Mind, command: object) -> None:
    write_frame(cast(BinaryIO, mind.stdin), Codec(COMMANDS).encode(command))


def _events(mind: Mind) -> Iterator[Event]:
    for event in receive(cast(BinaryIO, mind.stdout), Codec(EVENTS)):
        yield cast(Event, event)


def test_a_turn_over_the_wire(mind: Mind) -> None:
    turn = new_turn()
    _send(mind, Say(turn, None, "Say hello."))
    seen = list[Event]()
    for event in _events(mind):
        seen.append(event)
        if isinstance(event, Reply):
            _send(mind, Close())
    kinds = [type(event) for event in seen]
    replies = [event for event in seen if isinstance(event, Reply)]
    assert [(r.turn, r.ended) for r in replies] == [(turn, Ended.DONE)] and replies[0].text
    assert Ready in kinds and kinds.index(Asked) < kinds.index(Reply)
    assert isinstance(seen[-1], Closed) and mind.wait(30) == 0


def test_it_ends_when_the_window_is_gone(mind: Mind) -> None:
    assert mind.stdin
    next(_events(mind))
    mind.stdin.close()
    assert mind.wait(60) == 0


def test_nonsense_on_the_pipe_ends_it_in_order(mind: Mind) -> None:
    assert mind.stdin
    mind.stdin.write(struct.pack(">I", 4) + b"\xc1\xc1\xc1\xc1")
    mind.stdin.flush()
    assert mind.wait(60) == 0


def test_a_history_that_cannot_be_opened_is_told(models: Callable[[str], Path]) -> None:
    folder = config_folder()
    (folder / "history.db").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-m", "agent.process"],
        input=b"",
        capture_output=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    [event] = receive(io.BytesIO(done.stdout), Codec(EVENTS))
    assert done.returncode == COULD_NOT_START
    assert isinstance(event, Failed) and "is not a file" in event.message
