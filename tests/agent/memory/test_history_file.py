"""The file of the history: brought up to date, recovered, and never the reason of a crash."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from agent.memory.feedback import FeedbackStore
from agent.memory.history import History
from agent.memory.history_schema import VERSION, backup_name, version_of
from agent.types import Ended
from perception.messages import notice
from perception.types import Evidence, UserError, Where
from safety.codes import SafetyCode
from safety.types import Explanation

OLD = sorted((Path(__file__).parents[2] / "data" / "history").glob("*.sql"))
WHY = Explanation.of_notes(notice(SafetyCode.NOTHING_CHANGED))


def _old(schema: Path, file: Path) -> Path:
    with closing(sqlite3.connect(file)) as db:
        db.executescript(schema.read_text("utf-8"))
    return file


def _filled(file: Path, turns: int = 60) -> None:
    history = History(file)
    for number in range(turns):
        if number % 10 == 0:
            chat = history.new_chat()
        evidence = (Evidence(1, "text", "seen " * 300, Where("picture"), 0.9),)
        history.begin(f"turn{number}", chat, f"question {number}", [os.urandom(9000)])
        history.ground(f"turn{number}", "| seen " * 200, evidence)
        history.end(f"turn{number}", f"answer {number}", Ended.DONE, WHY)
    FeedbackStore(file).mark("turn3", good=True, may_train=True)
    history.close()


def _asked(history: History) -> set[str]:
    return {turn.asked for chat in history.chats() for turn in history.turns(chat.id)}


@pytest.mark.parametrize("schema", OLD, ids=lambda path: path.stem)
def test_every_earlier_file_is_brought_up_to_date(schema: Path, tmp_path: Path) -> None:
    file = _old(schema, tmp_path / "history.db")
    history = History(file)
    assert [chat.title for chat in history.chats()] == ["Labels"]
    first, second = history.turns(1)
    assert (first.reply, first.ended, first.why) == ("Ibuprofen 400 mg.", Ended.DONE, WHY)
    assert (second.asked, second.ended) == ("And then?", None)
    assert history.pictures("old-1") == [b"\xff\xd8\xff\xe0"]
    assert [hit.turn for hit in history.search("ibuprofen")] == ["old-1"]
    marks = FeedbackStore(file)
    expected = {"old-1": (False, "Ibuprofen 600 mg.")} if "marks" in schema.stem else {}
    assert marks.of(["old-1"]) == expected
    marks.mark("old-1", good=True)
    with closing(sqlite3.connect(backup_name(file, 0))) as copy:
        assert version_of(copy) == 0
        assert copy.execute("SELECT count(*) FROM turns").fetchone() == (3,)
    assert history.take_saved() is None
    history.close()
    with closing(sqlite3.connect(file)) as now:
        assert version_of(now) == VERSION


def test_what_is_purged_leaves_the_copy_too(tmp_path: Path) -> None:
    file = _old(OLD[0], tmp_path / "history.db")
    history = History(file)
    history.purge()
    history.close()
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"A secret?" not in left and b"label" in left


def test_a_new_file_has_no_copy(tmp_path: Path) -> None:
    History(tmp_path / "history.db").close()
    assert not list(tmp_path.glob("*.version-*"))


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    History(file).close()
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"PRAGMA user_version={VERSION + 1}")
    before = file.read_bytes()
    with pytest.raises(UserError, match="written by a newer Candor"):
        History(file)
    assert file.read_bytes() == before


def test_another_programs_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE urls(id INTEGER PRIMARY KEY, url TEXT)")
    with pytest.raises(UserError, match="another program"):
        History(file)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("evidence", b"[{"),
        ("evidence", "\x80not json"),
        ("why", b"[]"),
        ("why", 7),
        ("ended", "sideways"),
        ("reply", b"\x00\x01"),
        ("at", "yesterday"),
        ("asked", 3.5),
        ("prompt", b"\xff"),
    ],
)
def test_a_bad_row_is_one_unreadable_turn(tmp_path: Path, column: str, value: object) -> None:
    file = tmp_path / "history.db"
    history = History(file)
    chat = history.new_chat("Labels")
    for name in ("a", "b", "c"):
        history.begin(name, chat, f"question {name}")
        history.end(name, f"answer {name}", Ended.DONE, WHY)
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("DROP TRIGGER turn_changed")
        db.execute(f"UPDATE turns SET {column} = ? WHERE id = 'b'", (value,))
    first, bad, last = history.turns(chat)
    assert (first.unreadable, last.unreadable) == ((), ())
    assert (first.reply, last.reply) == ("answer a", "answer c")
    if not (column == "asked" and isinstance(value, float)):
        assert bad.unreadable == (column,)
    assert history.turn("b") == bad
    history.close()


def test_a_file_that_is_no_history_is_kept_beside_a_new_one(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    file.write_bytes(b"not a database" * 100)
    history = History(file)
    saved = history.take_saved()
    assert saved and "nothing in it could be read" in saved.message
    assert history.take_saved() is None
    history.begin("t1", history.new_chat(), "works?")
    [kept] = tmp_path.glob("history.db.damaged-*")
    assert kept.read_bytes() == b"not a database" * 100
    history.close()


@pytest.mark.parametrize("bad", ["head", "schema", "middle", "half", "log"])
def test_what_can_be_read_is_saved(tmp_path: Path, bad: str) -> None:
    file = tmp_path / "history.db"
    _filled(file)
    if bad == "log":
        live = History(file)
        live.begin("late", live.new_chat(), "a question in the log")
        copy = tmp_path / "copy"
        copy.mkdir()
        for name in ("history.db", "history.db-wal"):
            shutil.copy(tmp_path / name, copy / name)
        live.close()
        file = copy / "history.db"
    data = bytearray(file.read_bytes())
    match bad:
        case "head" | "log":
            data[:100] = bytes(100)
        case "schema":
            data[:4096] = os.urandom(4096)
        case "middle":
            middle = len(data) // 8192 * 4096
            data[middle : middle + 4096] = bytes(4096)
        case "half":
            del data[len(data) // 2 // 4096 * 4096 :]
    file.write_bytes(data)
    history = History(file)
    asked = _asked(history)
    wanted = {f"question {number}" for number in range(60)}
    assert asked <= wanted | {"a question in the log"}
    assert len(asked) >= (25 if bad == "half" else 55)
    if bad == "log":
        assert "a question in the log" in asked
    if bad not in ("half", "middle"):
        assert wanted <= asked
        assert FeedbackStore(file).of(["turn3"]) == {"turn3": (True, "")}
        assert len(history.pictures("turn3")[0]) == 9000
    saved = history.take_saved()
    if bad != "middle" or saved:
        assert saved and "could be saved" in saved.message
        assert list(file.parent.glob("history.db.damaged-*"))
    history.begin("after", history.new_chat(), "goes on")
    assert [hit.turn for hit in history.search("goes on")] == ["after"]
    history.close()
    again = History(file)
    assert again.take_saved() is None
    again.close()


def test_damage_that_shows_while_it_runs_is_mended(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    history = History(file)
    chat = history.new_chat("Labels")
    history.begin("t1", chat, "a question that is found by its words")
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("DELETE FROM words_data WHERE id > 1")
        db.execute("UPDATE words_data SET block = x'ffffffffffff'")
    try:
        history.begin("t2", chat, "another")
    except UserError as error:
        assert "has been recovered" in error.message
        history.begin("t2", chat, "another")
    assert [hit.turn for hit in history.search("found by")] == ["t1"]
    assert {turn.id for turn in history.turns(chat)} == {"t1", "t2"}
    history.close()


@pytest.mark.usefixtures("processes")
def test_two_windows_on_a_damaged_file_recover_it_once(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    _filled(file, 20)
    data = bytearray(file.read_bytes())
    data[:100] = bytes(100)
    file.write_bytes(data)
    code = (
        "import sys; from pathlib import Path; from agent.memory.history import History;"
        "h = History(Path(sys.argv[1])); print(len(h.turns(1)), h.take_saved() is not None)"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", code, str(file)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = sorted(process.communicate(timeout=60)[0].split() for process in both)
    assert said == [["10", "False"], ["10", "True"]]
    assert len(list(tmp_path.glob("history.db.damaged-*"))) == 1


def test_a_folder_that_is_deleted_while_it_runs_is_told(tmp_path: Path) -> None:
    home = tmp_path / "home"
    history = History(home / "history.db")
    chat = history.new_chat()
    shutil.rmtree(home)
    with pytest.raises(UserError, match="deleted or moved while Candor ran"):
        history.begin("t1", chat, "lost?")
    history.close()
    again = History(home / "history.db")
    assert again.chats() == []
    again.close()


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "history.db").mkdir()
    with pytest.raises(UserError, match="is not a file"):
        History(tmp_path / "history.db")


def test_a_lock_is_called_a_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.memory.history_file._PATIENCE", 0.05)
    file = tmp_path / "history.db"
    history = History(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match="locked by another program") as told:
            history.new_chat()
        assert "disk" not in told.value.hint
    history.close()


def test_a_history_in_memory_touches_no_disk(tmp_path: Path) -> None:
    history = History(None)
    chat = history.new_chat()
    history.begin("t1", chat, "a secret", [b"jpeg"])
    assert history.turns(chat)[0].asked == "a secret"
    assert [hit.turn for hit in history.search("secret")] == ["t1"]
    assert not list(tmp_path.iterdir())
    history.close()
