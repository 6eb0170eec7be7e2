"""Several windows: each with its chat, one microphone, one set of settings, kept for next time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.events import AssistantState
from agent.memory.history import History
from agent.settings import Settings
from agent.types import Phase
from desktop import theme
from desktop.session.children import Children
from desktop.session.instance import Wish
from desktop.session.sharing.router import Router
from desktop.window.quick.access import QuickAccess
from desktop.window.quick.global_key import KeyState, key_problem, on_x11
from desktop.window.quick.keysym import XKey, x_key
from desktop.window.state import recall
from desktop.window.window_set import WindowSet
from tests.desktop.window_script import Script
from tests.desktop.windowing import ask, change, composer_of, mute, notice_of, texts

Made = tuple[WindowSet, QuickAccess]


@pytest.fixture
def made(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, history: History, script: Script
) -> Iterator[Made]:
    theme.apply(qapp, Settings(theme="light"))
    router = Router(cast(Children, script))
    files = (tmp_path / "settings.toml", tmp_path / "window.json")
    settings = Settings(theme="light")
    windows = WindowSet(settings, files, lambda: history, router, lambda _: None)
    access = QuickAccess(windows, router, lambda: history)
    first = windows.make()
    first.show()
    router.start()
    first.begun.emit()
    script.tell(AssistantState(Phase.IDLE, ""))
    yield windows, access
    windows.quit()
    access.close()


def test_each_window_has_its_chat_and_shows_only_its_answer(made: Made, script: Script) -> None:
    windows, _ = made
    first = windows.front
    ask(first, "first question")
    script.answer(["First answer."])
    second = windows.open_new()
    assert second is not first and second.isVisible()
    ask(second, "second question")
    script.answer(["Second answer."])
    assert "Second answer." in texts(second) and "Second answer." not in texts(first)
    assert first.session.chat != second.session.chat
    assert len(first.parts.chats.titles()) == 2, "a chat that another window began is listed"


def test_a_chat_is_shown_in_one_window(made: Made, script: Script) -> None:
    windows, _ = made
    first = windows.front
    ask(first, "only here")
    script.answer(["Yes."])
    chat = first.session.chat
    second = windows.open_new()
    second.actions_.open_chat(chat)
    assert second.session.chat is None, "the first window came up instead"
    first.parts.chats.list.mark(chat or 0)
    first.parts.chats.delete()
    assert first.session.chat is None and second.parts.chats.titles() == []


def test_settings_and_mute_are_the_same_in_all(made: Made) -> None:
    windows, _ = made
    first, second = windows.front, windows.open_new()
    mute(second)
    assert first.microphone.muted
    change(second, profile="health")
    assert first.actions_.settings.profile == "health"
    assert windows.open_new().microphone.muted, "one that is opened later knows it too"


def test_one_closed_leaves_the_others_and_quit_closes_all(made: Made, tmp_path: Path) -> None:
    windows, _ = made
    first = windows.front
    second, third = windows.open_new(), windows.open_new()
    composer_of(second).set_draft("unsent")
    second.close()
    assert windows.windows == (first, third)
    kept = recall(tmp_path / "window.json")
    assert len(kept.others) == 1 and kept.drafts == {"new 2": "unsent"}
    again = windows.open_new()
    assert composer_of(again).draft == "unsent", "what was written there is not lost"
    ended = list[None]()
    windows.ended.connect(lambda: ended.append(None))
    windows.quit()
    assert ended and not windows.windows
    assert len(recall(tmp_path / "window.json").others) == 2


def test_windows_come_again_with_their_chats(
    made: Made, script: Script, history: History, tmp_path: Path, qapp: QApplication
) -> None:
    windows, _ = made
    ask(windows.front, "to be continued")
    script.answer(["Yes."])
    chat = windows.front.session.chat
    windows.open_new()
    windows.quit()
    router = Router(cast(Children, Script(history)))
    files = (tmp_path / "settings.toml", tmp_path / "window.json")
    later = WindowSet(Settings(), files, lambda: history, router, lambda _: None)
    first = later.make()
    router.start()
    first.begun.emit()
    assert sorted(str(w.session.chat) for w in later.windows) == sorted([str(chat), "None"])
    later.quit()


def test_a_window_stays_on_a_screen_that_is_there(made: Made, qapp: QApplication) -> None:
    windows, _ = made
    window = windows.front
    window.move(5000, 5000)
    qapp.screenRemoved.emit(qapp.primaryScreen())
    qapp.processEvents()
    room = qapp.primaryScreen().availableGeometry()
    assert room.contains(QRect(window.pos(), window.size()).center())


def test_the_bar_asks_and_goes_on_in_a_window(made: Made, script: Script, qtbot: QtBot) -> None:
    windows, access = made
    access.obey(Wish.QUICK)
    bar = access.bar
    assert bar.isVisible()
    bar.field.setText("capital of France?")
    bar.ask()
    script.answer(["Paris."])
    assert "Paris." in texts(bar)
    bar.field.setText("and of Spain?")
    bar.ask()
    assert script.said().chat == bar.session.chat, "it follows in the same chat"
    before = windows.front
    bar.open.click()
    assert windows.front is before, "an unused window takes it"
    assert not bar.isVisible() and "Paris." in texts(before)
    script.answer(["Madrid."])
    assert "Madrid." in texts(before)
    access.ask()
    assert not bar.open.isVisible(), "the next one begins anew"


def test_escape_puts_the_bar_away_and_ends_what_nobody_sees(made: Made, qtbot: QtBot) -> None:
    windows, access = made
    windows.front.hide()
    access.ask()
    ended = list[None]()
    windows.ended.connect(lambda: ended.append(None))
    QTest.keyClick(access.bar.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bool(ended))


def test_without_a_tray_nothing_stays_and_nothing_breaks(made: Made) -> None:
    windows, access = made
    change(windows.front, keep_in_tray=True)
    assert not access.tray.shown, "there is no tray on this screen"
    windows.front.dialogs.open_preferences("Quick questions")
    dialog = windows.front.dialogs.preferences
    assert dialog is not None
    assert not dialog.controls["keep_in_tray"].isEnabled()
    window = windows.front
    window.close()
    assert not windows.windows


def test_with_a_tray_the_last_window_only_hides(made: Made, tmp_path: Path) -> None:
    windows, access = made
    windows.hides_last = lambda: True
    window = windows.front
    window.close()
    assert windows.windows == (window,) and not window.isVisible()
    assert window.microphone.muted, "nothing is heard that nobody sees"
    assert not recall(tmp_path / "window.json").muted, "it is no wish of the user's"
    access.tray.open_wanted.emit()
    assert window.isVisible() and not window.microphone.muted
    access.tray.private_wanted.emit()
    assert window.session.private
    access.tray.mute_wanted.emit(True)
    assert window.microphone.muted and access.tray.mute.isChecked()
    access.tray.quit_wanted.emit()
    assert not windows.windows


def test_a_key_that_cannot_be_had_is_told_with_a_choice(made: Made) -> None:
    windows, _ = made
    change(windows.front, quick_key="Q")
    assert "Q" in notice_of(windows.front)
    change(windows.front, quick_key="Ctrl+Alt+Space")
    windows.front.dialogs.open_preferences("Quick questions")
    dialog = windows.front.dialogs.preferences
    assert dialog is not None and "candor quick" in dialog.key_problem
    assert key_problem(KeyState.WORKS, "F9") == ("", "")


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ("Ctrl+Alt+Space", XKey(0x20, 12)),
        ("F9", XKey(0xFFC6, 0)),
        ("Meta+Q", XKey(ord("q"), 64)),
        ("Q", None),
        ("Shift+Q", None),
        ("", None),
        ("Ctrl+A, Ctrl+B", None),
    ],
)
def test_only_keys_that_nobody_types_are_taken_from_all_programs(
    keys: str, key: XKey | None
) -> None:
    assert x_key(keys) == key


def test_under_wayland_no_key_is_taken_from_x() -> None:
    assert on_x11("xcb", {"DISPLAY": ":0"})
    assert not on_x11("xcb", {"XDG_SESSION_TYPE": "wayland"})
    assert not on_x11("wayland", {"WAYLAND_DISPLAY": "wayland-0"})


def test_settings_of_a_newer_window_do_not_echo(made: Made, script: Script) -> None:
    windows, _ = made
    windows.open_new()
    told = len(script.mind)
    front = windows.front
    front.actions_.apply(replace(front.actions_.settings, units="metric"))
    assert len(script.mind) == told + 1, "one Apply, whatever the number of windows"
