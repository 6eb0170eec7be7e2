"""What a reviewer of the window met, each with its steps (the letters are those of the review)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from agent.events import AssistantState, Preview, Ready
from agent.settings import Settings
from agent.types import Phase
from desktop import theme
from desktop.conversation.correction import Correction
from desktop.conversation.text.code_view import CodeView
from desktop.window.main import Window
from perception.messages import plain
from perception.types import Box, Item, Quality, Scene
from tests.desktop.pages import DIALOGS, PAGES, close_dialogs
from tests.desktop.window_script import LABEL, Script
from tests.desktop.windowing import (
    ask,
    button,
    change,
    composer_of,
    newest,
    open_settings,
    picture,
    press,
    said,
)


def test_b3_the_last_line_of_wide_code_stands_above_its_scroll_bar(
    window: Window, script: Script
) -> None:
    ask(window, "Code?")
    script.answer(["```python\n" + "x = 'long' * 20  # " * 20 + "\nlast = 1\n```\n"])
    for _ in range(4):
        QApplication.processEvents()
    (code,) = newest(window).findChildren(CodeView)
    (field,) = code.findChildren(QPlainTextEdit)
    assert field.horizontalScrollBar().maximum() > 0
    last = field.blockBoundingGeometry(field.document().lastBlock())
    assert last.translated(field.contentOffset()).bottom() <= field.viewport().height() + 1


def test_b8_escape_leaves_the_form_of_a_correction(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    change(window, keep_marks=True)
    ask(window, "Who?")
    script.answer(["Me."])
    qtbot.waitUntil(window.isActiveWindow)
    button(newest(window), "Correct this answer").click()
    (form,) = newest(window).findChildren(Correction)
    qtbot.waitUntil(form.text.hasFocus)
    QTest.keyClick(form.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not form.isVisible())
    assert button(newest(window), "Correct this answer").hasFocus()


def test_b10_the_reasons_say_which_answer_they_are_about(window: Window, script: Script) -> None:
    ask(window, "How long?")
    script.answer(["Ten minutes [1]."], (LABEL,))
    press(window, "why")
    ask(window, "And how hot?")
    script.answer(["Very."], chat=1)
    assert window.parts.inspector.about == "The answer to “How long?”"
    press(window, "why")
    assert window.parts.inspector.about == "The answer to “And how hot?”"
    press(window, "new_chat")
    assert window.parts.inspector.about == ""


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_b16_what_completes_a_path_has_a_ground(
    qapp: QApplication, qtbot: QtBot, colours: str
) -> None:
    theme.apply(qapp, Settings(theme=colours))
    popup = QListView()
    qtbot.addWidget(popup)
    popup.resize(200, 100)
    popup.show()
    ground = popup.grab().toImage().pixelColor(100, 50)
    assert ground.name() == theme.color("raised").name()


def test_b20_escape_from_the_settings_goes_back_to_the_question(
    qtbot: QtBot, window: Window
) -> None:
    qtbot.waitUntil(window.isActiveWindow)
    composer_of(window).focus_text()
    dialog = open_settings(window)
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    window.activateWindow()  # as a window manager does
    qtbot.waitUntil(window.isActiveWindow)
    assert composer_of(window).text.hasFocus()


def test_b21_the_status_line_keeps_its_height(window: Window, script: Script) -> None:
    def places() -> tuple[int, int]:
        for _ in range(4):
            QApplication.processEvents()
        return window.parts.status.height(), composer_of(window).mapTo(window, QPoint()).y()

    before = places()
    script.tell(AssistantState(Phase.LOADING, "", plain("Loading the models")))
    loading = places()
    script.tell(Ready("m", "cpu", plain("It fits.")), AssistantState(Phase.IDLE, ""))
    assert before == loading == places()


def test_b22_a_chat_is_listed_as_soon_as_it_is_asked_in(window: Window, script: Script) -> None:
    ask(window, "Is anybody there?")
    script.answer(["No."])
    assert "Is anybody there?" in window.parts.chats.titles()


def test_d5_a_section_is_a_button_and_a_menu_is_announced(window: Window, script: Script) -> None:
    PAGES["why"](window, script)
    QApplication.processEvents()
    for whole in (window, DIALOGS["training 0"](window, script)):
        for found in whole.findChildren(QPushButton):
            face = QAccessible.queryAccessibleInterface(found)
            if found.property("kind") == "fold":
                assert face.role() == QAccessible.Role.Button, found.accessibleName()
            if found.menu() is not None:
                assert face.state().hasPopup, found.accessibleName()
        for tool in whole.findChildren(QToolButton):
            if tool.menu() is not None:
                face = QAccessible.queryAccessibleInterface(tool)
                assert face.state().hasPopup, tool.accessibleName()
    close_dialogs(window)


def test_d10_what_is_in_view_is_said_at_a_key(window: Window, script: Script) -> None:
    heard = said(window)
    press(window, "in_view")
    assert heard == []
    window.actions_.look(True)
    cup = Item("Coffee cup", Box(0.1, 0.6, 0.2, 0.2), 0.71, "objects")
    scene = Scene((), (cup,), (), (), (), "", Quality(0.5, 200), 0.0)
    script.tell(Preview(picture(), scene))
    press(window, "in_view")
    assert len(heard) == 1 and "coffee cup" in heard[0].lower()


@pytest.mark.parametrize("name", ["settings 0", "training 0", "models", "help"])
def test_b6_a_dialog_is_never_larger_than_the_screen_with_its_frame(
    window: Window, script: Script, name: str
) -> None:
    dialog = DIALOGS[name](window, script)
    dialog.show()
    room = dialog.screen().availableSize()
    assert dialog.height() < room.height() - 20 and dialog.width() <= room.width()
    close_dialogs(window)
