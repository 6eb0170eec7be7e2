"""Which messages the model reads for a chat; remembers what was cut so that prompts only grow."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from agent.attached_text import AttachedText
from agent.memory.history import History, StoredTurn
from agent.profiles import facts, profile
from agent.prompting.prompt import conversation, fitting, language, system
from agent.prompting.wishes import with_wishes
from agent.types import Message
from perception.types import Evidence


class Prompting:
    """Builds the messages of a chat. `count` gives the tokens of a text.

    A chat that is None has no past. `without` leaves a turn and all after it out. `wishes` are the
    user's own, for all answers.
    """

    def __init__(self, history: History, profile_name: str, wishes: str = "") -> None:
        self._history = history
        self.profile = profile.load(profile_name)
        self._beginning = with_wishes(system(self.profile), wishes)
        self._cut: dict[int, int] = {}

    def facts(self, words: str) -> tuple[Evidence, ...]:
        """The facts of the profile that a question concerns, as evidence."""
        return facts.concerning(self.profile, words, language(words))

    def unknown(self, words: str) -> str:
        """What is said where the profile holds nothing of what is asked of its place; or empty."""
        return facts.unknown(self.profile, words, language(words))

    def messages(
        self,
        chat: int | None,
        now: Message,
        context: int,
        count: Callable[[str], int],
        without: str | None = None,
    ) -> tuple[Message, ...]:
        """What to answer from: the beginning, the past that fits, and `now`."""
        past = self._past(chat, without)
        fitted = fitting(self._beginning, past, now, context, count)
        if chat is not None:
            self._cut[chat] = self._cut.get(chat, 0) + len(past) - (len(fitted) - 2)
        return fitted

    def unseen(
        self,
        chat: int | None,
        now: Message,
        context: int,
        count: Callable[[str], int],
        without: str | None = None,
    ) -> tuple[StoredTurn, ...]:
        """The turns of a chat that no longer fit before `now`, the oldest first."""
        turns = [turn for turn in self.turns(chat, without) if turn.prompt and turn.reply]
        if not turns:
            return ()
        read = len(self.messages(chat, now, context, count, without)) - 2
        return tuple(turns[: len(turns) - read // 2])

    def warm(self, chat: int | None, without: str | None = None) -> tuple[Message, ...]:
        """What the next prompt of this chat begins with."""
        return (self._beginning, *self._past(chat, without))

    def turns(self, chat: int | None, without: str | None = None) -> tuple[StoredTurn, ...]:
        """The turns of a chat."""
        if chat is None:
            return ()
        return tuple(takewhile(lambda turn: turn.id != without, self._history.turns(chat)))

    def texts(self, chat: int | None, without: str | None = None) -> tuple[AttachedText, ...]:
        """The texts that came with the turns of a chat before this one, the oldest first."""
        return () if chat is None else self._history.texts_before(chat, without)

    def _past(self, chat: int | None, without: str | None) -> tuple[Message, ...]:
        if chat is None:
            return ()
        past = conversation(self.turns(chat, without))
        if self._cut.get(chat, 0) > len(past):
            # An early question was asked anew, and what came after it is gone.
            del self._cut[chat]
        return past[self._cut.get(chat, 0) :]
