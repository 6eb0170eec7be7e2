"""What one window needs of the others; a window that is alone needs nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.window.state import OtherWindow


def _nothing() -> None:
    """There is nobody to ask."""


def _none_has_it(_: object) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Around:
    """What is around a window.

    `number` tells the unsent words of its new chat from those of others; `drafts` are shared by
    all windows. `quit` is None where closing the window ends the program anyway.
    """

    number: int = 0
    drafts: dict[str, str] | None = None
    new_window: Callable[[], object] = _nothing
    quit: Callable[[], None] | None = None
    bring_chat: Callable[[int], bool] = _none_has_it
    """Shows the window that has this chat open; False where none has."""
    bring_dialog: Callable[[str], bool] = _none_has_it
    """Shows this dialog where another window has it open."""
    stays: Callable[[], bool] = lambda: False
    """Whether closing the last window only hides it."""
    key_problem: Callable[[], str] = str
    """What is wrong with the key for a quick question."""
    others: Callable[[], tuple[OtherWindow, ...]] = tuple
    """The other windows, to be kept for the next start."""
