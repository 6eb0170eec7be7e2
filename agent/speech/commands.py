"""Voice commands: words learned, what was said lately, commands on speaking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agent.codes import AgentCode
from agent.events import (
    Called,
    Event,
    Failed,
    Learned,
    PartialTranscript,
    Preview,
    Recent,
    WordList,
)
from agent.memory.history import PRIVATE, StoredTurn
from agent.memory.recent import RecentPast, told
from agent.settings import Settings, limits
from agent.speech import correction as corrections
from agent.speech.command_phrases import (
    CommandKind,
    Intent,
    intent,
    spelled,
    to_spell,
)
from agent.speech.replies import Replies, replies
from agent.speech.vocabulary import Vocabulary
from agent.voice import Prosody
from perception.hearing import Hints
from perception.languages import ENGLISH
from perception.types import UserError

_STEP = 1.18


@dataclass(frozen=True, slots=True)
class CommandReply:
    """The reply to a voice command, made without a model; `silent` is only shown.

    `called` are the tools that it comes from, `notes` say so in the account of the turn; `rest` is
    a question that stood beside the wish, which the model answers behind it.
    """

    text: str
    silent: bool = False
    called: tuple[Called, ...] = ()
    notes: tuple[str, ...] = ()
    rest: str = ""


class VoiceCommands:
    """The voice commands of one conversation. `words` is the word list's file; None: in memory."""

    def __init__(
        self,
        words: Path | None,
        emit: Callable[[Event], None],
        appeal: Callable[[str, str], None] = lambda turn, words: None,
    ) -> None:
        """`appeal` takes a turn whose decision was called wrong, and why."""
        self._emit, self._appeal, self._pace = emit, appeal, 1.0
        self.recent = RecentPast()
        self._so_far = PartialTranscript("", "")
        self._file, self._words = words, Vocabulary(None)
        self.reread()

    def reread(self) -> None:
        """The word list may have been changed on disk: read it again."""
        if (problem := self._open()) is not None:
            self._emit(Failed("", problem.notice))

    def hints(self, settings: Settings) -> Hints:
        """What helps to hear now."""
        words = self._words
        return Hints(settings.spoken_languages, words.words(), instead=words.instead())

    def manner(self, settings: Settings) -> Prosody:
        """How to speak now."""
        slowest, fastest = limits("speech_rate")
        rate = min(fastest, max(slowest, settings.speech_rate * self._pace))
        return Prosody(rate, settings.speech_pitch, self._words.said_as())

    def own(self, said: str, last: StoredTurn | None) -> CommandReply | None:
        """The answer to a command, which is carried out; None where `said` is none."""
        meant = intent(said)
        if meant is None:
            return None
        words = replies(meant.language)
        own: CommandReply | None
        match meant.wish:
            case CommandKind.MISSED:
                own = CommandReply(told(self.recent.moments(), words))
            case CommandKind.AGAIN:
                own = CommandReply(last.reply) if last and last.reply else None
            case CommandKind.SPELL:
                own = _spelling(meant, last)
            case CommandKind.WHY:
                own = None  # The pipeline answers it, as it may need the model.
            case CommandKind.WRONG:
                own = self._called_wrong(meant, last, words)
            case CommandKind.STOP:
                own = CommandReply(words.stop, silent=True)
            case CommandKind.SLOWER:
                self._pace = max(limits("speech_rate")[0], self._pace / _STEP)
                own = CommandReply(words.slower)
            case CommandKind.FASTER:
                self._pace = min(limits("speech_rate")[1], self._pace * _STEP)
                own = CommandReply(words.faster)
        return own

    def _called_wrong(
        self, meant: Intent, last: StoredTurn | None, words: Replies
    ) -> CommandReply | None:
        """None where nothing was decided, or nothing is kept: then it is a word like any other."""
        if last is None or last.chat == PRIVATE or last.why is None or not last.why.changes:
            return None
        self._appeal(last.id, meant.word)
        return CommandReply(words.wrong or replies(ENGLISH).wrong)

    def put_right(self, said: str, last: StoredTurn | None, tokens: Callable[[str], int]) -> str:
        """What the model is asked where `said` corrects the turn before; else empty.

        A name or term is learned from it, and told.
        """
        heard = any(piece.kind == "heard" for piece in last.evidence) if last else False
        found = corrections.correction(said, last.asked, tokens, heard) if last else None
        if found is None:
            return ""
        if found.teaches and last and last.chat != PRIVATE:
            entry = self._words.learn(found.word, found.instead_of, found.said_as)
            self._emit(Learned(entry.id, entry.word, entry.instead_of))
        return f"{said}\n{found.again}"

    def list_words(self) -> None:
        """Tell the user's words, as they are on disk now."""
        problem = self._open()
        self._tell_words(problem)

    def learn(self, word: str, instead_of: str, said_as: str) -> None:
        """Add to the user's words, and tell them."""
        self._change(lambda: self._words.learn(word, instead_of, said_as))

    def unlearn(self, identity: str) -> None:
        """Take one of the user's words back, and tell them."""
        self._change(lambda: self._words.unlearn(identity))

    def show_recent(self) -> None:
        """Tell the last two minutes to the window."""
        self._emit(Recent(self.recent.moments()))

    def erase_recent(self) -> None:
        """Forget them."""
        self.recent.erase()
        self._emit(Recent(()))

    def heard_so_far(self, news: PartialTranscript) -> None:
        """Words of an utterance that is still being said."""
        if news.text:
            self._so_far = news

    def withdrawn(self, turn: str) -> None:
        """The utterance was not for Candor; somebody in the room said it."""
        if self._so_far.turn == turn:
            self.recent.note("room", self._so_far.text)
            self._so_far = PartialTranscript("", "")

    def saw(self, event: Preview | Failed) -> None:
        """What the camera shows, on its way to the window."""
        if isinstance(event, Preview):
            self.recent.see(event.scene)
        self._emit(event)

    def _open(self) -> UserError | None:
        """Read the list; why it cannot be read. What the user has to mend is not written over."""
        if self._file is None:
            return None  # it lasts as long as this
        try:
            self._words = Vocabulary(self._file)
        except UserError as error:
            self._words = Vocabulary(None)
            return error
        return None

    def _change(self, change: Callable[[], object]) -> None:
        problem = self._open()
        if problem is None:
            try:
                change()
            except UserError as error:
                problem = error
            except OSError as error:
                problem = UserError(AgentCode.WORDS_NOT_SAVED, reason=error.strerror or error)
        self._tell_words(problem)

    def _tell_words(self, problem: UserError | None) -> None:
        self._emit(WordList(self._words.entries(), problem.notice if problem else None))


def _spelling(meant: Intent, last: StoredTurn | None) -> CommandReply | None:
    word = meant.word or to_spell(last.reply if last else "")
    return CommandReply(spelled(word, meant.language)) if word else None
