"""The list of chats: search with what was found, rows with buttons, pins, delete and undo."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from agent.memory.history import History
from agent.settings import Settings
from desktop.conversation.chats.chat_list import ChatList
from desktop.conversation.chats.chat_row import ROW
from desktop.conversation.chats.deleted import UNDO_S, DeletedChats
from desktop.session.children import Children
from desktop.session.matches import any_word, excerpt
from desktop.window.main import Window
from tests.desktop.window_script import Script
from tests.desktop.windowing import ask, composer_of, open_chat, press, transcript_of


def _chats(window: Window, script: Script, *questions: str) -> ChatList:
    for words in questions:
        open_chat(window, None)
        ask(window, words)
        script.answer([f"The answer to {words}"])
    return window.parts.chats


def test_an_excerpt_is_one_line_around_the_match_with_its_place() -> None:
    text = "One two.\n" + "word " * 30 + "the Heat pump " + "word " * 30
    piece = excerpt(any_word("heat PUMP"), text)
    assert piece is not None
    assert "\n" not in piece.text and len(piece.text) < 100
    assert piece.text.startswith("…word") and piece.text.endswith("…")
    assert [piece.text[a:b] for a, b in piece.spans] == ["Heat", "pump"]
    assert excerpt(any_word("nothing"), text) is None
    assert excerpt(any_word("  "), text) is None


def test_a_search_shows_what_was_found_and_goes_to_the_turn(
    qtbot: QtBot, window: Window, script: Script, history: History
) -> None:
    chat = history.new_chat("Long one")
    rows = [
        (f"t{n}", chat, f"question {n}", "A **marmalade** recipe." if n == 7 else "Nothing.", n)
        for n in range(300)
    ]
    with history._change() as db:
        db.executemany(
            "INSERT INTO turns(id, chat, asked, reply, ended, at) VALUES (?, ?, ?, ?, 'done', ?)",
            rows,
        )
    chats = window.parts.chats
    press(window, "find_chats")
    assert chats.search.hasFocus()
    QTest.keyClicks(chats.search, "marmalade")
    qtbot.waitUntil(lambda: chats.titles() == ["Long one"])
    index = chats.list.model().index(0, 0)
    assert index.data(ROW).excerpt.text == "A marmalade recipe."
    assert "marmalade" in index.data(int(Qt.ItemDataRole.AccessibleTextRole))
    chats.list.setCurrentIndex(index)
    chats.list.activated.emit(index)
    view = window.parts.conversation.transcript
    qtbot.waitUntil(lambda: view.view_of("t7") is not None)
    assert window.session.chat == chat
    qtbot.waitUntil(lambda: window.search.ready and window.search.bar.counted == "1 of 1")


def test_the_row_has_buttons_for_mouse_and_keyboard(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    chats = _chats(window, script, "Which egg?", "Which label?")
    QApplication.processEvents()
    row = chats.list.visualRect(chats.list.model().index(2, 0))
    chats.list.entered.emit(chats.list.model().index(2, 0))
    assert chats.buttons.isVisible()
    assert chats.buttons.delete.accessibleName() == "Delete “Which egg?”"
    assert row.intersects(chats.buttons.geometry())
    assert min(chats.buttons.delete.width(), chats.buttons.delete.height()) >= 24
    chats.buttons.delete.click()
    assert chats.titles() == ["Which label?"]
    chats.list.setFocus()
    qtbot.waitUntil(chats.buttons.isVisible)
    QTest.keyClick(chats.list, Qt.Key.Key_Tab)
    assert chats.buttons.rename.hasFocus()
    QTest.keyClick(chats.buttons.rename, Qt.Key.Key_Right)
    assert chats.buttons.pin.hasFocus()
    QTest.keyClick(chats.buttons.pin, Qt.Key.Key_Space)
    assert len(chats.pinned) == 1


def test_a_pinned_chat_stands_first_and_stays_so_over_a_restart(
    qtbot: QtBot, window: Window, script: Script, history: History, tmp_path: Path
) -> None:
    chats = _chats(window, script, "Which egg?", "Which label?")
    egg = next(chat.id for chat in history.chats() if "egg" in chat.title)
    open_chat(window, egg)
    press(window, "pin_chat")
    assert chats.titles() == ["Which egg?", "Which label?"]
    open_chat(window, None)
    ask(window, "A third")
    script.answer(["Yes."])
    assert chats.titles()[0] == "Which egg?"
    window.close()
    again = Window(
        Settings(),
        tmp_path / "settings.toml",
        tmp_path / "window.json",
        lambda: history,
        cast(Children, script),
    )
    qtbot.addWidget(again)
    again.parts.chats.reload()
    assert again.parts.chats.titles()[0] == "Which egg?"
    again.parts.chats.list.mark(egg)
    again.parts.chats.pin()
    assert again.parts.chats.titles()[-1] == "Which egg?"


def test_delete_by_key_goes_on_to_the_next_and_ctrl_z_brings_back(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    chats = _chats(window, script, "One", "Two", "Three")
    heard = list[str]()
    window.announced.connect(heard.append)
    qtbot.waitUntil(window.isActiveWindow)
    chats.list.setFocus()
    QTest.keyClick(chats.list, Qt.Key.Key_Delete)
    QTest.keyClick(chats.list, Qt.Key.Key_Delete)
    assert chats.titles() == ["One"]
    assert heard.count("Three deleted. Ctrl+Z brings it back.") == 1
    assert chats.list.hasFocus() and chats.deleted.text == "Deleted: Two"
    composer_of(window).focus_text()
    QTest.keyClick(composer_of(window).text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert chats.titles() == ["Two", "One"]
    QTest.keyClick(composer_of(window).text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert chats.titles() == ["Three", "Two", "One"]
    assert len(transcript_of(window)) == 1
    assert not chats.can_undo and chats.deleted.isHidden()


def test_ctrl_z_in_a_text_undoes_the_text(qtbot: QtBot, window: Window, script: Script) -> None:
    chats = _chats(window, script, "One")
    qtbot.waitUntil(window.isActiveWindow)
    chats.delete()
    text = composer_of(window).text
    composer_of(window).focus_text()
    QTest.keyClicks(text, "abc")
    QTest.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert text.toPlainText() == "" and chats.titles() == []


def test_a_deleted_chat_is_gone_when_its_time_is_over(history: History, qtbot: QtBot) -> None:
    clock = [1000.0]
    note = DeletedChats(lambda: clock[0])
    qtbot.addWidget(note)
    over = list[float]()
    note.over.connect(over.append)
    note.add(1, "First")
    clock[0] += UNDO_S - 1
    note.add(2, "Second")
    note.forget_old()
    assert over == [] and note.newest == 2
    clock[0] += 2
    note.forget_old()
    assert over == [clock[0] - UNDO_S] and note.newest == 2
    note.restored(2)
    assert note.newest is None and note.isHidden()


def test_purge_before_a_time_leaves_what_was_deleted_later(history: History) -> None:
    old, new, kept = (history.new_chat(title) for title in ("old", "new", "kept"))
    history.delete(old)
    history.delete(new)
    with history._change() as db:
        db.execute("UPDATE chats SET deleted = 100 WHERE id = ?", (old,))
    history.purge(100)
    history.restore(old)
    history.restore(new)
    assert {chat.title for chat in history.chats()} == {"new", "kept"}
    history.delete(new)
    history.purge()
    history.restore(new)
    assert [chat.id for chat in history.chats()] == [kept]


def test_f2_renames_on_the_row(qtbot: QtBot, window: Window, script: Script) -> None:
    chats = _chats(window, script, "One")
    qtbot.waitUntil(window.isActiveWindow)
    composer_of(window).focus_text()
    press(window, "rename_chat")
    editor = QApplication.focusWidget()
    assert editor is not None and editor.parent() is chats.list.viewport()
    QTest.keyClicks(editor, "Uno")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: chats.titles() == ["Uno"])


def test_the_menu_of_a_row_comes_by_keyboard_too(window: Window, script: Script) -> None:
    chats = _chats(window, script, "One")
    shown = list[list[str]]()

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        shown.append([action.text() for action in menu.actions()])
        menu.close()

    QTimer.singleShot(0, window, look)
    chats.list.customContextMenuRequested.emit(QPoint(-1, -1))
    assert shown == [["Rename", "Pin to the top", "Export…", "Delete"]]
