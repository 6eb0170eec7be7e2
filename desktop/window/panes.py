"""Moves the focus between the parts of the window, and between messages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.window.layout import WindowLayout

translate = QCoreApplication.translate


class Panes:
    """The parts, from the left: chats, conversation, question, picture and reasons."""

    def __init__(self, parts: WindowLayout, announce: Callable[[str], None]) -> None:
        self._parts, self._announce = parts, announce

    def step(self, by: int) -> None:
        """Go to the next part that is shown (1), or to the one before (-1)."""
        panes = [pane for pane in self._panes() if pane[0].isVisible()]
        focus = QApplication.focusWidget()
        now = next((at for at, pane in enumerate(panes) if _inside(pane[0], focus)), None)
        start = now if now is not None else (-1 if by > 0 else 0)
        pane, name, first = panes[(start + by) % len(panes)]
        stop = first() or _first_stop(pane)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._announce(name)

    def go(self, part: QWidget) -> None:
        """Go to the first place in this part that takes the keyboard."""
        stop = _first_stop(part)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step_message(self, by: int) -> None:
        """Go to the next question or answer, or to the one before; at the end, to the question."""
        transcript = self._parts.conversation.transcript
        messages = [message for view in transcript.views for message in view.messages()]
        focus = QApplication.focusWidget()
        now = next((at for at, (whole, _) in enumerate(messages) if _inside(whole, focus)), None)
        if not messages or (now is None and by > 0):
            return
        place = len(messages) - 1 if now is None else now + by
        if place >= len(messages):
            self._parts.conversation.composer.focus_text()
        elif place >= 0:
            _, words = messages[place]
            words.setFocus(Qt.FocusReason.ShortcutFocusReason)
            transcript.ensureWidgetVisible(words)

    def _panes(self) -> list[tuple[QWidget, str, Callable[[], QWidget | None]]]:
        middle, parts = self._parts.conversation, self._parts
        return [
            (parts.chats, translate("Panes", "Chats"), lambda: parts.chats.list),
            (middle.body, translate("Panes", "Conversation"), self._newest),
            (middle.composer, translate("Panes", "Your question"), lambda: middle.composer.text),
            (parts.inspector, translate("Panes", "Picture and reasons"), lambda: None),
        ]

    def _newest(self) -> QWidget | None:
        """The last message; of an empty chat the first way to begin."""
        views = self._parts.conversation.transcript.views
        messages = views[-1].messages() if views else []
        return messages[-1][1] if messages and messages[-1][1].isVisible() else None


def _inside(pane: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (focus is pane or pane.isAncestorOf(focus))


def _first_stop(pane: QWidget) -> QWidget | None:
    """The first in the order of Tab that can have the focus."""
    widget = pane.nextInFocusChain()
    first = widget
    while widget is not None:
        by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if pane.isAncestorOf(widget) and by_tab and widget.isVisible() and widget.isEnabled():
            return widget
        widget = widget.nextInFocusChain()
        if widget is first:
            return None
    return None
