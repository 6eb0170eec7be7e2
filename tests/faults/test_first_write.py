"""The first write that fails is told, and nobody waits for ever."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from agent.commands import Say
from agent.events import Failed
from agent.memory.history import History
from agent.settings import (
    Settings,
    config_folder,
    data_folder,
    save,
)
from agent.types import Ended, new_turn
from perception.types import UserError
from tests.engines import Talk, engines, scripted
from tests.faults.conftest import Record

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes and limits of POSIX")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the place of the history; `limit` is the largest file, in bytes."""

    limit: int | None = None


@pytest.fixture
def home() -> Path:
    small = replace(Settings(), dialogue_model="smollm2-135m-instruct", dialogue_engine="gguf")
    save(small, config_folder() / "settings.toml")
    return data_folder()


def _locked(home: Path) -> Iterator[Fault]:
    History(home / "history.db").close()
    with closing(sqlite3.connect(home / "history.db", isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("UPDATE chats SET updated = updated")
        yield Fault()


def _a_folder(home: Path) -> Iterator[Fault]:
    (home / "history.db").mkdir()
    yield Fault()


def _full(home: Path) -> Iterator[Fault]:
    History(home / "history.db").close()
    yield Fault(limit=4096)


_FAULTS = ((_locked, "ask"), (_a_folder, "chat"), (_full, "ask"))


def _limited(limit: int | None) -> None:
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def _run(
    words: list[str], fault: Fault, home: Path, said: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "CANDOR_HOME": str(home), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", *words],
        input=said,
        capture_output=True,
        timeout=120,
        check=False,
        cwd=ROOT,
        env=environment,
        preexec_fn=partial(_limited, fault.limit),
    )


@pytest.mark.parametrize(("make", "command"), _FAULTS, ids=("locked", "a folder", "full"))
def test_a_command_says_so_and_ends(
    make: Callable[[Path], Iterator[Fault]], command: str, home: Path, record: Record
) -> None:
    faults = make(home)
    words = ["desktop", "chat"] if command == "chat" else ["desktop", "ask", "Say hello."]
    done = _run(words, next(faults), home, b"Say hello.\n" if command == "chat" else b"")
    next(faults, None)
    said = done.stderr.decode()
    assert done.returncode == 1, said
    assert "Traceback" not in said and str(home) in said, said
    first = said.splitlines()[0].replace(str(home), "…")
    record(f"first write: {make.__name__.strip('_').replace('_', ' ')}", 1, 0, first)


def test_a_folder_that_may_only_be_read_is_told(home: Path, record: Record) -> None:
    History(home / "history.db").close()
    for path in (home, *home.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    shut = os.geteuid() == 0  # root is let in everywhere
    for folder in home.parents if shut else ():
        if folder.stat().st_mode & 0o005 != 0o005:
            folder.chmod(0o755)
    if shut:
        os.seteuid(65534)
    try:
        with pytest.raises(UserError, match="cannot be opened or written") as told:
            History(home / "history.db").new_chat()
    finally:
        if shut:
            os.seteuid(0)
        home.chmod(0o700)
    said = told.value.message.replace(str(home), "…")
    record("first write: a folder that may only be read", 1, 0, said)


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Talk:
    monkeypatch.setattr("agent.memory.history_file._PATIENCE", 0.05)
    return Talk(tmp_path / "home", engines(tmp_path, scripted("Hello there.")))


def test_a_lock_that_comes_later_fails_the_turn_and_no_other(talk: Talk, record: Record) -> None:
    assert talk.say(Say(new_turn(), None, "Say hello.")).ended is Ended.DONE
    with closing(sqlite3.connect(talk.history.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        turn = new_turn()
        reply = talk.say(Say(turn, None, "And now?"))
    assert (reply.ended, talk.replies(turn)) == (Ended.FAILED, 1)
    assert "locked by another program" in reply.why.message
    assert talk.say(Say(new_turn(), None, "And now?")).ended is Ended.DONE
    talk.close()
    record("first write: locked later", 1, 0, reply.why.message.split(" in ")[0])


def test_a_lock_at_the_start_is_no_reason_to_wait_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.memory.history_file._PATIENCE", 0.05)
    (tmp_path / "home").mkdir()
    History(tmp_path / "home" / "history.db").close()
    with closing(sqlite3.connect(tmp_path / "home" / "history.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        talk = Talk(tmp_path / "home", engines(tmp_path, scripted("Hello there.")))
        told = talk.until(lambda event: isinstance(event, Failed))
        assert isinstance(told, Failed) and "locked by another program" in told.message
        assert talk.say(Say(new_turn(), None, "Hello?")).ended is Ended.FAILED
    assert talk.say(Say(new_turn(), None, "Hello?")).ended is Ended.DONE
    talk.close()


def test_a_home_that_is_deleted_while_it_runs_is_told(talk: Talk, record: Record) -> None:
    assert talk.say(Say(new_turn(), None, "Say hello.")).ended is Ended.DONE
    shutil.rmtree(talk.history.file.parent)
    turn = new_turn()
    reply = talk.say(Say(turn, None, "And now?"))
    assert (reply.ended, talk.replies(turn)) == (Ended.FAILED, 1)
    assert "was deleted or moved while Candor ran" in reply.why.message
    talk.close()
    record("first write: home deleted", 1, 0, "The history was deleted or moved while Candor ran.")


def test_a_history_that_was_damaged_is_told_once_and_answers_go_on(
    tmp_path: Path, record: Record
) -> None:
    (tmp_path / "history.db").write_bytes(b"\x00damaged" * 2000)
    talk = Talk(tmp_path, engines(tmp_path, scripted("Hello there.")))
    assert talk.say(Say(new_turn(), None, "Hello?")).ended is Ended.DONE
    talk.close()
    failures = [event for event in talk.seen if isinstance(event, Failed)]
    assert [failed.message.split(";")[0] for failed in failures] == [
        "The history was damaged and nothing in it could be read"
    ]
    assert list(tmp_path.glob("history.db.damaged-*"))
    record("first write: damaged", 1, 0, failures[0].message.split(";")[0])
