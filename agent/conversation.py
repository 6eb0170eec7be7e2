"""The conversation: one thread takes turns in order, and each ends in exactly one `Reply`."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from agent.camera_input import Sight
from agent.dialogue import Token
from agent.engines.loaded import Engines
from agent.memory.feedback import Marks
from agent.memory.history import History
from agent.prompting.messages import Prompting
from agent.settings import Settings
from agent.speech.commands import Asides
from agent.speech.output import Sink, Speaker
from agent.speech.streaming import Following
from agent.tools.store import Store
from agent.turn.context import Question
from agent.turn.generation import Writing
from agent.turn.lifecycle import ToEars, Turns
from agent.turn.pipeline import Answering
from agent.turn.queue import Inbox
from agent.turn.segmentation import pieces
from agent.turn.speculation import Ahead, Circumstances
from agent.turn.tool_use import ToolUse
from agent.types import (
    Apply,
    Attach,
    CancelDue,
    Close,
    Closed,
    Command,
    EraseRecent,
    Event,
    Failed,
    HeardSoFar,
    Interrupt,
    Mark,
    OpenChat,
    Phase,
    Ready,
    Reload,
    Say,
    SayAgain,
    SetCamera,
    ShowRecent,
    State,
    Undo,
    Unlearn,
    new_turn,
)
from agent.voice import Manner
from agent.voice import Voice as SpeakingVoice
from perception.audio.ipc.messages import (
    Pause,
    Played,
    Received,
    Resumed,
    Understood,
    Voice,
    Withdrawn,
)
from perception.hearing import Hearing, Hints
from perception.seeing.eyes import Eyes
from perception.types import UserError, Utterance


@dataclasses.dataclass(frozen=True, slots=True)
class Announcement:
    """Something to be said aloud that is no answer: what rings."""

    text: str


class Conversation:
    """Takes commands and utterances, emits events.

    `sink` is None where nothing is spoken; `tell` takes what ears should know; `words` is the
    file of the word list. `store` keeps what the tools set; without one it lies in memory. `now`
    is the local time. Nothing rings before `tools.start` was called.
    """

    def __init__(
        self,
        assemble: Callable[[Settings], Engines],
        history: History,
        settings: Callable[[], Settings],
        emit: Callable[[Event], None],
        sink: Sink | None,
        *,
        tell: Callable[[ToEars], None] = lambda message: None,
        words: Path | None = None,
        store: Store | None = None,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self._assemble, self._emit, self._tell = assemble, emit, tell
        self._read_settings = settings
        self._inbox: Inbox[Question | Command | Announcement] = Inbox()
        self._asides = Asides(words, emit)
        self._sight = Sight(self._eyes, self._asides.saw)
        speaker = Speaker(self._voice, sink, emit, self._manner) if sink else None
        self.tools = ToolUse(store or Store(None), history, now, emit, self._announce)
        self._turns = Turns(history, speaker, emit, tell, self._asides, tools=self.tools)
        self.latency = self._turns.latency
        self._following = Following(self._hearing, self._hints, self._so_far, self._inbox.wake)
        self._ahead = Ahead(self._turns.spoken, self._following.read, self._warn)
        self._answering = self._made(settings())
        self._thread = threading.Thread(target=self._converse, name="converse", daemon=True)
        self._thread.start()

    def send(self, command: Command) -> None:
        """Take a command; never blocks."""
        match command:
            case Interrupt(turn):
                self._turns.stop(turn)
            case SetCamera(source):
                self._sight.open(source)
            case Say(turn, chat, text, pictures, replaces):
                now = time.monotonic()
                self.ask(Question(turn, now, chat, text, None, pictures, replaces))
            case ShowRecent():
                self._asides.show_recent()
            case EraseRecent():
                self._asides.erase_recent()
            case Close():
                self._turns.closing = True
                self._turns.stop(self._turns.current)
                self._inbox.put(command)
            case _:
                self._inbox.put(command)

    def follow(self, message: Voice | Pause | Resumed | Withdrawn) -> None:
        """What ears say of an utterance that is still being said; never blocks."""
        self._following.take(message)
        if isinstance(message, Withdrawn):
            self._asides.withdrawn(message.turn)

    def hear(self, utterance: Utterance) -> None:
        """Answer what was said, in the chat that is open, about what was attached.

        A turn that was given already is not asked again.
        """
        self.ask(Question(utterance.turn, utterance.ended, None, utterance=utterance))

    def ask(self, question: Question) -> None:
        """Answer a question; one that is being answered is interrupted."""
        known = question.turn in self._turns.taken
        self._inbox.put(dataclasses.replace(question, came=time.monotonic()))
        # Looked up only now: before, it could be a turn that begins in this very moment.
        if (current := self._turns.current) != question.turn and not known:
            self._turns.stop(current)

    def played(self, report: Played) -> None:
        """How far the voice has come."""
        self._turns.played(report)

    def engines(self) -> Engines:
        """What it works with now."""
        return self._answering.writing.engines

    def join(self) -> None:
        """Wait until the conversation was closed."""
        self._thread.join()

    def _eyes(self) -> Eyes:
        return self.engines().eyes()

    def _voice(self) -> SpeakingVoice:
        return self.engines().voice()

    def _hearing(self) -> Hearing:
        return self.engines().hearing()

    def _hints(self) -> Hints:
        return self._asides.hints(self._answering.writing.settings)

    def _manner(self) -> Manner:
        return self._asides.manner(self._answering.writing.settings)

    def _so_far(self, news: HeardSoFar | Understood) -> None:
        if isinstance(news, HeardSoFar):
            self._asides.heard_so_far(news)
            self._emit(news)
        else:
            self._tell(news)

    def _warn(self, error: UserError) -> None:
        self._emit(Failed("", error.message, error.hint))

    def _made(self, settings: Settings) -> Answering:
        turns = self._turns
        prompting = Prompting(turns.history, settings.profile)
        return Answering(
            Writing(
                self._assemble(settings),
                settings,
                prompting,
                self._sight,
                store=self.tools.store,
            ),
            turns.history,
            turns.speaker,
            self._following.final,
            self._emit,
            turns.is_stopped,
            lambda turn: self._tell(Received(turn)),
        )

    def _converse(self) -> None:
        self._turns.history.end_open()
        self._start()
        while not isinstance(item := self._next(), Close):
            self._do(item)
        self._ahead.drop()
        self.tools.close()
        self._following.close()
        self._sight.close()
        if self._turns.speaker:
            self._turns.speaker.close()
        self.engines().close()
        self._emit(Closed())

    def _do(self, item: Question | Command | Announcement | None) -> None:
        match item:
            case OpenChat(chat):
                self._turns.chat = chat
            case Attach(pictures):
                self._turns.attached = pictures
            case Apply() | Reload():
                self._asides.reread()
                self._apply(anew=isinstance(item, Reload))
            case Mark(turn, good, corrected):
                with self._turns.told(""):
                    Marks(self._turns.history.file).take(turn, good, corrected)
            case SayAgain(turn, text):
                with self._turns.told(turn):
                    self._say_again(turn, text)
            case Question():
                self._turns.take(item, self._answering, self._ahead)
            case _:
                with self._turns.told(""):
                    self._do_small(item)

    def _do_small(self, item: Command | Announcement | None) -> None:
        """What is done at once; where it fails, the caller tells it."""
        match item:
            case Unlearn(identity):
                self._asides.unlearn(identity)
            case Undo(turn):
                self.tools.undo(turn)
            case CancelDue(due):
                self.tools.cancel(due)
            case Announcement(text):
                self._speak(text)

    def _next(self) -> Question | Command | Announcement | None:
        """What waits first. Until there is something, or a new wish, it works ahead."""
        while self._inbox.empty():
            now = Circumstances(
                self._following.wish,
                self._answering.writing,
                self._turns.chat,
                self._turns.attached,
            )
            if not self._ahead.step(now):
                break
        return self._inbox.get()

    def _start(self) -> None:
        self._emit(State(Phase.LOADING, "", "Loading the models"))
        with self._turns.told(""):
            engines = self.engines()
            engines.guard()
            dialogue = engines.dialogue()
            self._emit(Ready(dialogue.name, dialogue.device, engines.choice().reason))
        self._emit(State(Phase.IDLE, "", ""))

    def _apply(self, anew: bool) -> None:
        """Take the new settings. Engines stay where they are loaded and still the right ones."""
        self._ahead.drop()
        with self._turns.told(""):
            before = self._answering
            now = self._made(self._read_settings())
            old, new = before.writing, now.writing
            same = not anew and _models(old.settings) == _models(new.settings)
            if same and old.engines.ready():
                writing = dataclasses.replace(new, engines=old.engines)
                self._answering = dataclasses.replace(now, writing=writing)
                return
            old.engines.close()
            self._answering = now
            self._start()

    def _say_again(self, turn: str, text: str) -> None:
        """Speak a kept answer once more, under a new name; a question or a flush ends it."""
        kept = self._turns.history.turn(turn)
        self._speak(text or (kept.reply if kept else ""))

    def _announce(self, text: str) -> None:
        """Say this aloud once nothing else is being said; from any thread."""
        if self._turns.speaker is not None:
            self._inbox.put(Announcement(text))

    def _speak(self, words: str) -> None:
        turns, speaker = self._turns, self._turns.speaker
        if speaker is None or not words:
            return
        self._ahead.drop()
        again = new_turn()
        with turns.aloud(again):
            speaker.begin(again)
            for index, piece in enumerate(pieces([Token(words, 1.0, "stop")])):
                speaker.say(index, piece.text, piece.ends)
            # What came before `begin` could not stop this speech yet.
            if turns.is_stopped(again) or not self._inbox.empty():
                speaker.stop(again)
            speaker.finish()
            speaker.wait()


def _models(settings: Settings) -> tuple[object, ...]:
    return (
        settings.dialogue_model,
        settings.dialogue_engine,
        settings.dialogue_server,
        settings.hearing_engine,
        settings.threads,
    )
