"""No screen reader reads a name twice: a tool tip that only repeats it is no description."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from agent.attached_text import AttachedText
from desktop.setup.models_dialog import ModelsDialog
from desktop.window.main import Window
from tests.desktop.window_script import LABEL, Script
from tests.desktop.windowing import ask, composer_of, open_settings, settings_of


def _twice(whole: QWidget) -> Iterator[str]:
    for widget in (whole, *whole.findChildren(QWidget)):
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None:
            continue
        name = interface.text(QAccessible.Text.Name).strip()
        described = interface.text(QAccessible.Text.Description).strip()
        if name and name in described:
            yield f"{type(widget).__name__}: {name} | {described}"


def test_nothing_in_the_window_is_read_twice(window: Window, script: Script) -> None:
    ask(window, "What does it say?")
    script.answer(["It says 400 mg [1]."], evidence=(LABEL,))
    composer_of(window).set_draft("a", texts=[AttachedText("Minutes", "word " * 500)])
    window.parts.panels.show_side(True)
    assert list(_twice(window)) == []


def test_nothing_in_the_settings_or_models_is_read_twice(window: Window, qtbot: QtBot) -> None:
    assert list(_twice(open_settings(window))) == []
    models = ModelsDialog(settings_of(window))
    qtbot.addWidget(models)
    qtbot.waitUntil(lambda: bool(models.cards), timeout=20_000)
    assert list(_twice(models)) == []


def test_a_key_stays_in_the_description(window: Window) -> None:
    go = composer_of(window).go
    found = QAccessible.queryAccessibleInterface(go)
    assert found is not None and QApplication.instance() is not None
    assert found.text(QAccessible.Text.Description) == "Enter"
    assert go.toolTip() == "Send (Enter)"
