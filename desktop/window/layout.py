"""The widgets of the window that others speak to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from desktop.conversation.chats.chat_list import ChatList
from desktop.conversation.panel import ConversationPanel
from desktop.inspector.panel import InspectorPanel
from desktop.session.facts import FactBoard
from desktop.widgets.roles import install_roles, set_role
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


def name_parts(parts: WindowLayout) -> None:
    """Tell a screen reader what the parts of the window are."""
    translate = QCoreApplication.translate
    role, middle = QAccessible.Role, parts.conversation
    for part, what, name in (
        (parts.chats, role.ComplementaryContent, translate("Panes", "Chats")),
        (middle, role.Section, translate("Panes", "Conversation")),
        (middle.header, role.ToolBar, translate("Panes", "About this chat")),
        (middle.composer, role.Form, translate("Panes", "Your question")),
        (parts.inspector, role.ComplementaryContent, translate("Panes", "Picture and reasons")),
        (parts.status, role.StatusBar, translate("Panes", "Status")),
    ):
        set_role(part, what, name)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        install_roles(app)


def chain(stops: Iterable[QWidget]) -> None:
    """Let Tab visit these widgets in this order."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
