"""The key that opens the bar from any program, as far as this desktop lets a program have one."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence

from desktop.window.quick.keysym import x_key
from desktop.window.quick.x11_key import X11Key


class KeyState(Enum):
    """What became of the wish for a key."""

    OFF = auto()
    WORKS = auto()
    TAKEN = auto()
    """Another program has it."""
    UNFIT = auto()
    """It would be taken from everything that is typed."""
    NO_WAY = auto()
    """This desktop gives programs no key."""


class GlobalKey(QObject):
    """`pressed` comes from anywhere; `changed` carries the `KeyState`."""

    pressed = Signal()
    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.keys = ""
        self.state = KeyState.OFF
        self._x11: X11Key | None = None

    def set_keys(self, keys: str) -> None:
        """Take this key, written as in `Ctrl+Alt+Space`; empty takes none."""
        if keys == self.keys:
            return
        self.keys = keys
        self.state = self._take(keys)
        self.changed.emit(self.state)

    def close(self) -> None:
        """Let go of it."""
        if self._x11 is not None:
            self._x11.close()
            self._x11 = None

    def _take(self, keys: str) -> KeyState:
        if self._x11 is not None:
            self._x11.release()
        if not keys:
            return KeyState.OFF
        key = x_key(keys)
        if key is None:
            return KeyState.UNFIT
        if not on_x11(QGuiApplication.platformName(), os.environ):
            return KeyState.NO_WAY
        try:
            self._x11 = self._x11 or self._open()
        except OSError:
            return KeyState.NO_WAY
        return KeyState.WORKS if self._x11.grab(key) else KeyState.TAKEN

    def _open(self) -> X11Key:
        x11 = X11Key()
        x11.pressed.connect(self.pressed)
        return x11


def on_x11(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a key can be taken from X. Under Wayland X would hear only programs of its own."""
    wayland = environment.get("WAYLAND_DISPLAY") or environment.get("XDG_SESSION_TYPE") == "wayland"
    return sys.platform.startswith("linux") and platform == "xcb" and not wayland


def key_problem(state: KeyState, keys: str) -> tuple[str, str]:
    """What is wrong with a key, and what to do; empty where nothing is."""
    translate = QCoreApplication.translate
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    by_hand = translate(
        "QuickKey",
        "In the keyboard settings of your system you can give a key of your own to the command: "
        "candor quick",
    )
    match state:
        case KeyState.TAKEN:
            said = translate("QuickKey", "Another program uses {key}, or your keyboard lacks it.")
            choose = translate("QuickKey", "Choose another key for a quick question.")
            return said.format(key=shown), choose
        case KeyState.UNFIT:
            said = translate("QuickKey", "{key} would be missing wherever you type.")
            choose = translate("QuickKey", "Choose one with Ctrl, Alt or the system key.")
            return said.format(key=shown), choose
        case KeyState.NO_WAY:
            said = translate("QuickKey", "This desktop gives programs no key of their own.")
            return said, by_hand
        case _:
            return "", ""
