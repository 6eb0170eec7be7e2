"""History: on disk first, searchable, erasable."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from agent.memory.exporting import to_json, to_markdown
from agent.memory.history import History
from agent.types import Ended
from perception.messages import notice
from perception.types import Evidence, UserError, Where
from safety.codes import SafetyCode
from safety.types import Explanation

WHY = Explanation.of_notes(notice(SafetyCode.NOTHING_CHANGED))


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "history.db")


def test_a_turn_is_on_disk_before_it_is_answered(history: History, tmp_path: Path) -> None:
    chat = history.new_chat()
    history.begin("t1", chat, "What is in view?", [b"jpeg"])
    other = sqlite3.connect(tmp_path / "history.db")
    assert other.execute("SELECT asked, ended FROM turns").fetchall() == [
        ("What is in view?", None)
    ]
    other.close()
    assert history.pictures("t1") == [b"jpeg"]
    assert history.chats()[0].title == "What is in view?"


def test_a_turn_keeps_its_evidence_and_its_end(history: History) -> None:
    chat = history.new_chat("Labels")
    evidence = (Evidence(1, "text", "Ibuprofen", Where("picture"), 0.9),)
    history.begin("t1", chat, "What does it say?")
    history.ground("t1", "| [1] Ibuprofen\nWhat does it say?", evidence)
    history.end("t1", "Ibuprofen [1].", Ended.DONE, WHY)
    [turn] = history.turns(chat)
    assert (turn.evidence, turn.ended, turn.why) == (evidence, Ended.DONE, WHY)
    assert turn.prompt.startswith("| [1]")


def test_a_replaced_turn_and_its_followers_leave_the_transcript(history: History) -> None:
    chat = history.new_chat()
    for name in ("a", "b", "c"):
        history.begin(name, chat, f"question {name}")
    history.begin("b2", chat, "question b again", replaces="b")
    assert [turn.id for turn in history.turns(chat)] == ["a", "b2"]
    assert [turn.id for turn in history.turns(chat, newest=1)] == ["b2"]


@pytest.mark.parametrize("query", ["ibuprof", "药", "布洛芬", "400 mg"])
def test_search_finds_parts_of_words_and_chinese(history: History, query: str) -> None:
    chat = history.new_chat()
    history.begin("t1", chat, "Ibuprofen 400 mg 布洛芬 药")
    history.begin("t2", chat, "something else")
    assert [hit.turn for hit in history.search(query)] == ["t1"]
    assert [found.id for found in history.chats(query)] == [chat]


def test_search_survives_its_own_syntax(history: History) -> None:
    chat = history.new_chat()
    history.begin("t1", chat, 'he said "NOT me" AND left*')
    assert [hit.turn for hit in history.search('"NOT me"')] == ["t1"]


def test_deleted_chats_come_back_until_purged(history: History, tmp_path: Path) -> None:
    chat = history.new_chat()
    history.begin("t1", chat, "a very particular secret")
    history.delete(chat)
    assert history.chats() == [] and history.search("particular") == []
    history.restore(chat)
    assert len(history.chats()) == 1
    history.delete(chat)
    history.purge()
    history.close()
    assert b"particular secret" not in (tmp_path / "history.db").read_bytes()


def test_a_crash_leaves_no_open_turn(history: History) -> None:
    chat = history.new_chat()
    history.begin("t1", chat, "question")
    history.answer("t1", "half of")
    history.end_open()
    [turn] = history.turns(chat)
    assert (turn.ended, turn.reply) == (Ended.FAILED, "half of")


def test_export(history: History) -> None:
    chat = history.new_chat("Labels")
    history.begin("t1", chat, "What does it say?")
    history.end("t1", "It says hello.", Ended.DONE, WHY)
    turns = history.turns(chat)
    assert "> What does it say?" in to_markdown(history.chats()[0], turns, {})
    assert (
        json.loads(to_json(history.chats()[0], turns, {}))["turns"][0]["reply"] == "It says hello."
    )


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "in_the_way").write_text("not a folder")
    with pytest.raises(UserError, match="cannot be used"):
        History(tmp_path / "in_the_way" / "history.db")
