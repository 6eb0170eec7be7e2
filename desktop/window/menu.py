"""Every command of the window with its shortcut, in one menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMessageBox

from desktop import theme
from desktop.widgets import icons

if TYPE_CHECKING:
    from desktop.window.main import Window

translate = QCoreApplication.translate

_New = QKeySequence.StandardKey.New
_Quit = QKeySequence.StandardKey.Quit


def build_menu(window: Window) -> QAction:
    """Make the actions, give them their keys, and put them into the header's menu.

    Returns the one that mutes, whose key is a setting.
    """
    header, mute = window.parts.middle.header, _mute(window)
    rest = [*_chat(window), None, *_answer(window), mute, None, *_rest(window)]
    header.set_menu(rest)
    window.parts.chats.settings.clicked.connect(window.dialogs.open_preferences)
    return mute


def _chat(window: Window) -> list[QAction]:
    chats, actions = window.parts.chats, window.actions_

    def new() -> None:
        actions.open_chat(None)

    def search() -> None:
        window.parts.panels.show_chats(True)
        chats.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    export = translate("Menu", "Export this chat…")
    return [
        _action(window, "plus", translate("Menu", "New chat"), QKeySequence(_New), new),
        _action(window, "search", translate("Menu", "Search chats"), "Ctrl+K", search),
        _action(window, "download", export, "Ctrl+Shift+S", chats.export),
    ]


def _answer(window: Window) -> list[QAction]:
    composer, actions = window.parts.middle.composer, window.actions_

    def why() -> None:
        newest = window.session.transcript.newest
        if newest is not None:
            actions.explain(newest.id)

    add, write = translate("Menu", "Add a picture…"), translate("Menu", "Write a question")
    last = translate("Menu", "Why the last answer?")
    return [
        _action(window, "paperclip", add, "Ctrl+O", composer.choose),
        _action(window, "type", write, "Ctrl+L", composer.focus_text),
        _action(window, "circle-help", last, "Ctrl+Shift+W", why),
        _action(window, "square", translate("Menu", "Stop"), "Esc", actions.escape),
    ]


def _mute(window: Window) -> QAction:
    name = translate("Menu", "Mute the microphone")
    mute = _action(window, "mic-off", name, "", window.microphone.toggle_mute)
    mute.setCheckable(True)
    window.microphone.mute_changed.connect(mute.setChecked)
    return mute


def _rest(window: Window) -> list[QAction]:
    settings, about = translate("Menu", "Settings…"), translate("Menu", "About Candor")
    leave, train = translate("Menu", "Quit"), translate("Menu", "Train…")
    return [
        _action(window, "settings", settings, "Ctrl+,", window.dialogs.open_preferences),
        _action(window, "graduation-cap", train, "Ctrl+T", window.dialogs.open_train),
        _action(window, "info", about, "", lambda: _about(window)),
        _action(window, "x", leave, QKeySequence(_Quit), window.close),
    ]


def _action(
    window: Window, icon: str, name: str, keys: QKeySequence | str, do: Callable[[], object]
) -> QAction:
    action = QAction(icons.icon(icon, "muted"), name, window)
    action.setShortcut(QKeySequence(keys))
    action.triggered.connect(lambda _=False: do())
    window.addAction(action)
    return action


def _about(window: Window) -> None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("candor-desktop")
    except PackageNotFoundError:
        number = ""
    what = translate(
        "Menu", "A private companion that listens, looks, answers and explains itself."
    )
    licence = translate("Menu", "Apache License 2.0. Icons by Lucide (ISC License).")
    box = QMessageBox(window)
    box.setWindowTitle(translate("Menu", "About Candor"))
    box.setIconPixmap(icons.app_icon().pixmap(theme.gap(16), theme.gap(16)))
    box.setText(f"Candor {number}".strip())
    box.setInformativeText(f"{what}\n\n{licence}")
    box.exec()
