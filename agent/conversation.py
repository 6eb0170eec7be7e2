"""The conversation: one thread takes turns in order, and each ends in exactly one `Reply`."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator

from agent.answering import Answering, Question, Stopped
from agent.dialogue import Token
from agent.engines import Engines
from agent.history import History
from agent.open_turn import OpenTurn
from agent.prompting import Prompting
from agent.sentences import pieces
from agent.settings import Settings
from agent.sight import Sight
from agent.speaker import Sink, Speaker
from agent.types import (
    Apply,
    Attach,
    Close,
    Closed,
    Command,
    Ended,
    Event,
    Failed,
    Interrupt,
    OpenChat,
    Phase,
    Ready,
    Reply,
    Say,
    SayAgain,
    SetCamera,
    State,
    new_turn,
)
from agent.voice import Voice
from perception.audio.messages import Played
from perception.seeing.eyes import Eyes
from perception.types import UserError, Utterance
from safety.types import Explanation

_log = logging.getLogger(__name__)
_UNTOLD = Explanation("The account of this turn was lost.", (), (), "", "")


class Conversation:
    """Takes commands and utterances, emits events. `sink` is None where nothing is spoken."""

    def __init__(
        self,
        assemble: Callable[[Settings], Engines],
        history: History,
        settings: Callable[[], Settings],
        emit: Callable[[Event], None],
        sink: Sink | None,
    ) -> None:
        self._assemble, self._history, self._emit = assemble, history, emit
        self._read_settings = settings
        self._sight = Sight(self._eyes, emit)
        self._speaker = Speaker(self._voice, sink, emit) if sink else None
        self._inbox: queue.SimpleQueue[Question | Command] = queue.SimpleQueue()
        self._chat: int | None = None
        self._attached: tuple[bytes, ...] = ()
        self._current = ""
        self._stopped: set[str] = set()
        self._closing = False
        self._answering = self._made(settings())
        self._thread = threading.Thread(target=self._converse, name="converse", daemon=True)
        self._thread.start()

    def send(self, command: Command) -> None:
        """Take a command; never blocks."""
        match command:
            case Interrupt(turn):
                self._stop(turn)
            case SetCamera(source):
                self._sight.open(source)
            case Say(turn, chat, text, pictures, replaces):
                now = time.monotonic()
                self.ask(Question(turn, now, chat, text, None, pictures, replaces))
            case Attach(pictures):
                self._attached = pictures
            case Close():
                self._closing = True
                self._stop(self._current)
                self._inbox.put(command)
            case _:
                self._inbox.put(command)

    def hear(self, utterance: Utterance) -> None:
        """Answer what was said, in the chat that is open, about what was attached."""
        shown, self._attached = self._attached, ()
        ended = utterance.ended
        self.ask(Question(utterance.turn, ended, None, utterance=utterance, pictures=shown))

    def ask(self, question: Question) -> None:
        """Answer a question; one that is being answered is interrupted."""
        self._inbox.put(question)
        # Looked up only now: before, it could be a turn that begins in this very moment.
        if (current := self._current) != question.turn:
            self._stop(current)

    def played(self, report: Played) -> None:
        """How far the voice has come."""
        if self._speaker:
            self._speaker.played(report)

    def engines(self) -> Engines:
        """What it works with now."""
        return self._answering.engines

    def join(self) -> None:
        """Wait until the conversation was closed."""
        self._thread.join()

    def _eyes(self) -> Eyes:
        return self._answering.engines.eyes()

    def _voice(self) -> Voice:
        return self._answering.engines.voice()

    def _made(self, settings: Settings) -> Answering:
        return Answering(
            self._assemble(settings),
            self._history,
            settings,
            Prompting(self._history, settings.profile),
            self._sight,
            self._speaker,
            self._emit,
            self._is_stopped,
        )

    def _is_stopped(self, turn: str) -> bool:
        return self._closing or turn in self._stopped

    def _stop(self, turn: str) -> None:
        if not turn:
            return
        self._stopped.add(turn)
        if self._speaker:
            self._speaker.stop(turn)

    def _converse(self) -> None:
        self._history.end_open()
        self._start()
        while True:
            self._warm()
            match self._inbox.get():
                case Close():
                    break
                case OpenChat(chat):
                    self._chat = chat
                case Apply():
                    self._apply()
                case SayAgain(turn, text):
                    with self._told(turn):
                        self._say_again(turn, text)
                case Question() as asked:
                    if asked.utterance:
                        # The chat that is open now, not when it was said: the turn before
                        # may have opened it.
                        asked = dataclasses.replace(asked, chat=self._chat)
                    self._take(asked)
        self._sight.close()
        if self._speaker:
            self._speaker.close()
        self._answering.engines.close()
        self._emit(Closed())

    def _start(self) -> None:
        self._emit(State(Phase.LOADING, "", "Loading the models"))
        with self._told(""):
            engines = self._answering.engines
            engines.guard()
            dialogue = engines.dialogue()
            self._emit(Ready(dialogue.name, dialogue.device, engines.choice().reason))
        self._emit(State(Phase.IDLE, "", ""))

    def _apply(self) -> None:
        """Take the new settings. Engines stay where they are loaded and still the right ones."""
        with self._told(""):
            before = self._answering
            now = self._made(self._read_settings())
            if before.engines.ready() and _models(before.settings) == _models(now.settings):
                self._answering = dataclasses.replace(now, engines=before.engines)
                return
            before.engines.close()
            self._answering = now
            self._start()

    def _warm(self) -> None:
        """Read the next prompt's beginning into the cache while nobody waits."""
        if not (self._inbox.empty() and self._answering.engines.ready()):
            return
        with self._told(""):
            beginning = self._answering.prompting.warm(self._chat)
            reading = self._answering.engines.dialogue().prefill(beginning)
            for _ in reading:
                if not self._inbox.empty():
                    break
            reading.close()

    @contextlib.contextmanager
    def _told(self, turn: str, failing: OpenTurn | None = None) -> Iterator[None]:
        try:
            yield
            return
        except UserError as error:
            failure = error
        except Exception as error:
            _log.exception("the conversation failed")
            failure = UserError(f"Something broke: {type(error).__name__}.", "Please try again.")
        if failing:
            failing.failure = failure
        self._emit(Failed(turn, failure.message, failure.hint))

    def _take(self, asked: Question) -> None:
        turn = OpenTurn(asked.turn, asked.started, chat=asked.chat or 0)
        self._current = asked.turn
        self._sight.pause(True)
        ended = Ended.FAILED
        with self._told(asked.turn, turn):
            try:
                ended = self._answering.answer(turn, asked)
            except Stopped:
                ended = Ended.INTERRUPTED
        self._sight.pause(False)
        self._chat = turn.chat or self._chat
        self._end(turn, ended)

    def _end(self, turn: OpenTurn, ended: Ended) -> None:
        """The one place where a turn ends."""
        text, why = turn.text(), _UNTOLD
        with self._told(turn.turn):
            text, why = self._given(turn, ended), turn.why()
        turn.mark("total")
        with self._told(turn.turn):
            if turn.stored:
                self._history.end(turn.turn, text, ended, why)
            self._answering.engines.audit().append(turn.turn, ended, turn.verdicts)
        self._current = ""
        self._stopped.discard(turn.turn)
        self._emit(Reply(turn.turn, text, ended, why, turn.timings))
        self._emit(State(Phase.IDLE, "", ""))

    def _given(self, turn: OpenTurn, ended: Ended) -> str:
        """What the user really got: an interrupted voice was heard only so far."""
        if not (self._speaker and turn.spoken) or ended in (Ended.DONE, Ended.BLOCKED):
            return turn.text()
        self._speaker.stop(turn.turn)
        return self._speaker.heard() if ended is Ended.INTERRUPTED else turn.text()

    def _say_again(self, turn: str, text: str) -> None:
        """Speak a kept answer once more, under a new name; a question or a flush ends it."""
        kept = self._history.turn(turn)
        words = text or (kept.reply if kept else "")
        if self._speaker is None or not words:
            return
        self._current = again = new_turn()
        self._emit(State(Phase.SPEAKING, "", ""))
        self._speaker.begin(again)
        for index, piece in enumerate(pieces([Token(words, 1.0, "stop")])):
            self._speaker.say(index, piece.text)
        # What came before `begin` could not stop this speech yet.
        if self._is_stopped(again) or not self._inbox.empty():
            self._speaker.stop(again)
        self._speaker.finish()
        self._speaker.wait()
        self._current = ""
        self._stopped.discard(again)
        self._emit(State(Phase.IDLE, "", ""))


def _models(settings: Settings) -> tuple[object, ...]:
    return (
        settings.dialogue_model,
        settings.dialogue_engine,
        settings.dialogue_server,
        settings.hearing_engine,
        settings.threads,
    )
