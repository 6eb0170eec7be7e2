"""Chats in the window, and what it remembers."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.commands import OpenChat
from agent.memory.history import History
from agent.settings import Settings
from desktop.conversation.turn_view import TurnView
from desktop.session.children import Children
from desktop.window.main import Window
from perception.audio.ipc.messages import Mute
from tests.desktop.window_script import Script
from tests.desktop.windowing import (
    ask,
    button,
    composer_of,
    draft_of,
    mute,
    newest,
    open_chat,
    picture,
    texts,
    transcript_of,
)


def test_chats_are_found_opened_renamed_deleted_and_brought_back(
    qtbot: QtBot, window: Window, script: Script, history: History
) -> None:
    for words in ("Which egg?", "Which label?"):
        open_chat(window, None)
        ask(window, words)
        script.answer(["This one."])
    chats = window.parts.chats
    assert chats.titles() == ["Which label?", "Which egg?"]
    chats.search.setText("egg")
    qtbot.waitUntil(lambda: chats.titles() == ["Which egg?"])
    chats.search.clear()
    qtbot.waitUntil(lambda: len(chats.titles()) == 2)
    egg = next(chat for chat in history.chats() if "egg" in chat.title)
    open_chat(window, egg.id)
    assert script.mind[-1] == OpenChat(egg.id)
    assert "Which egg?" in texts(newest(window))
    history.rename(egg.id, "Eggs")
    chats.reload()
    assert "Eggs" in chats.titles()
    chats.delete()
    assert chats.titles() == ["Which label?"]
    assert len(transcript_of(window)) == 0
    chats.undo()
    assert "Eggs" in chats.titles()
    assert window.session.chat == egg.id


def test_a_title_is_edited_in_place(qtbot: QtBot, window: Window, script: Script) -> None:
    ask(window, "Hello")
    script.answer(["Hi."])
    chats = window.parts.chats
    item = chats.list.currentIndex()
    chats.list.model().setData(item, "Greetings")
    qtbot.waitUntil(lambda: chats.titles() == ["Greetings"])
    assert script.history is not None
    assert script.history.chats()[0].title == "Greetings"


def test_unsent_words_and_panels_are_remembered(
    window: Window, history: History, tmp_path: Path, script: Script, qtbot: QtBot
) -> None:
    composer_of(window).set_draft("half a question")
    window.parts.panels.show_side(False)
    mute(window, True)
    window.close()
    script.ears.clear()
    again = Window(
        Settings(),
        tmp_path / "settings.toml",
        tmp_path / "window.json",
        lambda: history,
        cast(Children, script),
    )
    qtbot.addWidget(again)
    assert again.parts.conversation.composer.draft == "half a question"
    assert again.parts.panels.wanted == (True, False)
    assert again.microphone.muted
    assert script.ears[0] == Mute(True)


def test_a_damaged_memory_costs_only_comfort(
    history: History, tmp_path: Path, script: Script, qtbot: QtBot
) -> None:
    (tmp_path / "window.json").write_text("{broken")
    window = Window(
        Settings(),
        tmp_path / "settings.toml",
        tmp_path / "window.json",
        lambda: history,
        cast(Children, script),
    )
    qtbot.addWidget(window)
    assert draft_of(window) == ""


def test_closing_is_told_once_and_leaks_no_turns(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    ask(window, "Hello")
    script.answer(["Hi."])
    for _ in range(20):
        open_chat(window, None)
        open_chat(window, 1)
    QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
    QApplication.processEvents()
    gc.collect()
    assert len(window.findChildren(TurnView)) == 1
    with qtbot.waitSignal(window.closing):
        window.close()


def test_another_chat_shows_nothing_of_the_last_one(window: Window, script: Script) -> None:
    composer = composer_of(window)
    composer.set_draft("What is this?", [picture()])
    composer.send()
    script.answer(["Red."])
    button(newest(window), "Why this answer?").click()
    side = window.parts.inspector
    assert side.why.text and not side.preview.picture.empty
    open_chat(window, None)
    assert side.why.text == "" and side.preview.picture.empty
