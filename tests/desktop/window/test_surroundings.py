"""Odd surroundings: no tray, no fonts, a comma in numbers, right-to-left text, large imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from agent import settings as user_settings
from desktop.conversation.text.code_view import CodeView
from desktop.conversation.text.view import TextView
from desktop.widgets import quantities
from desktop.window.main import Window
from tests.desktop.window_script import Script
from tests.desktop.windowing import ask, change, newest, notice_of, open_settings, press

NO_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>"""
PROGRAM = """
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QLabel
from agent.settings import Settings
from desktop import theme
app = QApplication([])
theme.apply(app, Settings())
label = QLabel("Hello")
label.show()
app.processEvents()
print(QFontInfo(label.font()).family(), label.sizeHint().width() > 10)
"""


@pytest.fixture
def comma() -> Iterator[None]:
    """A language of numbers in which 1.5 is 1,5."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    yield
    QLocale.setDefault(before)


def test_a_computer_without_fonts_shows_the_one_that_is_shipped(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(NO_FONTS.format(cache=tmp_path / "cache"))
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "FONTCONFIG_FILE": str(config), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["Inter", "True"]


def test_a_comma_in_numbers_changes_what_is_shown_and_not_what_is_kept(
    window: Window, comma: None, tmp_path: Path
) -> None:
    assert "1,4" in quantities.size(1_400_000_000)
    open_settings(window)
    press(window, "larger")
    change(window, patience=1.25, speech_rate=0.9)
    kept = user_settings.load(tmp_path / "settings.toml")
    assert (kept.text_scale, kept.patience, kept.speech_rate) == (1.1, 1.25, 0.9)


def test_without_a_tray_everything_else_works(
    window: Window, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    monkeypatch.setattr("desktop.window.outside.answer_notice.LONG_S", -1.0)
    monkeypatch.setattr(type(window), "isActiveWindow", lambda self: False)
    ask(window, "Hello")
    script.answer(["Hi."])
    assert notice_of(window) == ""
    assert "Hi." in newest(window).turn.answer


def test_right_to_left_text_beside_code(window: Window, script: Script, qtbot: QtBot) -> None:
    words = "\u05e9\u05dc\u05d5\u05dd, \u05d6\u05d4 \u05d4\u05e7\u05d5\u05d3:"
    ask(window, words)
    script.answer([f"{words}\n\n```python\nprint(1)\n```\n\nIn English again.\n"])
    QApplication.processEvents()
    right, left = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
    directions = {
        view.toPlainText().strip(): view.document().firstBlock().textDirection()
        for view in newest(window).findChildren(TextView)
    }
    assert directions[words] is right
    assert directions["In English again."] is left
    (code,) = newest(window).findChildren(CodeView)
    (field,) = code.findChildren(QPlainTextEdit)
    assert field.toPlainText() == "print(1)"
    assert field.document().firstBlock().textDirection() is left


def test_a_large_export_is_read_beside_the_window_and_can_be_stopped(
    window: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.window.outside.import_chats._EVERY_S", 0.0)
    chat = {
        "title": "t",
        "chat": {"messages": [{"role": "user", "content": "Hi"}, {"role": "x", "content": "y"}]},
    }
    file = tmp_path / "chat-export.json"
    file.write_text(json.dumps([{**chat, "id": str(n)} for n in range(3000)]))
    work = window.chat_import
    work.start(file)
    assert notice_of(window) == "Importing chats…"
    shown = list[int]()
    work._read.connect(shown.append)
    qtbot.waitUntil(lambda: bool(shown))
    work.stop()
    qtbot.waitUntil(lambda: notice_of(window).startswith("Chats imported: "), timeout=20_000)
    taken = len(window.parts.chats.known())
    assert 0 < taken < 3000
