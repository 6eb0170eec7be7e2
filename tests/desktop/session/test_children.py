"""Children: started, linked, restarted, and ended without a trace."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import psutil  # type: ignore[import-untyped]
import pytest
from pytestqt.qtbot import QtBot

from agent.commands import OpenChat, Say, SetCamera
from agent.events import Asked, AssistantState, Reply, Sentence
from agent.types import Ended
from desktop.processes.dispatch import run_child
from desktop.session import children as children_module
from desktop.session.children import (
    Children,
    GaveUp,
    Restarting,
    Stalled,
)
from perception.audio.ipc.messages import (
    ChooseDevices,
    Devices,
    Listen,
    Mode,
    Mute,
    SetMic,
    Trouble,
)
from perception.child_command import child_command
from perception.messages import plain
from perception.trace import TRACE

ACTOR = Path(__file__).parents[1] / "children_actor.py"
ROOT = ACTOR.parents[2]


Start: TypeAlias = Callable[..., tuple[Children, list[object]]]


class Clock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def start(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, processes: None
) -> Iterator[Callable[..., tuple[Children, list[object]]]]:
    monkeypatch.setattr(children_module, "_BACKOFF_SECONDS", (0.05, 0.05))
    made = list[Children]()

    def begin(manner: str, clock: Clock | None = None) -> tuple[Children, list[object]]:
        def command(module: str) -> list[str]:
            return [sys.executable, str(ACTOR), module, manner, str(tmp_path / "notes")]

        children = Children(tmp_path / "logs", command, clock or Clock())
        made.append(children)
        seen = list[object]()
        children.arrived.connect(seen.append)
        children.start()
        return children, seen

    yield begin
    for children in made:
        children.close()


def _replies(seen: list[object]) -> list[Reply]:
    return [event for event in seen if isinstance(event, Reply)]


def test_a_question_goes_to_the_mind_and_its_answer_comes_back(qtbot: QtBot, start: Start) -> None:
    children, seen = start("answer")
    children.tell_mind(Say("t1", None, "hello"))
    qtbot.waitUntil(lambda: bool(_replies(seen)), timeout=10_000)
    kinds = [type(event) for event in seen if not isinstance(event, (AssistantState, Devices))]
    assert kinds == [Asked, Sentence, Reply]
    children.tell_ears(SetMic(True))
    qtbot.waitUntil(lambda: Trouble(plain("mic True", "")) in seen, timeout=10_000)


def test_a_trace_holds_what_the_window_tells_and_is_told(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TRACE, str(tmp_path / "trace.jsonl"))
    children, seen = start("answer")
    children.tell_mind(Say("t1", None, "hello", (b"picture",)))
    children.tell_ears(SetMic(True))
    qtbot.waitUntil(lambda: bool(_replies(seen)), timeout=10_000)
    qtbot.waitUntil(lambda: Trouble(plain("mic True", "")) in seen, timeout=10_000)
    told = [json.loads(line) for line in (tmp_path / "trace.jsonl").read_text().splitlines()]
    ways = {(line["from"], line["to"], line["kind"]) for line in told}
    assert {("desktop", "mind", "Say"), ("mind", "desktop", "Reply")} <= ways
    assert {("desktop", "ears", "SetMic"), ("ears", "desktop", "Trouble")} <= ways


def test_both_children_get_the_same_private_address_and_key(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    children, _ = start("answer")
    notes = tmp_path / "notes"
    qtbot.waitUntil(lambda: notes.exists() and notes.read_text().count("\n") >= 2, timeout=10_000)
    lines = [line.split() for line in notes.read_text().splitlines()[:2]]
    assert {line[0] for line in lines} == {"agent.process", "perception.audio.process"}
    assert lines[0][2] == lines[1][2]
    assert lines[0][3] == "64"
    if sys.platform != "win32":
        folder = Path(lines[0][2]).parent
        assert folder.stat().st_mode & 0o777 == 0o700
        children.close()
        assert not folder.exists()


def test_a_crash_gives_the_open_turn_its_one_reply_and_the_next_turn_works(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    children, seen = start("crash")
    children.tell_mind(SetCamera("file:clip.avi"))
    children.tell_mind(Say("t1", None, "crash"))
    qtbot.waitUntil(lambda: bool(_replies(seen)), timeout=10_000)
    children.tell_mind(Say("t2", None, "go on"))
    qtbot.waitUntil(lambda: len(_replies(seen)) == 2, timeout=10_000)
    first, second = _replies(seen)
    assert (first.turn, first.text, first.ended) == ("t1", "So far. ", Ended.FAILED)
    assert (second.turn, second.ended) == ("t2", Ended.DONE)
    assert Restarting("mind") in seen
    notes = (tmp_path / "notes").read_text()
    after = notes.rsplit("agent.process", 1)[1]
    assert repr(OpenChat(7)) in after, "the new mind goes on with the chat that was open"
    assert repr(SetCamera("file:clip.avi")) in after
    assert "turn='t1'" not in after, "what may have crashed it is not sent again"


def test_pictures_that_wait_for_a_spoken_turn_wait_in_the_next_mind_too(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    children, seen = start("crash")
    waits = Say("", None, "", (b"a label",))
    children.tell_mind(Say("", None, "", (b"another",)))
    children.tell_mind(waits)
    children.tell_mind(Say("t1", None, "crash"))
    qtbot.waitUntil(lambda: Restarting("mind") in seen, timeout=10_000)
    notes = tmp_path / "notes"
    qtbot.waitUntil(lambda: notes.read_text().count(repr(waits)) == 2, timeout=10_000)
    after = notes.read_text().rsplit("agent.process", 1)[1]
    assert "another" not in after, "only what waits now is told again"
    assert [reply.turn for reply in _replies(seen)] == ["t1"], "it is no question of its own"
    assert not list((tmp_path / "unsent").glob("*")), "nor one that was left unsent"


def test_new_ears_are_told_what_holds(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    children, seen = start("answer")
    listen = Listen(Mode.OPEN, "alexa", 2.0, "/models")
    for standing in (ChooseDevices("USB", ""), Listen(Mode.TAP, "", 0.0, ""), listen, Mute(True)):
        children.tell_ears(standing)
    children.tell_ears(SetMic(True))
    children.tell_ears(SetMic(False, discard=True))
    qtbot.waitUntil(lambda: Restarting("ears") in seen, timeout=10_000)
    notes = tmp_path / "notes"
    told = (repr(ChooseDevices("USB", "")), repr(listen), repr(Mute(True)))
    qtbot.waitUntil(
        lambda: all(notes.read_text().count(message) == 2 for message in told), timeout=10_000
    )
    after = notes.read_text().rsplit("perception.audio.process", 1)[1]
    assert repr(SetMic(True)) not in after, "what was being said is over"
    assert "Mode.TAP" not in after


def test_a_mind_that_dies_again_and_again_is_given_up_with_a_message(
    qtbot: QtBot, start: Start
) -> None:
    children, seen = start("crash_always")
    qtbot.waitUntil(lambda: any(isinstance(e, GaveUp) for e in seen), timeout=10_000)
    assert seen.count(Restarting("mind")) == 2
    children.tell_mind(Say("t1", None, "anyone?"))
    assert [reply.ended for reply in _replies(seen)] == [Ended.FAILED]


def test_nonsense_on_the_wire_counts_as_a_crash(qtbot: QtBot, start: Start) -> None:
    children, seen = start("noise")
    children.tell_mind(Say("t1", None, "hello"))
    qtbot.waitUntil(lambda: bool(_replies(seen)), timeout=10_000)
    assert _replies(seen)[0].ended is Ended.FAILED


def test_a_silent_mind_is_not_killed_but_offered_a_restart(qtbot: QtBot, start: Start) -> None:
    clock = Clock()
    children, seen = start("hang", clock)
    children.tell_mind(Say("t1", None, "hello"))
    qtbot.waitUntil(lambda: any(isinstance(e, Sentence) for e in seen), timeout=10_000)
    clock.now = children_module.SILENT_SECONDS - 1
    children._watch()
    assert not any(isinstance(event, Stalled) for event in seen)
    clock.now += 2
    children._watch()
    children._watch()
    assert seen.count(Stalled("t1")) == 1
    assert not _replies(seen)
    children.revive("mind")
    qtbot.waitUntil(lambda: bool(_replies(seen)), timeout=10_000)
    assert _replies(seen)[0].ended is Ended.FAILED


@pytest.mark.parametrize("manner", ["answer", "hang", "deaf"])
def test_closing_leaves_no_process_and_no_thread(qtbot: QtBot, start: Start, manner: str) -> None:
    before = set(threading.enumerate())
    children, seen = start(manner)
    qtbot.waitUntil(lambda: any(isinstance(e, AssistantState) for e in seen), timeout=10_000)
    if manner == "hang":
        children.tell_mind(Say("t1", None, "hello"))
        qtbot.waitUntil(lambda: any(isinstance(e, Sentence) for e in seen), timeout=10_000)
    pids = children.pids()
    assert set(pids) == {"mind", "ears"}
    children.close()
    assert not any(psutil.pid_exists(pid) for pid in pids.values())
    assert set(threading.enumerate()) <= before


def test_a_frozen_build_starts_itself_with_a_flag(monkeypatch: pytest.MonkeyPatch) -> None:
    assert child_command("agent.process") == [sys.executable, "-m", "agent.process"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    flag = child_command("agent.process")[1]
    assert flag.startswith("--")
    assert run_child([flag, "os"]) is False, "nothing else may be started this way"
    assert run_child(["ask", "hello"]) is False


@pytest.mark.usefixtures("processes")
def test_children_end_when_the_window_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from desktop.session.children import Children; app = QCoreApplication([]);"
        f"c = Children(Path({str(tmp_path)!r}), lambda m: [sys.executable, {str(ACTOR)!r}, m,"
        f" 'answer', {str(tmp_path / 'notes')!r}]); c.start();"
        "print(*c.pids().values(), flush=True); time.sleep(60)"
    )
    import subprocess

    window = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert window.stdout is not None
    pids = [int(word) for word in window.stdout.readline().split()]
    assert len(pids) == 2
    processes = [psutil.Process(pid) for pid in pids]
    window.kill()
    window.wait()
    window.stdout.close()
    _, alive = psutil.wait_procs(processes, timeout=10)
    assert not alive
