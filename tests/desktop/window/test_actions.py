"""The table of actions: menu, keys, palette and help page are made from it."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from agent.settings import Settings
from desktop.window.commands.fuzzy import fit
from desktop.window.commands.help_page import HelpPage
from desktop.window.commands.palette import CommandPalette
from desktop.window.commands.table import WINDOW_ACTIONS
from desktop.window.main import Window
from tests.desktop.window_script import Script
from tests.desktop.windowing import ask, change, open_chat, press, settings_of, transcript_of


def _palette(window: Window) -> CommandPalette:
    press(window, "palette")
    palette = window.findChild(CommandPalette)
    assert palette is not None
    return palette


def test_no_name_and_no_key_stands_twice() -> None:
    assert Counter(action.name for action in WINDOW_ACTIONS).most_common(1)[0][1] == 1
    keys = [
        QKeySequence(key).toString()
        for action in WINDOW_ACTIONS
        for key in action.keys_with(Settings())
    ]
    assert all(keys), "a key that Qt does not know"
    assert Counter(keys).most_common(1)[0][1] == 1


def test_every_key_is_one_of_the_window_and_no_other_widget_takes_it(window: Window) -> None:
    for action in WINDOW_ACTIONS:
        if action.run is None:
            continue
        made = window.commands.actions[action.name]
        wanted = [QKeySequence(key) for key in action.keys_with(settings_of(window))]
        assert made.shortcuts() == wanted
    others = [
        button for button in window.findChildren(QToolButton) if not button.shortcut().isEmpty()
    ]
    assert not others


def test_the_header_names_the_keys_of_the_table(window: Window) -> None:
    tips = " ".join(stop.toolTip() for stop in window.parts.conversation.header.stops())
    for name in ("chats_panel", "side_panel", "recent", "read_aloud"):
        assert f"({window.commands.actions[name].shortcut().toString()})" in tips


def test_a_key_that_is_a_setting_follows_it(window: Window) -> None:
    change(window, mute_key="F7")
    assert window.commands.actions["mute"].shortcut() == QKeySequence("F7")


def test_fuzzy_search_prefers_beginnings() -> None:
    assert fit("new", "New chat") > fit("new", "Begin a new line") > fit("chat", "Newcastle") == 0
    assert fit("full sc", "Full screen") > 0
    assert fit("nc", "New chat") > 0
    assert fit("fulscren", "Full screen") > 0
    assert fit("zzz", "Full screen") == 0
    assert fit("", "anything") == 1


def test_the_palette_runs_what_is_typed_by_keyboard_alone(qtbot: QtBot, window: Window) -> None:
    palette = _palette(window)
    assert "Copy the last answer" not in [entry.title for entry in palette.found]
    QTest.keyClicks(palette.field, "larger")
    assert palette.found[0].title == "Larger text"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settings_of(window).text_scale == 1.1)


def test_the_palette_finds_chats_and_pages_of_the_settings(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    ask(window, "How does a heat pump work?")
    script.answer(["By moving heat."])
    open_chat(window, None)
    palette = _palette(window)
    QTest.keyClicks(palette.field, "heat pump")
    assert palette.found[0].kind == "Chat"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(transcript_of(window)) == 1)
    palette = _palette(window)
    QTest.keyClicks(palette.field, "settings safety")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.dialogs.preferences is not None)
    dialog = window.dialogs.preferences
    assert dialog is not None and dialog.shown_page == "Safety"


def test_arrow_keys_move_in_the_palette_and_what_is_marked_is_said(window: Window) -> None:
    heard = list[str]()
    window.announced.connect(heard.append)
    palette = _palette(window)
    first, second = palette.found[0], palette.found[1]
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert heard[-1].startswith(second.title)
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert heard[-1].startswith(first.title)
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == len(palette.found) - 1
    QTest.keyClicks(palette.field, "qqqqq")
    assert not palette.found and heard[-1] == "Nothing found."
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_the_help_page_has_every_action_with_its_keys(window: Window) -> None:
    press(window, "help")
    page = window.findChild(HelpPage)
    assert page is not None
    lines = dict(page.lines())
    assert len(page.lines()) == len(WINDOW_ACTIONS)
    assert lines["Find in this chat"] == "Ctrl+F"
    assert lines["Talk while it is held; a tap begins and ends"] == settings_of(window).hold_key
    page.field.setText("ctrl+shift+c")
    assert page.lines() == [("Copy the last answer", "Ctrl+Shift+C")]
    press(window, "help")
    assert len(window.findChildren(HelpPage)) == 1


def test_the_menu_greys_what_cannot_be_done_now(window: Window, script: Script) -> None:
    window.commands.show_state()
    assert not window.commands.actions["why"].isEnabled()
    window.commands.show_state(enable=True)
    press(window, "why")
    ask(window, "Hello")
    script.answer(["Hi."])
    window.commands.show_state()
    assert window.commands.actions["why"].isEnabled()


def test_the_last_answer_is_copied_with_one_key(window: Window, script: Script) -> None:
    heard = list[str]()
    window.announced.connect(heard.append)
    ask(window, "Hello")
    script.answer(["Hi there."])
    press(window, "copy_answer")
    assert QApplication.clipboard().text() == "Hi there."
    assert heard.count("Copied.") == 1


def test_zoom_is_kept_within_its_limits(window: Window) -> None:
    for _ in range(20):
        press(window, "larger")
    assert settings_of(window).text_scale == 2.0
    press(window, "smaller")
    assert settings_of(window).text_scale == 1.9
    press(window, "normal_size")
    assert settings_of(window).text_scale == 1.0
    press(window, "smaller")
    assert settings_of(window).text_scale == 1.0


def test_full_screen_comes_and_goes(window: Window) -> None:
    press(window, "full_screen")
    assert window.isFullScreen() and window.commands.actions["full_screen"].isChecked()
    press(window, "full_screen")
    assert not window.isFullScreen()
