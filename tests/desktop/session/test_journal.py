"""Questions that no mind has on disk yet outlive the window, and are asked once more."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from agent.commands import Say
from agent.events import Failed, Kept, Reply
from agent.memory.history import History
from agent.types import Ended
from desktop.codes import DesktopCode
from desktop.processes.open_turns import OpenTurns
from desktop.session import children as children_module
from desktop.session.children import Children, GaveUp, Restarting
from desktop.session.journal import Journal
from perception.messages import plain

ACTOR = Path(__file__).parents[1] / "children_actor.py"

Made = Callable[[str], tuple[Children, list[object]]]


def test_a_question_is_there_until_the_mind_has_it(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "unsent")
    first, second = Say("a", None, "one", (b"jpeg",)), Say("b", 3, "two", (), "old")
    assert journal.add(first) and journal.add(second)
    os.utime(tmp_path / "unsent" / "a.question", (1, 1))
    assert Journal(tmp_path / "unsent").left() == [first, second]
    journal.remove("a")
    assert not journal.holds("a") and journal.left() == [second]


def test_a_damaged_or_foreign_file_costs_only_itself(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.add(Say("a", None, "one"))
    (tmp_path / "b.question").write_bytes(b"\xc1\xc1")
    (tmp_path / "c.question").write_bytes((tmp_path / "a.question").read_bytes())
    assert [say.turn for say in journal.left()] == ["a"]


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "unsent").write_text("in the way")
    journal = Journal(tmp_path / "unsent")
    assert not journal.add(Say("a", None, "one"))
    assert journal.left() == []


def test_the_ledger_knows_what_is_on_disk() -> None:
    ledger = OpenTurns()
    say = Say("a", None, "one")
    ledger.note_message(say)
    assert list(ledger.unkept) == [say]
    ledger.note_message(Kept("a", 1))
    assert not ledger.unkept and list(ledger.waiting) == ["a"]
    assert ledger.fail("a", plain("gone", "again")).ended is Ended.FAILED
    assert not ledger.waiting


@pytest.fixture
def made(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, processes: None
) -> Iterator[Made]:
    monkeypatch.setattr(children_module, "_BACKOFF_SECONDS", (0.05, 0.05))
    all_ = list[Children]()

    def make(manner: str) -> tuple[Children, list[object]]:
        def command(module: str) -> list[str]:
            return [sys.executable, str(ACTOR), module, manner, str(tmp_path / "notes")]

        children = Children(tmp_path / "logs", command)
        all_.append(children)
        seen = list[object]()
        children.arrived.connect(seen.append)
        return children, seen

    yield make
    for children in all_:
        children.close()


def _replies(seen: list[object]) -> list[Reply]:
    return [event for event in seen if isinstance(event, Reply)]


def test_what_the_last_window_sent_is_asked_again(tmp_path: Path, qtbot: QtBot, made: Made) -> None:
    history = History(tmp_path / "history.db")
    history.begin("known", history.new_chat(), "on disk already")
    journal = Journal(tmp_path / "unsent")
    for turn, chat in (("known", None), ("lost", None), ("gone", 99)):
        journal.add(Say(turn, chat, "a question"))
    children, seen = made("answer")
    children.ask_left(history)
    children.start()
    qtbot.waitUntil(lambda: len(_replies(seen)) == 2, timeout=20_000)
    assert {reply.turn for reply in _replies(seen)} == {"lost", "gone"}
    assert "chat=99" not in (tmp_path / "notes").read_text()
    assert journal.left() == []
    history.close()


def test_a_question_that_no_mind_took_goes_to_the_next_one(
    tmp_path: Path, qtbot: QtBot, made: Made
) -> None:
    children, seen = made("crash_before")
    children.tell_mind(Say("t1", None, "hello"))
    children.start()
    qtbot.waitUntil(lambda: bool(_replies(seen)), timeout=20_000)
    assert [(reply.turn, reply.ended) for reply in _replies(seen)] == [("t1", Ended.DONE)]
    assert seen.count(Restarting("mind")) == 1


def test_a_mind_that_says_why_it_cannot_start_is_started_once(
    tmp_path: Path, qtbot: QtBot, made: Made
) -> None:
    children, seen = made("cannot_start")
    children.tell_mind(Say("t1", None, "hello"))
    children.start()
    qtbot.waitUntil(lambda: any(isinstance(e, GaveUp) for e in seen), timeout=20_000)
    gave_up = [event for event in seen if isinstance(event, GaveUp)]
    assert [event.told for event in gave_up] == [plain("The history is locked.", "Try again.")]
    assert sum(isinstance(event, Failed) for event in seen) == 1
    assert Restarting("mind") not in seen
    [reply] = _replies(seen)
    assert reply.ended is Ended.FAILED
    assert [note.code for note in reply.why.notes] == [DesktopCode.MIND_STOPPED_KEPT]
    assert Journal(tmp_path / "unsent").holds("t1")
