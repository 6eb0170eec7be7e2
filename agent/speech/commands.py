"""What goes on beside the answers: words learned, what was said lately, commands on speaking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agent.memory.history import Turn
from agent.memory.recent import RecentPast, told
from agent.settings import FASTEST, SLOWEST, Settings
from agent.speech import correction as corrections
from agent.speech.command_phrases import (
    Intent,
    Wish,
    intent,
    spelled,
    to_spell,
)
from agent.speech.vocabulary import WordList
from agent.types import (
    Called,
    Event,
    Failed,
    HeardSoFar,
    Learned,
    Preview,
    Recent,
)
from agent.voice import Manner
from perception.hearing import Hints
from perception.types import UserError

_STEP = 1.18


@dataclass(frozen=True, slots=True)
class Own:
    """An answer that needs no model; `silent` is only shown.

    `called` are the tools that it comes from, `notes` say so in the account of the turn; `rest` is
    a question that stood beside the wish, which the model answers behind it.
    """

    text: str
    silent: bool = False
    called: tuple[Called, ...] = ()
    notes: tuple[str, ...] = ()
    rest: str = ""


class Asides:
    """One a conversation. `words` is the file of the word list; None keeps it in memory."""

    def __init__(self, words: Path | None, emit: Callable[[Event], None]) -> None:
        self._emit, self._pace = emit, 1.0
        self.recent = RecentPast()
        self._so_far = HeardSoFar("", "")
        self._file, self._words = words, self._opened(words)

    def reread(self) -> None:
        """The word list may have been changed on disk: read it again."""
        if self._file is not None:
            self._words = self._opened(self._file)

    def hints(self, settings: Settings) -> Hints:
        """What helps to hear now."""
        words = self._words
        return Hints(settings.spoken_languages, words.words(), instead=words.instead())

    def manner(self, settings: Settings) -> Manner:
        """How to speak now."""
        rate = min(FASTEST, max(SLOWEST, settings.speech_rate * self._pace))
        return Manner(rate, settings.speech_pitch, self._words.said_as())

    def own(self, said: str, last: Turn | None) -> Own | None:
        """The answer to a command, which is carried out; None where `said` is none."""
        meant = intent(said)
        if meant is None:
            return None
        chinese = not said.isascii()
        own: Own | None
        match meant.wish:
            case Wish.MISSED:
                own = Own(told(self.recent.moments(), chinese))
            case Wish.AGAIN:
                own = Own(last.reply) if last and last.reply else None
            case Wish.SPELL:
                own = _spelling(meant, last)
            case Wish.STOP:
                own = Own("好的。" if chinese else "All right.", silent=True)
            case Wish.SLOWER:
                self._pace = max(SLOWEST, self._pace / _STEP)
                own = Own("我说慢一点。" if chinese else "I speak slower now.")
            case Wish.FASTER:
                self._pace = min(FASTEST, self._pace * _STEP)
                own = Own("我说快一点。" if chinese else "I speak faster now.")
        return own

    def put_right(self, said: str, last: Turn | None, tokens: Callable[[str], int]) -> str:
        """What the model is asked where `said` corrects the turn before; else empty.

        A name or term is learned from it, and told.
        """
        heard = any(piece.kind == "heard" for piece in last.evidence) if last else False
        found = corrections.correction(said, last.asked, tokens, heard) if last else None
        if found is None:
            return ""
        if found.teaches:
            entry = self._words.learn(found.word, found.instead_of, found.said_as)
            self._emit(Learned(entry.id, entry.word, entry.instead_of))
        return f"{said}\n{found.again}"

    def unlearn(self, identity: str) -> None:
        """Take a correction back."""
        self._words.unlearn(identity)

    def show_recent(self) -> None:
        """Tell the last two minutes to the window."""
        self._emit(Recent(self.recent.moments()))

    def erase_recent(self) -> None:
        """Forget them."""
        self.recent.erase()
        self._emit(Recent(()))

    def heard_so_far(self, news: HeardSoFar) -> None:
        """Words of an utterance that is still being said."""
        if news.text:
            self._so_far = news

    def withdrawn(self, turn: str) -> None:
        """The utterance was not for Candor; somebody in the room said it."""
        if self._so_far.turn == turn:
            self.recent.note("room", self._so_far.text)
            self._so_far = HeardSoFar("", "")

    def saw(self, event: Preview | Failed) -> None:
        """What the camera shows, on its way to the window."""
        if isinstance(event, Preview):
            self.recent.see(event.scene)
        self._emit(event)

    def _opened(self, words: Path | None) -> WordList:
        try:
            return WordList(words)
        except UserError as error:
            # What the user has to mend is not written over.
            self._emit(Failed("", error.message, error.hint))
            return WordList(None)


def _spelling(meant: Intent, last: Turn | None) -> Own | None:
    word = meant.word or to_spell(last.reply if last else "")
    return Own(spelled(word)) if word else None
