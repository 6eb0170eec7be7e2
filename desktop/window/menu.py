"""Every command of the window with its shortcut, in one menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMessageBox

from desktop import theme
from desktop.session.session import Session
from desktop.widgets import icons
from desktop.window.actions import Actions
from desktop.window.dialogs import Dialogs
from desktop.window.layout import WindowLayout
from desktop.window.microphone import Microphone
from desktop.window.outside.import_chats import ChatImport
from desktop.window.welcome import Welcome

translate = QCoreApplication.translate

_New = QKeySequence.StandardKey.New
_Quit = QKeySequence.StandardKey.Quit


@dataclass(frozen=True, slots=True)
class Targets:
    """What the commands of the menu act on."""

    window: QMainWindow
    parts: WindowLayout
    session: Session
    actions: Actions
    microphone: Microphone
    dialogs: Dialogs
    chat_import: ChatImport
    welcome: Welcome


def build_menu(on: Targets) -> QAction:
    """Make the actions, give them their keys, and put them into the header's menu.

    Returns the one that mutes, whose key is a setting.
    """
    header, mute = on.parts.conversation.header, _mute(on)
    rest = [*_chat(on), None, *_answer(on), mute, None, *_rest(on)]
    header.set_menu(rest)
    on.parts.chats.settings.clicked.connect(on.dialogs.open_preferences)
    return mute


def _chat(on: Targets) -> list[QAction]:
    chats, actions = on.parts.chats, on.actions

    def new() -> None:
        actions.open_chat(None)

    def search() -> None:
        on.parts.panels.show_chats(True)
        chats.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    export = translate("Menu", "Export this chat…")
    import_ = translate("Menu", "Import chats…")
    return [
        _action(on.window, "plus", translate("Menu", "New chat"), QKeySequence(_New), new),
        _action(on.window, "search", translate("Menu", "Search chats"), "Ctrl+K", search),
        _action(on.window, "download", export, "Ctrl+Shift+S", chats.export),
        _action(on.window, "folder", import_, "", on.chat_import.choose),
    ]


def _answer(on: Targets) -> list[QAction]:
    composer, actions = on.parts.conversation.composer, on.actions

    def why() -> None:
        newest = on.session.transcript.newest
        if newest is not None:
            actions.explain(newest.id)

    add, write = translate("Menu", "Add a picture…"), translate("Menu", "Write a question")
    last = translate("Menu", "Why the last answer?")
    return [
        _action(on.window, "paperclip", add, "Ctrl+O", composer.choose),
        _action(on.window, "type", write, "Ctrl+L", composer.focus_text),
        _action(on.window, "circle-help", last, "Ctrl+Shift+W", why),
        _action(on.window, "square", translate("Menu", "Stop"), "Esc", actions.escape),
    ]


def _mute(on: Targets) -> QAction:
    name = translate("Menu", "Mute the microphone")
    mute = _action(on.window, "mic-off", name, "", on.microphone.toggle_mute)
    mute.setCheckable(True)
    on.microphone.mute_changed.connect(mute.setChecked)
    return mute


def _rest(on: Targets) -> list[QAction]:
    settings, about = translate("Menu", "Settings…"), translate("Menu", "About Candor")
    try_ = translate("Menu", "Three things to try…")
    leave, train = translate("Menu", "Quit"), translate("Menu", "Train…")
    return [
        _action(on.window, "settings", settings, "Ctrl+,", on.dialogs.open_preferences),
        _action(on.window, "graduation-cap", train, "Ctrl+T", on.dialogs.open_train),
        _action(on.window, "circle-help", try_, "", on.welcome.open_steps),
        _action(on.window, "info", about, "", lambda: _about(on.window)),
        _action(on.window, "x", leave, QKeySequence(_Quit), on.window.close),
    ]


def _action(
    window: QMainWindow, icon: str, name: str, keys: QKeySequence | str, do: Callable[[], object]
) -> QAction:
    action = QAction(icons.icon(icon, "muted"), name, window)
    action.setShortcut(QKeySequence(keys))
    action.triggered.connect(lambda _=False: do())
    window.addAction(action)
    return action


def _about(window: QMainWindow) -> None:
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
