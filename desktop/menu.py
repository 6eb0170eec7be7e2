"""Every command of the window with its shortcut, in one menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMessageBox

from desktop import icons

if TYPE_CHECKING:
    from desktop.window import Window

_StandardKey = QKeySequence.StandardKey


def build_menu(window: Window) -> None:
    """Make the actions, give them their keys, and put them into the header's menu."""
    parts, actions = window.parts, window.actions_
    middle = parts.middle

    def search() -> None:
        parts.panels.show_chats(True)
        parts.chats.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def last_why() -> None:
        newest = window.session.transcript.newest
        if newest is not None:
            actions.explain(newest.id)

    def make(icon: str, name: str, keys: QKeySequence | str, do: Callable[[], object]) -> QAction:
        action = QAction(icons.icon(icon, "muted"), name, window) if icon else QAction(name, window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False: do())
        window.addAction(action)
        return action

    chat = [
        make(
            "plus", _tr("New chat"), QKeySequence(_StandardKey.New), lambda: actions.open_chat(None)
        ),
        make("search", _tr("Search chats"), "Ctrl+K", search),
        make("download", _tr("Export this chat…"), "Ctrl+Shift+S", parts.chats.export),
    ]
    answer = [
        make("paperclip", _tr("Add a picture…"), "Ctrl+O", middle.composer.choose),
        make("type", _tr("Write a question"), "Ctrl+L", middle.composer.focus_text),
        make("circle-help", _tr("Why the last answer?"), "Ctrl+Shift+W", last_why),
        make("square", _tr("Stop"), "Esc", actions.escape),
    ]
    end = [
        make("settings", _tr("Settings…"), "Ctrl+,", window.open_preferences),
        make("info", _tr("About Candor"), "", lambda: _about(window)),
        make("x", _tr("Quit"), QKeySequence(_StandardKey.Quit), window.close),
    ]
    middle.header.set_menu([*chat, None, *answer, None, *end])
    parts.chats.settings.clicked.connect(window.open_preferences)


def _about(window: Window) -> None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("candor-desktop")
    except PackageNotFoundError:
        number = ""
    box = QMessageBox(window)
    box.setWindowTitle(_tr("About Candor"))
    box.setIconPixmap(icons.app_icon().pixmap(64, 64))
    box.setText(f"Candor {number}".strip())
    box.setInformativeText(
        _tr("A private companion that listens, looks, answers and explains itself.")
        + "\n\n"
        + _tr("Apache License 2.0. Icons by Lucide (ISC License).")
    )
    box.exec()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menu", text)
