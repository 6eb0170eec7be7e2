"""Texts that came with a question are kept whole, searched, exported, recovered and deleted."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from agent.attached_text import AttachedText
from agent.memory.everything import export_everything
from agent.memory.exporting import texts_of, to_json, to_markdown
from agent.memory.history import PRIVATE, History
from agent.memory.history_recovery import alone, recover
from agent.memory.history_schema import VERSION, version_of
from agent.types import Ended
from safety.types import Explanation

MINUTES = AttachedText("Minutes of May", "The pump was broken.\n" * 400 + "Vera orders another.\n")
LETTER = AttachedText("Letter", "```\nDear Sir")


def _kept(file: Path) -> History:
    history = History(file)
    chat = history.new_chat()
    history.begin("t1", chat, "Who orders it?", texts=(MINUTES, LETTER))
    history.end("t1", "Vera.", Ended.DONE, Explanation.of_notes())
    return history


def test_they_come_back_in_order(tmp_path: Path) -> None:
    history = _kept(tmp_path / "history.db")
    assert history.texts("t1") == [MINUTES, LETTER]
    assert history.texts("other") == []
    chat = history.chats()[0].id
    history.begin("t2", chat, "And then?")
    assert history.texts_before(chat, "t2") == (MINUTES, LETTER)
    assert history.texts_before(chat, "t1") == ()
    assert history.texts_before(chat, None) == (MINUTES, LETTER)


def test_a_chat_of_a_text_alone_is_named_after_it(tmp_path: Path) -> None:
    history = History(tmp_path / "history.db")
    history.begin("t1", history.new_chat(), "", texts=(MINUTES,))
    assert history.chats()[0].title == "Minutes of May"


def test_a_search_of_all_chats_finds_their_words(tmp_path: Path) -> None:
    history = _kept(tmp_path / "history.db")
    [hit] = history.search("orders another")
    assert hit.turn == "t1" and "Vera orders" in hit.snippet
    assert [hit.turn for hit in history.search("pu br")] == ["t1"]
    assert history.search("orders nothing") == []


def test_a_file_of_the_version_before_gets_their_table(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    _kept(file).close()
    with closing(sqlite3.connect(file)) as db:
        db.execute("DROP TABLE texts")
        db.execute("PRAGMA user_version=2")
        db.commit()
    history = History(file)
    assert history.texts("t1") == [] and history.turn("t1") is not None
    history.begin("t2", 1, "Now", texts=(LETTER,))
    assert history.texts("t2") == [LETTER]
    history.close()
    with closing(sqlite3.connect(file)) as db:
        assert version_of(db) == VERSION


def test_what_is_deleted_leaves_the_disk(tmp_path: Path) -> None:
    history = _kept(tmp_path / "history.db")
    history.delete_all()
    history.close()
    assert all(b"Vera orders" not in path.read_bytes() for path in tmp_path.iterdir())


def test_those_of_a_private_chat_are_on_no_disk(tmp_path: Path) -> None:
    history = History(tmp_path / "history.db")
    history.begin("t1", PRIVATE, "Who?", texts=(MINUTES,))
    assert history.texts("t1") == [MINUTES]
    assert history.texts_before(PRIVATE, None) == (MINUTES,)
    assert all(b"Vera" not in path.read_bytes() for path in tmp_path.iterdir())
    history.forget_private()
    assert history.texts("t1") == []


def test_a_damaged_file_gives_them_back(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    _kept(file).close()
    with alone(file):
        recover(file)
    history = History(file)
    assert history.texts("t1") == [MINUTES, LETTER]


def test_they_are_exported_whole(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    history = _kept(file)
    [chat] = history.chats()
    turns = history.turns(chat.id)
    texts = texts_of(history, turns)
    page = to_markdown(chat, turns, texts)
    assert MINUTES.text in page and "````text\n```\nDear Sir\n````" in page
    assert "Vera orders another." in to_json(chat, turns, texts)
    history.close()
    export_everything(tmp_path, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        pages = [packed.read(name).decode() for name in packed.namelist() if name.endswith(".md")]
    assert any(MINUTES.text in page for page in pages)
