"""What an entry of the table of actions is, and what it acts on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import cast

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from agent.settings import Settings
from desktop.conversation.find.chat_search import ChatSearch
from desktop.session.session import Session
from desktop.window.actions import Actions
from desktop.window.dialogs import Dialogs
from desktop.window.layout import WindowLayout
from desktop.window.microphone import Microphone
from desktop.window.outside.import_chats import ChatImport
from desktop.window.panes import Panes
from desktop.window.welcome import Welcome

QT_TRANSLATE_NOOP = cast(Callable[[str, str], str], QtCore.QT_TRANSLATE_NOOP)
"""Marks words for translation, as Qt's own does, whose type says less."""


class ActionGroup(Enum):
    """The sections of the help page; the value is the title in English."""

    CHATS = QT_TRANSLATE_NOOP("Actions", "Chats")
    ASK = QT_TRANSLATE_NOOP("Actions", "Questions and answers")
    TALK = QT_TRANSLATE_NOOP("Actions", "Talking")
    VIEW = QT_TRANSLATE_NOOP("Actions", "Window")
    PROGRAM = QT_TRANSLATE_NOOP("Actions", "Candor")

    @property
    def title(self) -> str:
        """Its name in the user's language."""
        return QCoreApplication.translate("Actions", self.value)


@dataclass(frozen=True, slots=True)
class Targets:
    """What the actions act on."""

    window: QMainWindow
    parts: WindowLayout
    session: Session
    actions: Actions
    microphone: Microphone
    dialogs: Dialogs
    search: ChatSearch
    panes: Panes
    announce: Callable[[str], None]
    chat_import: ChatImport
    welcome: Welcome


def _always(_: Targets) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class WindowAction:
    """One thing that can be done in the window.

    Without `run` it is a key that acts where it is pressed: it is explained, not started.
    """

    name: str
    """Never changes; the same in every language."""
    group: ActionGroup
    english: str
    """Its title in English, marked for translation."""
    keys: tuple[str, ...] = ()
    run: Callable[[Targets], object] | None = None
    usable: Callable[[Targets], bool] = _always
    icon: str = ""
    menu: bool = False
    """Whether it stands in the window's menu too."""
    in_list: bool = False
    """Whether its key acts only in the list of chats."""
    setting: str = ""
    """The setting that holds its key."""
    checked: Callable[[Targets], bool] | None = None

    @property
    def title(self) -> str:
        """Its title in the user's language."""
        return QCoreApplication.translate("Actions", self.english)

    def keys_with(self, settings: Settings) -> tuple[str, ...]:
        """Its keys, written as in `Ctrl+N`, with these settings."""
        if self.setting:
            key = getattr(settings, self.setting)
            return (key,) if key else ()
        return self.keys


def shown_key(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
