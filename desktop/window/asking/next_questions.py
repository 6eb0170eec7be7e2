"""The queue of questions: what is sent while an answer is written waits for its end."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from agent.attached_text import AttachedText
from agent.events import Failed, Reply
from desktop.session.session import Session
from desktop.window.actions import Actions
from desktop.window.layout import WindowLayout

_MOST = 5


@dataclass(frozen=True, slots=True)
class _QueuedQuestion:
    chat: int | None
    text: str
    pictures: tuple[bytes, ...]
    texts: tuple[AttachedText, ...] = ()


class NextQuestions(QObject):
    """Asks at once where no answer is on its way, and else one after the other."""

    def __init__(self, parts: WindowLayout, session: Session, actions: Actions) -> None:
        super().__init__(parts.conversation)
        self._parts, self._session, self._actions = parts, session, actions
        self._waiting = list[_QueuedQuestion]()
        parts.conversation.composer.sent.connect(self.ask)
        parts.conversation.waiting.taken_back.connect(self.take_back)

    def ask(
        self,
        text: str,
        pictures: tuple[bytes, ...] = (),
        texts: tuple[AttachedText, ...] = (),
    ) -> None:
        """Ask now, or after the answer that is being written. An edited question does not wait."""
        busy = self._session.transcript.answering is not None
        if busy and self._session.editing is None and len(self._here()) < _MOST:
            self._waiting.append(_QueuedQuestion(self._session.chat, text, pictures, texts))
            self._show()
        else:
            self._actions.ask(text, pictures, texts)

    def follow(self, event: object) -> None:
        """An answer has ended: the next question is asked. To be told after the window was."""
        if not isinstance(event, (Reply, Failed)):
            return
        here = self._here()
        if here and self._session.transcript.answering is None:
            self._waiting.remove(here[0])
            self._show()
            self._actions.ask(here[0].text, here[0].pictures, here[0].texts)

    def take_back(self, place: int) -> None:
        """Put a question back into the field, before what is written there."""
        question = self._here()[place]
        self._waiting.remove(question)
        composer = self._parts.conversation.composer
        shown = (*composer.attached, *question.pictures)
        words = "\n\n".join(filter(None, (question.text, composer.draft)))
        composer.set_draft(words, shown, (*composer.texts, *question.texts))
        composer.focus_text()
        self._show()

    def with_waiting(self, draft: str) -> str:
        """The unsent words with those that wait here, for the next start."""
        return "\n\n".join(filter(None, (*(item.text for item in self._here()), draft)))

    def with_waiting_texts(self) -> tuple[AttachedText, ...]:
        """The unsent texts with those of the questions that wait here."""
        waiting = (text for item in self._here() for text in item.texts)
        return (*waiting, *self._parts.conversation.composer.texts)

    def show_chat(self) -> None:
        """Another chat is shown. What waits there goes on, or is unsent again after its answer."""
        self._show()
        if self._session.transcript.answering is None:
            while self._here():
                self.take_back(len(self._here()) - 1)

    def _here(self) -> list[_QueuedQuestion]:
        chats = {self._session.chat}
        if len(self._session.transcript):
            chats.add(None)  # asked before the chat had a number
        return [item for item in self._waiting if item.chat in chats]

    def _show(self) -> None:
        middle = self._parts.conversation
        middle.waiting.show_questions([_words(item) for item in self._here()])
        middle.notice_changed.emit()


def _words(question: _QueuedQuestion) -> str:
    """What is shown of it; a text that was sent alone has its title."""
    return question.text or ", ".join(text.title for text in question.texts)
