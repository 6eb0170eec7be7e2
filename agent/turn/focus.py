"""What a spoken question is about: the chat that is open, and the pictures that wait for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from agent.attached_text import AttachedText
from agent.memory.history import History
from agent.turn.context import Question


@dataclass(slots=True)
class Focus:
    """Thread: converse. `chat` is None for a new one; `waiting` are pictures, encoded.

    `waiting` and `texts` may be set from any thread: the window owns what waits, and sends all of
    it anew whenever it changes, and where a turn has taken some.
    """

    history: History
    chat: int | None = None
    waiting: tuple[bytes, ...] = ()
    texts: tuple[AttachedText, ...] = ()

    def question(self, turn: str, started: float, continues: str) -> Question:
        """The question of a spoken turn as far as it is known before its words.

        Where it continues a turn that was taken for ended too early, it stands in its place.
        """
        begun = self.history.turn(continues) if continues else None
        if begun is None:
            return Question(turn, started, self.chat, pictures=self.waiting, texts=self.texts)
        pictures = self.waiting or tuple(self.history.pictures(continues))
        texts = self.texts or tuple(self.history.texts(continues))
        chat = begun.chat
        return Question(turn, started, chat, pictures=pictures, replaces=continues, texts=texts)

    def completed(self, asked: Question) -> Question:
        """A spoken question with its chat and pictures, which wait for no other from now on."""
        if asked.utterance is None:
            return asked
        spoken = self.question(asked.turn, asked.started, asked.utterance.continues)
        pictures = asked.pictures or spoken.pictures
        if pictures and pictures is self.waiting:
            self.waiting = ()
        texts = asked.texts or spoken.texts
        if texts and texts is self.texts:
            self.texts = ()
        chat, replaces = spoken.chat, spoken.replaces
        return replace(asked, chat=chat, pictures=pictures, replaces=replaces, texts=texts)
