"""What the kiosk is put together from: whatever another part of Candor brings along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.kiosk.keyboard import OnScreenKeyboard

Languages = tuple[str, ...]


def _nothing_kept() -> str:
    return ""


def _nothing_left() -> None:
    return None


def _no_way_out(parent: QWidget) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class KioskParts:
    """The parts from outside; without one, the kiosk does without it.

    `forget_left` forgets what a crash left, before anything is shown. `keyboard` makes the
    on-screen keyboard of these languages. `begin_visit` begins a visit, and returns what forgets
    it: called in a thread, it returns the line of the receipt. `admin_exit` asks for the PIN over a
    widget and says whether the kiosk may be left.
    """

    forget_left: Callable[[], None] = _nothing_left
    keyboard: Callable[[Languages], OnScreenKeyboard] | None = None
    begin_visit: Callable[[], Callable[[], str]] = lambda: _nothing_kept
    admin_exit: Callable[[QWidget], bool] = _no_way_out
