"""Kills of mind, ears, window and `chat` at any moment: what was sent is on disk afterwards."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from agent.memory.history import History
from agent.settings import Settings, save
from desktop.session.journal import Journal
from tests.faults.conftest import Record, Tries

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
ROOT = Path(__file__).parents[2]
_PATIENCE = 120.0


@dataclass
class Running:
    """A process under attack; a thread keeps what it says."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self.changed:
                self.lines.append(line.strip())
                self.changed.notify_all()
        with self.changed:
            self.lines.append("end")
            self.changed.notify_all()

    def words(self, what: str) -> list[list[str]]:
        return [line.split()[1:] for line in self.lines if line.split()[:1] == [what]]

    def until(self, what: str) -> None:
        with self.changed:
            done = self.changed.wait_for(
                lambda: self.words(what) or self.lines[-1:] == ["end"], _PATIENCE
            )
        assert done, f"it hangs before {what!r}: {self.lines}"


@contextlib.contextmanager
def _running(home: Path, *words: str) -> Iterator[Running]:
    environment = {**os.environ, "CANDOR_HOME": str(home), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env=environment,
    )
    assert process.stdin and process.stdout
    running = Running(process)
    reader = threading.Thread(target=running.read, daemon=True)
    reader.start()
    try:
        yield running
    finally:
        process.kill()
        process.wait()
        reader.join(_PATIENCE)
        process.stdin.close()
        process.stdout.close()


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _gone(pids: list[int]) -> None:
    """The children end by themselves where their window is gone."""
    alive = [psutil.Process(pid) for pid in pids if pid and psutil.pid_exists(pid)]
    _, left = psutil.wait_procs(alive, _PATIENCE)
    assert not left, "orphans"


def _missing(home: Path, turns: list[str]) -> int:
    """How many of the turns are neither in the history nor waiting to be asked again."""
    history = History(home / "history.db")
    assert history.take_saved() is None, "a kill damages no history"
    unsent = {say.turn for say in Journal(home / "unsent").left()}
    lost = sum(history.turn(turn) is None and turn not in unsent for turn in turns)
    history.close()
    return lost


def _wait(window: Running, real: bool, dice: random.Random) -> None:
    """Up to any moment: in the middle of a turn, or anywhere from the first question on."""
    if real or dice.random() < 0.5:
        window.until("asked")
        time.sleep(dice.random() * 0.4)
    else:
        window.until("sent")
        time.sleep(dice.random() * 1.5)


def _driver(real: bool) -> tuple[str, ...]:
    return "tests.faults.killed_window", "real" if real else "scripted", "2"


def _window(home: Path, real: bool, dice: random.Random) -> int:
    with _running(home, *_driver(real)) as window:
        _wait(window, real, dice)
        _kill(window.process.pid)
        window.until("end")
        _gone([int(pid) for pids in window.words("pids") for pid in pids])
        return _missing(home, [turn for (turn,) in window.words("sent")])


def _child(home: Path, real: bool, dice: random.Random, which: int) -> int:
    with _running(home, *_driver(real)) as window:
        _wait(window, real, dice)
        _kill(int(window.words("pids")[-1][which]) or window.process.pid)
        window.until("end")
        window.process.wait(_PATIENCE)
        sent = [turn for (turn,) in window.words("sent")]
        replied = [turn for turn, _ in window.words("reply")]
        assert sorted(sent) == sorted(replied), "one reply to every turn"
        return _missing(home, sent)


def _mind(home: Path, real: bool, dice: random.Random) -> int:
    return _child(home, real, dice, 0)


def _ears(home: Path, real: bool, dice: random.Random) -> int:
    return _child(home, real, dice, 1)


def _chat(home: Path, real: bool, dice: random.Random) -> int:
    words = ("desktop", "chat") if real else ("tests.faults.scripted_process", "chat")
    database, end = home / "history.db", time.monotonic() + _PATIENCE
    with _running(home, *words) as chat:
        assert chat.process.stdin
        chat.process.stdin.write("What is a chat?\n")
        chat.process.stdin.flush()
        while not database.exists() and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(dice.random() * (3.0 if real else 1.5))
        answered = bool(chat.lines)
        _kill(chat.process.pid)
    history = History(database)
    assert history.take_saved() is None, "a kill damages no history"
    asked = [turn.asked for one in history.chats() for turn in history.turns(one.id)]
    history.close()
    return int(answered and asked != ["What is a chat?"])


_PLACES = {"window": (_window, 110), "mind": (_mind, 120), "ears": (_ears, 50), "chat": (_chat, 70)}
_REAL = {"window": 45, "mind": 75, "ears": 20, "chat": 50}

Attack = Callable[[Path, bool, random.Random], int]


@pytest.mark.parametrize("place", _PLACES)
def test_kills(place: str, tmp_path: Path, tries: Tries, record: Record) -> None:
    attack, most = _PLACES[place]
    many = tries(1, most)
    lost = 0
    for number in range(many):
        home = tmp_path / str(number)
        home.mkdir()
        lost += attack(home, False, random.Random(number))
    record(f"{place} killed", many, lost, "every question on disk or asked again")


@pytest.mark.skipif(os.environ.get("CANDOR_SOAK") != "1", reason="minutes of real models: soak")
@pytest.mark.parametrize("place", _REAL)
def test_kills_with_real_models(
    place: str, tmp_path: Path, models: Callable[[str], Path], record: Record
) -> None:
    models("smollm2-135m-instruct")
    attack, many, lost = _PLACES[place][0], _REAL[place], 0
    small = replace(Settings(), dialogue_model="smollm2-135m-instruct", dialogue_engine="gguf")
    for number in range(many):
        home = tmp_path / str(number)
        home.mkdir()
        save(small, home / "settings.toml")
        lost += attack(home, True, random.Random(number))
    record(f"{place} killed in mid-turn, real models", many, lost, "every question on disk")
