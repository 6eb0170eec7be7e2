"""Versions of a turn: nothing of what was asked again or otherwise is lost."""

from __future__ import annotations

from pathlib import Path

from agent.memory.history import PRIVATE, History


def _say(history: History, turn: str, chat: int, replaces: str | None = None) -> None:
    history.begin(turn, chat, f"asked {turn}", (), replaces)
    history.answer(turn, f"answer {turn}")


def _shown(history: History, chat: int) -> list[str]:
    return [turn.id for turn in history.turns(chat)]


def test_each_version_comes_back_with_what_followed_it(tmp_path: Path) -> None:
    history = History(tmp_path / "history.db")
    chat = history.new_chat()
    for turn in "abc":
        _say(history, turn, chat)
    assert history.versions(chat) == {}
    _say(history, "a2", chat, "a")
    _say(history, "d", chat)
    assert _shown(history, chat) == ["a2", "d"]
    assert history.versions(chat) == {"a2": ("a", "a2")}
    history.choose_version("a")
    assert _shown(history, chat) == ["a", "b", "c"]
    _say(history, "b2", chat, "b")
    _say(history, "b3", chat, "b2")
    assert history.versions(chat) == {"a": ("a", "a2"), "b3": ("b", "b2", "b3")}
    history.choose_version("b")
    assert _shown(history, chat) == ["a", "b", "c"]
    history.choose_version("a2")
    assert _shown(history, chat) == ["a2", "d"]
    history.choose_version("a")
    assert _shown(history, chat) == ["a", "b3"]
    assert [turn.reply for turn in history.turns(chat)] == ["answer a", "answer b3"]
    history.close()


def test_a_voice_that_went_on_is_no_version(tmp_path: Path) -> None:
    history = History(tmp_path / "history.db")
    chat = history.new_chat()
    history.begin("half", chat, "what is the")
    history.begin("whole", chat, "what is the capital", (), "half")
    assert history.versions(chat) == {}
    history.close()


def test_old_chats_are_deleted_for_good_and_counted(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    history = History(file)
    old, new = history.new_chat(), history.new_chat()
    _say(history, "zebra", old)
    _say(history, "fresh", new)
    with history._change() as db:
        db.execute("UPDATE chats SET updated = updated - 40 * 86400 WHERE id = ?", (old,))
    assert history.delete_older(50) == 0
    assert history.delete_older(30) == 1
    assert [chat.id for chat in history.chats()] == [new]
    history.close()
    assert b"zebra" not in file.read_bytes()


def test_what_was_deleted_just_now_can_still_be_brought_back(tmp_path: Path) -> None:
    history = History(tmp_path / "history.db")
    old, undone = history.new_chat(), history.new_chat()
    with history._change() as db:
        db.execute("UPDATE chats SET updated = updated - 40 * 86400 WHERE id = ?", (old,))
    history.delete(undone)
    assert history.delete_older(30) == 1
    history.restore(undone)
    assert [chat.id for chat in history.chats()] == [undone]
    history.close()


def test_all_chats_are_deleted_and_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    history = History(file)
    _say(history, "zebra", history.new_chat())
    _say(history, "gnu", PRIVATE)
    assert history.delete_all() == 1
    assert history.chats() == [] and history.turns(PRIVATE)
    history.close()
    assert b"zebra" not in b"".join(f.read_bytes() for f in tmp_path.glob("history.db*"))
