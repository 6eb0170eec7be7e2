"""The table of all actions of the window, in the order in which they are explained."""

from __future__ import annotations

from desktop.window.commands.chats import CHAT_ACTIONS
from desktop.window.commands.conversation import ASK_ACTIONS, TALK_ACTIONS
from desktop.window.commands.types import WindowAction
from desktop.window.commands.view import PROGRAM_ACTIONS, VIEW_ACTIONS

WINDOW_ACTIONS: tuple[WindowAction, ...] = (
    *CHAT_ACTIONS,
    *ASK_ACTIONS,
    *TALK_ACTIONS,
    *VIEW_ACTIONS,
    *PROGRAM_ACTIONS,
)


def action_named(name: str) -> WindowAction | None:
    """The action of this name, where there is one."""
    return next((action for action in WINDOW_ACTIONS if action.name == name), None)
