"""The trace: one line of JSON a message, from every process, readable and without its bytes."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import threading
from multiprocessing.connection import Pipe
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agent.commands import Say
from agent.events import Preview
from perception.audio.ipc.link import Link
from perception.audio.ipc.messages import EARS_TO_MIND, MIND_TO_EARS, Play, Received
from perception.trace import TRACE, begin_trace, traced
from perception.types import Box, Item, Quality, Scene, UserError
from perception.wire import Codec

_WRITER = """
import sys
from agent.commands import Interrupt
from perception.trace import traced
note = traced(lambda value: None, sys.argv[1], "desktop")
for number in range(300):
    note(Interrupt(f"{number} " + "x" * 2000))
"""


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


@pytest.fixture
def trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = begin_trace(tmp_path / "trace.jsonl")
    monkeypatch.setenv(TRACE, str(file))
    return file


def test_a_message_is_a_line_and_is_passed_on(trace: Path) -> None:
    got = list[object]()
    say = Say("t1", None, "What is it? 这是什么？", (b"\xff\xd8" * 50,))
    traced(got.append, "desktop", "mind")(say)
    [line] = lines(trace)
    assert got == [say] and line["at"] > 1e9
    assert (line["from"], line["to"], line["kind"]) == ("desktop", "mind", "Say")
    assert line["fields"]["text"] == "What is it? 这是什么？"
    assert line["fields"]["pictures"] == [{"bytes": 100}]


def test_sound_and_scenes_can_be_traced(trace: Path) -> None:
    item = Item("cup", Box(0.1, 0.2, 0.3, 0.4), 0.9, "objects")
    scene = Scene((), (item,), (), (), (), "", Quality(0.5, 90.0), 1.0)
    note = traced(lambda value: None, "mind", "desktop")
    note(Preview(b"jpeg", scene))
    note(Play("t", 0, np.zeros(480, np.float32), 24_000))
    preview, play = (line["fields"] for line in lines(trace))
    assert preview["jpeg"] == {"bytes": 4} and preview["scene"]["things"][0]["label"] == "cup"
    assert play["samples"] == {"bytes": 1920} and play["rate"] == 24_000


def test_without_a_file_nothing_stands_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TRACE, raising=False)
    got = list[object]()
    append = got.append
    assert traced(append, "desktop", "mind") is append


@pytest.mark.usefixtures("processes")
def test_processes_that_write_at_once_leave_whole_lines(trace: Path) -> None:
    command = [sys.executable, "-c", _WRITER]
    writers = [subprocess.Popen([*command, name]) for name in ("mind", "ears")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    senders = [line["from"] for line in lines(trace)]
    assert senders.count("mind") == senders.count("ears") == 300


def test_only_the_user_may_read_it_and_it_begins_empty(trace: Path) -> None:
    assert stat.S_IMODE(trace.stat().st_mode) == 0o600
    traced(lambda value: None, "desktop", "mind")(Received("t"))
    assert lines(trace) and not lines(begin_trace(trace))


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        begin_trace(tmp_path)


def test_one_end_of_the_link_traces_both_ways(trace: Path) -> None:
    codec = Codec((*MIND_TO_EARS, *EARS_TO_MIND))
    one, other = Pipe()
    came, ended = threading.Event(), threading.Event()
    mind = Link(one, codec, lambda value: None, ended.set, ("mind", "ears"))
    ears = Link(other, codec, lambda value: came.set(), lambda: None)
    mind.start()
    ears.start()
    mind.send(Received("t"))
    assert came.wait(10)
    ears.send(Received("u"))
    ears.close()
    assert ended.wait(10)
    told = {(line["from"], line["to"], line["fields"]["turn"]) for line in lines(trace)}
    assert ("mind", "ears", "t") in told
