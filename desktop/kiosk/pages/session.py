"""The page of the session: the conversation, quick questions, a field, and a way to a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import theme
from desktop.kiosk.pages.buttons import large_button
from desktop.kiosk.pages.conversation import ConversationView
from desktop.kiosk.pages.wording import forgets
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import label

translate = QCoreApplication.translate

_LONGEST = 500
_TALL = 160
"""In spacing units: on a lower page the questions give way once something was asked."""


@dataclass(frozen=True, slots=True)
class SessionSteps:
    """What the buttons of the page do."""

    ask: Callable[[str], object]
    talk: Callable[[], object]
    person: Callable[[], object]
    end: Callable[[], object]


class SessionPage(QWidget):
    """Large text, large buttons. `questions` are words and icon of each quick question."""

    def __init__(
        self, questions: Sequence[tuple[str, str]], steps: SessionSteps, *, may_talk: bool
    ) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setAccessibleName(translate("Kiosk", "Conversation"))
        self._steps = steps
        self.conversation = ConversationView()
        self.hello = label(translate("Kiosk", "Hello! How can I help?"), "display")
        self.hello.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note, self.heard = label("", "muted"), label("", "caption")
        self.questions = [
            large_button(words, partial(steps.ask, words), icon) for words, icon in questions
        ]
        self.person = large_button(translate("Kiosk", "A person, please"), steps.person, "user")
        self.leave = large_button(translate("Kiosk", "End"), steps.end, "x")
        self.field = _field()
        self.field.returnPressed.connect(self._send)
        self.send = large_button(translate("Kiosk", "Send"), self._send, "send", primary=True)
        self.talk = large_button(translate("Kiosk", "Talk"), steps.talk, "mic")
        self.talk.setVisible(may_talk)
        self._lay_out()
        self.setFocusProxy(self.field)

    def show_listening(self, on: bool) -> None:
        """Whether the visitor's voice is taken in."""
        words = translate("Kiosk", "Done talking") if on else translate("Kiosk", "Talk")
        self.talk.setText(words)
        self.talk.setAccessibleName(words)
        theme.set_kind(self.talk, "primary" if on else "")

    def show_note(self, text: str) -> None:
        """Something beside the conversation; empty for the promise that stands there else."""
        self.note.setText(text or forgets())

    def fit(self) -> None:
        """Let the questions give way to the conversation where there is little room."""
        asked = bool(self.conversation.text)
        self.hello.setVisible(not asked)
        self.conversation.setVisible(asked)
        self._asking.setVisible(not asked or self.height() > theme.gap(_TALL))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another size."""
        super().resizeEvent(event)
        self.fit()

    def _send(self) -> None:
        text = self.field.text().strip()
        if text:
            self.field.clear()
            self._steps.ask(text)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        self.show_note("")
        above.addWidget(self.note, 1)
        above.addWidget(self.person)
        above.addWidget(self.leave)
        self._asking = QWidget()
        flow = FlowLayout(theme.gap(2), self._asking, centred=True)
        for button in self.questions:
            flow.addWidget(button)
        below = QHBoxLayout()
        for widget in (self.talk, self.send):
            below.addWidget(widget)
        below.insertWidget(0, self.field, 1)
        column = QVBoxLayout(self)
        column.setSpacing(theme.gap(2))
        column.addLayout(above)
        column.addWidget(self.hello, 1)
        column.addWidget(self.conversation, 1)
        column.addWidget(self._asking)
        column.addWidget(self.heard)
        column.addLayout(below)


def _field() -> QLineEdit:
    field = QLineEdit()
    field.setMaxLength(_LONGEST)
    field.setPlaceholderText(translate("Kiosk", "Your question"))
    field.setAccessibleName(translate("Kiosk", "Your question"))
    field.setMinimumHeight(theme.target(1.8))
    field.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    field.setDragEnabled(False)
    field.setAcceptDrops(False)
    return field
