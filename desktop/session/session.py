"""The chat that is open: what is shown of it, what is being asked, what is written unsent."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from agent.attached_text import AttachedText
from agent.commands import (
    Appeal,
    Command,
    Continue,
    GiveFeedback,
    Interrupt,
    MeasureCauses,
    OpenChat,
    Say,
    Silence,
)
from agent.events import Asked, Called, CausesMeasured, Failed, Kept, Reply, Sentence, Undone
from agent.memory.appeals import AppealStore
from agent.memory.feedback import FeedbackStore
from agent.memory.history import PRIVATE, History
from agent.tools.called import calls_of
from agent.tools.store import Store
from agent.types import new_turn
from desktop.session.chat import ChatTranscript, ShownTurn
from desktop.session.stored import of_history
from desktop.session.unsent_texts import UnsentTexts
from perception.types import UserError

__all__ = ["PRIVATE", "Session"]

_log = logging.getLogger("candor.turn")

_FIRST = 60


class Session:
    """Turns what the user does into commands, and events into a transcript. No widgets.

    `drafts` are shared by all windows; `number` tells the new chats of several windows apart.
    """

    def __init__(
        self,
        history: Callable[[], History],
        tell: Callable[[Command], None],
        drafts: dict[str, str],
        number: int = 0,
        unsent: UnsentTexts | None = None,
    ) -> None:
        self._history, self._tell = history, tell
        self.transcript = ChatTranscript()
        self.chat: int | None = None
        self.editing: str | None = None
        self.drafts, self.number = drafts, number
        self._unsent = unsent
        self._held: Say | None = None
        self._sent = set[str]()
        self._loaded = 0

    def open(self, chat: int | None) -> None:
        """Go on with a chat, or with a new one."""
        self.chat, self.editing, self._held = chat, None, None
        turns = self._history().turns(chat, _FIRST) if chat is not None else []
        self._loaded = len(turns)
        self.transcript = ChatTranscript(of_history(turn) for turn in turns)
        self._show_marks()
        self._show_calls()
        self._show_versions()
        self._tell(OpenChat(chat))

    def take_over(self, other: Session) -> None:
        """Go on with the chat of another one, and with the answer that is on its way."""
        self.chat, self._loaded, self._held = other.chat, other._loaded, other._held
        self.transcript, self._sent = other.transcript, other._sent

    def load_older(self) -> bool:
        """Load as many older turns as there are now; False when all are there."""
        if self.chat is None or self._loaded < _FIRST:
            return False
        turns = self._history().turns(self.chat, self._loaded * 2)
        more = len(turns) > self._loaded
        self._loaded = len(turns) if more else 0
        if more:
            known = self.transcript
            self.transcript = ChatTranscript(
                known.get(turn.id) or of_history(turn) for turn in turns
            )
            for turn in known:
                self.transcript.add(turn)
            self._show_marks()
            self._show_calls()
            self._show_versions()
        return more

    def load_all(self) -> None:
        """Load every turn of the chat."""
        while self.load_older():
            pass

    def load_until(self, turn: str) -> bool:
        """Load older turns until this one is there; False where the chat has none such."""
        while self.transcript.get(turn) is None:
            if not self.load_older():
                return False
        return True

    def ask(
        self, text: str, pictures: tuple[bytes, ...], texts: tuple[AttachedText, ...] = ()
    ) -> None:
        """Send what was written; while a question is edited, in the place of that one."""
        replaced, self.editing = self.editing, None
        self._say(text, pictures, texts, replaced)

    def again(self, turn: str) -> None:
        """Answer the same question anew."""
        known = self.transcript.get(turn)
        if known is not None:
            self._say(known.asked, self.pictures(known), self.texts(known), turn)

    def go_on(self, turn: str) -> bool:
        """Write on where the answer of a turn was cut; False where there is none."""
        known = self.transcript.get(turn)
        if known is None or self.transcript.answering is not None:
            return False
        if not self.transcript.reopen(turn, self.pictures(known), self.texts(known)):
            return False
        self._tell(Continue(turn))
        return True

    def choose_version(self, turn: str) -> bool:
        """Show another version of a turn with what followed it; not while one is answered."""
        if self.chat is None or self.transcript.answering is not None:
            return False
        self._history().choose_version(turn)
        self.open(self.chat)
        return True

    def measure_causes(self, turn: str) -> None:
        """Have it measured what an answer rests on."""
        self._tell(MeasureCauses(turn))

    def silence(self, turn: str) -> None:
        """Read no more of a turn's answer aloud; it is written on."""
        self._tell(Silence(turn))

    def rate(self, turn: str, good: bool | None, corrected: str = "") -> None:
        """Keep what the user thinks of an answer, who agreed to that."""
        self.transcript.rate(turn, good, corrected)
        self._tell(GiveFeedback(turn, good, corrected))

    def appeal(self, turn: str, wrong: bool, words: str = "", may_train: bool = False) -> None:
        """Keep that a decision is wrong, or no longer; the mind says when it is kept."""
        self._tell(Appeal(turn, wrong, words, may_train))

    def pictures(self, turn: ShownTurn) -> tuple[bytes, ...]:
        """The pictures of a turn, from the window or from disk."""
        if turn.pictures or not turn.saved or turn.chat == PRIVATE:
            return turn.pictures
        return tuple(self._history().pictures(turn.id))

    def texts(self, turn: ShownTurn) -> tuple[AttachedText, ...]:
        """The texts of a turn, from the window or from disk."""
        if turn.texts or not turn.saved or turn.chat == PRIVATE:
            return turn.texts
        return tuple(self._history().texts(turn.id))

    def wait_with(self, pictures: tuple[bytes, ...], texts: tuple[AttachedText, ...] = ()) -> None:
        """These pictures and texts, and no others, wait for the spoken turn that comes next."""
        self._tell(Say("", None, "", pictures, texts=texts))

    def illustrate(
        self,
        turn: str,
        waiting: tuple[bytes, ...] = (),
        texts: tuple[AttachedText, ...] = (),
    ) -> tuple[tuple[bytes, ...], tuple[AttachedText, ...]]:
        """Show what came with a spoken turn, as it is on disk. UserError: unreadable.

        That of a private chat is on no disk: it is what was `waiting`, and `texts`.
        """
        pictures = waiting if self.private else tuple(self._history().pictures(turn))
        texts = texts if self.private else tuple(self._history().texts(turn))
        self.transcript.illustrate(turn, pictures, texts)
        return pictures, texts

    def stop(self) -> bool:
        """Stop the answer that is on its way; False when there is none."""
        answering = self.transcript.answering
        if answering is not None:
            self._tell(Interrupt(answering.id))
        return answering is not None

    def handle_event(
        self, event: Kept | Asked | Sentence | Reply | Failed | Called | Undone | CausesMeasured
    ) -> bool:
        """Fold an event in; False when it belongs to no turn that is shown."""
        if isinstance(event, Asked):
            if self.transcript.get(event.turn) is None and self._elsewhere(event):
                return False
            self.chat = event.chat
        known = self.transcript.handle_event(event)
        if isinstance(event, Kept) and known and self.chat is None:
            self.chat = event.chat
        if isinstance(event, Asked) and event.replaces:
            self._show_versions()
        if isinstance(event, (Kept, Asked, Reply)):
            self._send_held()
        return known

    @property
    def private(self) -> bool:
        """Whether the open chat is a private one, which is nowhere on disk."""
        return self.chat == PRIVATE

    @property
    def draft(self) -> str:
        """The unsent words of this chat."""
        return self.drafts.get(self._key, "")

    @draft.setter
    def draft(self, text: str) -> None:
        if text.strip() and not self.private:
            self.drafts[self._key] = text
        else:
            self.drafts.pop(self._key, None)

    @property
    def unsent_texts(self) -> tuple[AttachedText, ...]:
        """The texts that are attached to the unsent words of this chat."""
        return self._unsent.of(self._key) if self._unsent is not None else ()

    @unsent_texts.setter
    def unsent_texts(self, texts: tuple[AttachedText, ...]) -> None:
        if self._unsent is not None and not self.private:
            self._unsent.keep(self._key, texts)

    @property
    def _key(self) -> str:
        if self.chat is not None:
            return str(self.chat)
        return f"new {self.number + 1}" if self.number else "new"

    def _show_marks(self) -> None:
        shown = [turn.id for turn in self.transcript]
        if shown:
            marks = FeedbackStore(self._history().file, read_only=True).of(shown)
            for turn, (good, corrected) in marks.items():
                self.transcript.rate(turn, good, corrected)
            for turn in AppealStore(self._history().file, read_only=True).of(shown):
                self.transcript.appeal(turn, True)

    def _show_calls(self) -> None:
        """What the tools did in the turns that are shown, kept beside the history."""
        shown = [turn.id for turn in self.transcript if not turn.calls]
        history = self._history().file
        file = history.with_name("tools.db")
        if not (shown and history.is_file() and file.is_file()):
            return
        try:
            store = Store(file)
        except UserError as error:
            # The mind opens the same file, and tells.
            _log.warning("the calls are not shown: %s", error)
            return
        with contextlib.closing(store):
            for turn, made in calls_of(store, shown, datetime.now()).items():
                self.transcript.show_calls(turn, made)

    def _show_versions(self) -> None:
        if self.chat is not None and not self.private:
            self.transcript.set_versions(self._history().versions(self.chat))

    def _elsewhere(self, event: Asked) -> bool:
        if event.turn in self._sent or self.chat is not None or len(self.transcript):
            return event.chat != self.chat
        return False

    def _say(
        self,
        text: str,
        pictures: tuple[bytes, ...],
        texts: tuple[AttachedText, ...],
        replaced: str | None,
    ) -> None:
        old = self.transcript.get(replaced) if replaced else None
        if old is not None and not old.saved:
            # Its words never reached the disk, so there is nothing to hide there.
            self.transcript.remove_from(old.id)
            replaced = None
        say = Say(new_turn(), self.chat, text, pictures, replaced, texts)
        first_is_open = self.chat is None and self.transcript.answering is not None
        self.transcript.begin(say)
        self._sent.add(say.turn)
        if first_is_open:
            # The chat gets its number with its first turn; a second must not begin another chat.
            self._held = say
        else:
            self._tell(say)

    def _send_held(self) -> None:
        held = self._held
        if held is not None:
            self._held = None
            self._tell(replace(held, chat=self.chat))
