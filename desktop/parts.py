"""The widgets of the window that others speak to."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.chats import ChatList
from desktop.middle import Middle
from desktop.panels import Panels
from desktop.side import SidePanel
from desktop.status import StatusLine


@dataclass(frozen=True, slots=True)
class Parts:
    """Chats on the left, the conversation, the side panel, and the line at the bottom."""

    chats: ChatList
    middle: Middle
    side: SidePanel
    status: StatusLine
    panels: Panels
