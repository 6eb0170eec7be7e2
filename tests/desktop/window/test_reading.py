"""By keyboard and by ear: parts, messages, one stop for a row, order, roles, and what is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from agent.events import Asked, Reply
from agent.types import Ended
from desktop.window.main import Window
from desktop.window.turn_announcer import LATE_MS
from tests.desktop.reading import seen_below
from tests.desktop.window_script import LABEL, NOTHING, Script
from tests.desktop.windowing import ask, button, mute, newest, press, said


def _focus_within(window: Window) -> str:
    focus = QApplication.focusWidget()
    parts = {
        "chats": window.parts.chats,
        "conversation": window.parts.conversation.body,
        "composer": window.parts.conversation.composer,
        "side": window.parts.inspector,
    }
    return next((n for n, p in parts.items() if focus and p.isAncestorOf(focus)), "")


@pytest.fixture
def accessible() -> Iterator[None]:
    """As if a screen reader ran."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def test_f6_goes_round_the_parts_and_says_which(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    ask(window, "Hello")
    script.answer(["Hi."])
    qtbot.waitUntil(window.isActiveWindow)
    heard = said(window)
    met = []
    for _ in range(4):
        press(window, "next_pane")
        met.append(_focus_within(window))
    assert met == ["side", "chats", "conversation", "composer"]
    assert heard == ["Picture and reasons", "Chats", "Conversation", "Your question"]
    press(window, "previous_pane")
    assert _focus_within(window) == "conversation"


def test_alt_up_and_down_go_from_message_to_message(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    for words in ("One?", "Two?"):
        ask(window, words)
        script.answer([f"Answer to {words}"], chat=1)
    qtbot.waitUntil(window.isActiveWindow)
    read = []
    for _ in range(5):
        press(window, "previous_message")
        focus = QApplication.focusWidget()
        assert focus is not None
        read.append(focus.toPlainText())  # type: ignore[attr-defined]
    assert read == ["Answer to Two?", "Two?", "Answer to One?", "One?", "One?"]
    for _ in range(4):
        press(window, "next_message")
    assert _focus_within(window) == "composer"


def test_a_row_of_actions_is_one_stop_with_arrow_keys_inside(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    ask(window, "Hello")
    script.answer(["Hi."])
    qtbot.waitUntil(window.isActiveWindow)
    why, copy = (button(newest(window), name) for name in ("Why this answer?", "Copy this answer"))
    qtbot.waitUntil(why.isVisible)
    buttons = newest(window).findChildren(QPushButton)
    stops = [b for b in buttons if b.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert copy not in stops and why in stops
    why.setFocus()
    QTest.keyClick(why, Qt.Key.Key_Right)
    assert copy.hasFocus()
    QTest.keyClick(copy, Qt.Key.Key_End)
    assert button(newest(window), "Correct this answer").hasFocus()
    QTest.keyClick(button(newest(window), "Correct this answer"), Qt.Key.Key_Right)
    assert why.hasFocus()


def test_names_say_which_answer(window: Window, script: Script) -> None:
    ask(window, "How long does an egg need, if it is large and cold from the fridge?")
    script.answer(["Ten minutes."])
    name = button(newest(window), "Copy this answer").accessibleName()
    assert name.startswith("Copy this answer (to “How long does an egg need")
    assert len(name) < 90


def test_every_result_is_said_once(
    window: Window, script: Script, accessible: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = said(window)
    ask(window, "Hello")
    script.answer(["Hi."])
    assert heard == ["Hi.", "Answer finished."]
    heard.clear()
    mute(window)
    assert heard == ["Microphone muted."]
    heard.clear()
    ask(window, "Again")
    script.tell(Asked(script.said().turn, 1, "Again", None, (), None))
    script.tell(Reply(script.said().turn, "", Ended.INTERRUPTED, NOTHING, {}))
    assert heard == ["Stopped."]
    quiet = list[str]()
    monkeypatch.setattr(
        "desktop.conversation.answer_actions.announce", lambda _, text: quiet.append(text)
    )
    ask(window, "Once more")
    script.answer(["Yes."], chat=1)
    button(newest(window), "Copy this answer").click()
    assert quiet == ["Copied."]


def test_a_late_answer_is_said_once(qtbot: QtBot, window: Window, script: Script) -> None:
    heard = said(window)
    ask(window, "Hello")
    say = script.said()
    script.tell(Asked(say.turn, 1, say.text, None, (), None))
    late = window.arrivals.progress.late
    assert late.interval() == LATE_MS == 7000 and late.isActive()
    late.setInterval(1)
    late.start()
    qtbot.waitUntil(lambda: heard == ["Still working."])
    assert not late.isActive()


def test_why_moves_the_focus_to_the_reasons(qtbot: QtBot, window: Window, script: Script) -> None:
    ask(window, "Hello")
    script.answer(["Hi [1]."], (LABEL,))
    qtbot.waitUntil(window.isActiveWindow)
    heard = said(window)
    press(window, "why")
    assert heard == ["The reasons are shown."]
    assert _focus_within(window) == "side"


def test_parts_headings_and_messages_have_roles(
    window: Window, script: Script, accessible: None
) -> None:
    ask(window, "One?")
    script.answer(["Yes."])
    QApplication.processEvents()
    met = list[tuple[QAccessible.Role, str]]()

    def walk(face: QAccessibleInterface) -> None:
        met.append((face.role(), face.text(QAccessible.Text.Name)))
        for child in seen_below(face):
            walk(child)

    face = QAccessible.queryAccessibleInterface(window)
    assert face is not None
    walk(face)
    role = QAccessible.Role
    for wanted in (
        (role.ComplementaryContent, "Chats"),
        (role.Section, "Conversation"),
        (role.List, "Messages"),
        (role.ListItem, "One?"),
        (role.Heading, "You"),
        (role.Heading, "Candor"),
        (role.Form, "Your question"),
    ):
        assert wanted in met, wanted
