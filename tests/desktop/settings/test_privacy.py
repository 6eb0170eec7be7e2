"""The Privacy page: kept for so long, taken along, deleted for good, or never written."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from agent.commands import GiveFeedback, OpenChat, Say
from agent.events import Asked, Reply
from agent.memory.everything import delete_everything, export_everything
from agent.memory.history import PRIVATE, History
from agent.tools.store import FACT, Store
from agent.types import Ended
from desktop.session.journal import Journal
from desktop.settings.privacy_controls import ConfirmDelete, PrivacyControls
from desktop.window.main import Window
from desktop.window.retention import Retention
from tests.desktop.window_script import NOTHING, Script, sentence
from tests.desktop.windowing import ask, button, change, newest, notice_of, open_chat


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with two chats, a picture, a fact and a timer."""
    folder = tmp_path / "data"
    history = History(folder / "history.db")
    for words in ("zebra stripes", "gnu/horns: why?"):
        chat = history.new_chat()
        history.begin(words, chat, words, (b"\x89PNG a picture",) if "zebra" in words else ())
        history.end(words, f"about {words}", Ended.DONE, NOTHING)
    history.close()
    store = Store(folder / "tools.db")
    store.keep(FACT, "likes okapis", 0.0)
    store.close()
    return folder


def test_everything_goes_into_one_file(folder: Path, tmp_path: Path) -> None:
    assert export_everything(folder, tmp_path / "all.zip") == 2
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        names = packed.namelist()
        assert sum(name.endswith(".md") for name in names) == 2
        whole = [
            json.loads(packed.read(n)) for n in names if n.startswith("chats/") and "json" in n
        ]
        assert {turn["reply"] for chat in whole for turn in chat["turns"]} == {
            "about zebra stripes",
            "about gnu/horns: why?",
        }
        assert next(n for n in names if n.startswith("pictures/")).endswith(".png")
        assert b"okapis" in packed.read("remembered.json")
        assert not any(".." in n or n.startswith("/") for n in names)


def test_everything_is_deleted_and_overwritten(folder: Path) -> None:
    assert delete_everything(folder) == 2
    left = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    for word in (b"zebra", b"gnu", b"okapi", b"a picture"):
        assert word not in left
    assert delete_everything(folder) == 0


def test_only_a_typed_word_deletes(qtbot: QtBot, folder: Path) -> None:
    controls = PrivacyControls(folder)
    qtbot.addWidget(controls)
    asked = ConfirmDelete(controls)
    qtbot.addWidget(asked)
    typed = asked.findChildren(QLineEdit)[0]
    assert not asked.yes.isEnabled()
    typed.setText("no")
    assert not asked.yes.isEnabled()
    typed.setText(" Delete ")
    assert asked.yes.isEnabled()
    with qtbot.waitSignal(controls.deleted):
        controls.delete_now()


def test_export_beside_other_work_says_how_many(qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    controls = PrivacyControls(folder)
    qtbot.addWidget(controls)
    controls.export_to(tmp_path / "all.zip")
    qtbot.waitUntil(controls.export.isEnabled, timeout=10_000)
    assert "2 chats" in controls._said.text()
    controls.export_to(tmp_path / "all.zip" / "more.zip")
    qtbot.waitUntil(controls.export.isEnabled, timeout=10_000)
    assert "could not" in controls._said.text()


def test_old_chats_go_at_the_start_and_it_is_said(
    window: Window, script: Script, history: History
) -> None:
    ask(window, "zebra")
    script.answer(["Stripes."])
    with history._change() as db:
        db.execute("UPDATE chats SET updated = updated - 40 * 86400")
    retention = Retention(lambda: (window,), lambda: history)
    retention.begin()
    assert len(history.chats()) == 1 and notice_of(window) == ""
    change(window, keep_days=30)
    retention.follow(window.actions_.settings)
    retention.delete_older()
    assert history.chats() == [] and window.session.chat is None
    assert notice_of(window) == "Deleted: 1 chats in which nothing was said for 30 days."


def test_a_private_chat_leaves_nothing_in_the_window(
    window: Window, script: Script, history: History, tmp_path: Path
) -> None:
    window.actions_.open_private()
    assert script.mind[-1] == OpenChat(PRIVATE)
    assert "Private chat" in window.windowTitle()
    ask(window, "my zebra secret")
    say = script.said()
    assert say.chat == PRIVATE
    script.tell(
        Asked(say.turn, PRIVATE, say.text, None, (), None),
        sentence(say.turn, 0, "I keep it."),
        Reply(say.turn, "I keep it.", Ended.DONE, NOTHING, {}),
    )
    assert "zebra" not in " ".join(window.parts.chats.titles())
    view = newest(window)
    assert not button(view, "Good answer").isVisibleTo(view)
    window.parts.conversation.composer.set_draft("zebra unsent")
    window.remember()
    assert b"zebra" not in (tmp_path / "window.json").read_bytes()
    open_chat(window, None)
    assert script.mind[-1] == OpenChat(None) and len(window.session.transcript) == 0
    assert history.chats() == [] and not [c for c in script.mind if isinstance(c, GiveFeedback)]


def test_a_private_question_is_in_no_journal(tmp_path: Path) -> None:
    from desktop.session.children import Children

    journal = Journal(tmp_path / "unsent")
    children = Children(tmp_path / "logs", journal=journal)
    children.tell_mind(Say("a", PRIVATE, "zebra"))
    children.tell_mind(Say("b", None, "gnu"))
    assert [say.text for say in journal.left()] == ["gnu"]
