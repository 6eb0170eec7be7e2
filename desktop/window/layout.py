"""The widgets of the window that others speak to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtWidgets import QWidget

from desktop.conversation.chats.chat_list import ChatList
from desktop.conversation.panel import ConversationPanel
from desktop.inspector.panel import InspectorPanel
from desktop.session.facts import FactBoard
from desktop.window.panels import Panels
from desktop.window.status_line import StatusLine


@dataclass(frozen=True, slots=True)
class WindowLayout:
    """Chats on the left, the conversation, the side panel, and the line at the bottom."""

    chats: ChatList
    conversation: ConversationPanel
    inspector: InspectorPanel
    status: StatusLine
    panels: Panels
    facts: FactBoard


def chain(stops: Iterable[QWidget]) -> None:
    """Let Tab visit these widgets in this order."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
