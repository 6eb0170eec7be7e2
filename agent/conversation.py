"""The conversation: one thread takes turns in order, and each ends in exactly one `Reply`."""

from __future__ import annotations

import dataclasses
import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from agent.appealing import take_appeal
from agent.camera_input import CameraInput
from agent.codes import AgentCode
from agent.commands import (
    Appeal,
    Apply,
    CancelDue,
    Close,
    Command,
    Continue,
    EraseRecent,
    ForgetWord,
    GiveFeedback,
    Interrupt,
    LearnWord,
    ListWords,
    MeasureCauses,
    OpenChat,
    Reload,
    Say,
    SayAgain,
    SetCamera,
    ShowRecent,
    Silence,
    Undo,
)
from agent.engines.loaded import Engines
from agent.events import AssistantState, Closed, Event, Failed, PartialTranscript, Ready
from agent.memory.feedback import FeedbackStore
from agent.memory.history import PRIVATE, History
from agent.memory.meanings import Meanings
from agent.prompting.messages import Prompting
from agent.prompting.wishes import wishes_of
from agent.settings import Settings
from agent.speech.commands import VoiceCommands
from agent.speech.output import Sink, SpeechOutput
from agent.speech.saying_again import say_again
from agent.speech.streaming import StreamingTranscription, WarmPrompt
from agent.threads import start
from agent.tools.registry import abilities
from agent.tools.store import Store
from agent.turn.causes import TurnCauses
from agent.turn.context import Question
from agent.turn.delivery import Delivery
from agent.turn.focus import Focus
from agent.turn.generation import Generation, local_time
from agent.turn.lifecycle import ToEars, TurnLifecycle
from agent.turn.pipeline import TurnPipeline
from agent.turn.queue import TurnQueue
from agent.turn.speculation import Circumstances, SpeculationGate
from agent.turn.tool_use import ToolUse
from agent.types import Phase
from agent.voice import Prosody
from agent.voice import Voice as SpeakingVoice
from perception.audio.ipc.messages import (
    Played,
    Received,
    RecognisedWords,
    SpeechBlock,
    SpeechPaused,
    SpeechResumed,
    TurnCancelled,
)
from perception.hearing import Hints
from perception.messages import Notice, notice
from perception.types import UserError, Utterance
from safety.policy_in_force import POLICY, fallback_verdict

_log = logging.getLogger("candor.turn")
_CLOSED = UserError(AgentCode.CLOSED_BEFORE_ANSWER)
_LOADING = AssistantState(Phase.LOADING, "", notice(AgentCode.LOADING_MODELS))


@dataclasses.dataclass(frozen=True, slots=True)
class EnginesLoaded:
    """The loading of these engines is over, whether it went well or not."""

    engines: Engines


@dataclasses.dataclass(frozen=True, slots=True)
class Announcement:
    """Something to be said aloud that is no answer: what rings."""

    text: str


Item: TypeAlias = Question | Command | Announcement | EnginesLoaded


class Conversation:
    """Takes commands and utterances, emits events.

    `sink` is None where nothing is spoken; `tell` takes what ears should know; `words` is the
    file of the word list. `store` keeps what the tools set; without one it lies in memory. `now`
    is the user's clock. Nothing rings before `tools.start` was called.
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
        broke: Callable[[], None] = lambda: None,
        store: Store | None = None,
        now: Callable[[], datetime] = local_time,
    ) -> None:
        self._now = now
        self._assemble, self._emit, self._tell = assemble, emit, tell
        self._read_settings, self._broke = settings, broke
        self._failing = threading.Lock()
        self._inbox: TurnQueue[Item] = TurnQueue()
        self._asides = VoiceCommands(words, emit, self._appeal_spoken)
        self._sight = CameraInput(lambda: self.engines().eyes(), self._asides.saw, self.fail)
        voice: Callable[[], SpeakingVoice] = lambda: self.engines().voice()  # noqa: E731
        speaker = SpeechOutput(voice, sink, emit, self._manner, self.fail) if sink else None
        self._following = StreamingTranscription(
            lambda: self.engines().hearing(), self._hints, self._so_far, self._inbox.wake, self.fail
        )
        self._focus = Focus(history)
        self._gate = SpeculationGate(self._focus, self._following.read, self._warn)
        self._turns = TurnLifecycle(
            history, speaker, self._gate, recent=self._asides.recent, emit=emit, tell=tell
        )
        self.latency, self.keep = self._turns.latency, self._turns.keep
        self.tools = ToolUse(store or Store(None), history, now, emit, self._announce)
        self._meanings = Meanings(history, self.tools.store)
        self._causes = TurnCauses(history, emit)
        self._pipeline = self._made(settings())
        self._ready_told: Engines | None = None
        self._troubles: tuple[Notice, ...] = ()
        self._loading: Engines | None = None
        self._loader: threading.Thread | None = None
        with self._turns.told(""):
            # Before a turn of this conversation can be among them.
            history.end_open()
        self._thread = start("converse", self._converse)

    def send(self, command: Command) -> None:
        """Take a command. Typed words are on disk when it returns; nothing else is waited for."""
        match command:
            case Interrupt() | Silence():
                self._hush(command)
            case SetCamera(source):
                self._sight.open(source)
            case Say():
                self._say(command)
            case ShowRecent():
                self._asides.show_recent()
            case ListWords():
                self._asides.list_words()
            case LearnWord(word, instead_of, said_as):
                self._asides.learn(word, instead_of, said_as)
            case ForgetWord(identity):
                self._asides.unlearn(identity)
            case EraseRecent():
                self._asides.erase_recent()
            case Close():
                self._turns.closing = True
                self._turns.stop(self._turns.current)
                self._inbox.put(command)
            case _:
                self._inbox.put(command)

    def _hush(self, command: Interrupt | Silence) -> None:
        if isinstance(command, Silence):
            self._turns.silence(command.turn)
        else:
            self._turns.stop(command.turn)

    def follow(self, message: SpeechBlock | SpeechPaused | SpeechResumed | TurnCancelled) -> None:
        """What ears say of an utterance that is still being said; never blocks."""
        self._following.handle_message(message)
        if isinstance(message, TurnCancelled):
            self._asides.withdrawn(message.turn)

    def hear(self, utterance: Utterance) -> None:
        """Answer what was said, in the chat that is open, about the pictures that wait.

        A turn that was given already is not asked again.
        """
        focus, ended = self._focus, utterance.ended
        self.ask(
            Question(utterance.turn, ended, None, "", utterance, focus.waiting, texts=focus.texts)
        )

    def ask(self, question: Question) -> None:
        """Answer a question; one that is being answered is interrupted."""
        known = question.turn in self._turns.taken
        came = time.monotonic()
        question = dataclasses.replace(self._turns.keep(question), came=came)
        if not self._inbox.put(question):
            self._turns.refuse(question, self._turns.broken or _CLOSED)
            return
        # Looked up only now: before, it could be a turn that begins in this very moment.
        if (current := self._turns.current) != question.turn and not known:
            self._turns.overtake(current)

    def played(self, report: Played) -> None:
        """How far the voice has come."""
        self._turns.played(report)

    def fail(self, name: str, error: Exception) -> None:
        """A thread broke: tell of it once, and end the conversation with a reply to every turn."""
        _log.error("%s broke", name, exc_info=error)
        with self._failing:
            if self._turns.broken is not None:
                return
            self._turns.broken = broken = UserError(
                AgentCode.SOMETHING_BROKE, kind=type(error).__name__
            )
        self._emit(Failed(self._turns.current, broken.notice))
        self._turns.closing = True
        self._following.give_up()
        self._turns.stop(self._turns.current)
        self._inbox.wake()

    def engines(self) -> Engines:
        """What it works with now."""
        return self._pipeline.writing.engines

    def join(self) -> None:
        """Wait until the conversation was closed."""
        self._thread.join()

    def _say(self, say: Say) -> None:
        if say.turn:
            now, pictures, texts = time.monotonic(), say.pictures, say.texts
            self.ask(
                Question(
                    say.turn, now, say.chat, say.text, None, pictures, say.replaces, texts=texts
                )
            )
        else:
            self._focus.waiting, self._focus.texts = say.pictures, say.texts
            self._inbox.wake()

    def _hints(self) -> Hints:
        return self._asides.hints(self._pipeline.writing.settings)

    def _manner(self) -> Prosody:
        return self._asides.manner(self._pipeline.writing.settings)

    def _so_far(self, news: PartialTranscript | RecognisedWords) -> None:
        if isinstance(news, PartialTranscript):
            self._asides.heard_so_far(news)
            self._emit(news)
        else:
            self._tell(news)

    def _warn(self, error: UserError) -> None:
        self._emit(Failed("", error.notice))

    def _made(self, settings: Settings) -> TurnPipeline:
        turns, history = self._turns, self._turns.history
        prompting = Prompting(history, settings.profile, wishes_of(settings))
        aloud, voice_aloud = settings.speak_answers, settings.speak_to_voice
        return TurnPipeline(
            Generation(
                self._assemble(settings),
                settings,
                prompting,
                self._sight,
                now=self._now,
                store=self.tools.store,
                meanings=self._meanings,
            ),
            history,
            self._focus,
            self._gate,
            self._asides,
            self.tools,
            self._causes,
            Delivery(
                history,
                turns.speaker,
                aloud,
                self._emit,
                turns.is_stopped,
                turns.is_overtaken,
                turns.is_silenced,
                voice_aloud=voice_aloud,
            ),
            self._following.final,
            self._emit,
            lambda turn: self._tell(Received(turn)),
            self._tell_ready,
        )

    def _converse(self) -> None:
        try:
            self._start()
            while not isinstance(item := self._next(), Close):
                if self._turns.broken is None:
                    self._obey(item)
                    self._meanings.changed()
                elif isinstance(item, Question):
                    self._turns.refuse(item, self._turns.broken)
                if self._turns.broken is not None:
                    break
        except Exception as error:
            self.fail("converse", error)
        self._end()

    def _obey(self, item: Item | None) -> None:
        match item:
            case OpenChat(chat, keep_private):
                self._open_chat(chat, keep_private=keep_private)
            case Apply() | Reload():
                self._asides.reread()
                self._apply(anew=isinstance(item, Reload))
            case GiveFeedback() | Appeal():
                self._keep_opinion(item)
            case SayAgain(turn, text):
                with self._turns.told(turn):
                    say_again(self._turns, self._gate, self._inbox.empty, turn, text)
            case Undo() | CancelDue() | MeasureCauses():
                self._carry_out(item)
            case Continue(turn):
                self._go_on(turn)
            case Announcement(text):
                with self._turns.told(""):
                    say_again(self._turns, self._gate, self._inbox.empty, "", text)
            case Question():
                self._answer(item)
            case EnginesLoaded(engines):
                self._take_loaded(engines)

    def _keep_opinion(self, given: GiveFeedback | Appeal) -> None:
        with self._turns.told(""):  # a failure of it is none of the answer
            match given:
                case GiveFeedback(turn, good, corrected):
                    FeedbackStore(self._turns.history.file).keep_feedback(turn, good, corrected)
                case Appeal():
                    self._appeal(given)

    def _appeal(self, appeal: Appeal) -> None:
        self._emit(take_appeal(appeal, self._turns.history, self.engines().audit()))

    def _appeal_spoken(self, turn: str, words: str) -> None:
        settings = self._pipeline.writing.settings
        self._appeal(Appeal(turn, True, words, settings.keep_marks))

    def _carry_out(self, item: Undo | CancelDue | MeasureCauses) -> None:
        with self._turns.told(""):
            match item:
                case Undo(turn):
                    self.tools.undo(turn)
                case CancelDue(due):
                    self.tools.cancel(due)
                case MeasureCauses(turn):
                    self._causes.ask(turn)

    def _answer(self, question: Question) -> None:
        self._turns.answer(question, self._pipeline, self._another_waits)
        self._after_turn()

    def _another_waits(self) -> bool:
        known = {self._turns.current, *self._turns.taken}
        waiting = self._inbox.waiting()
        return any(isinstance(item, Question) and item.turn not in known for item in waiting)

    def _go_on(self, turn: str) -> None:
        self._turns.go_on(turn, self._pipeline)
        self._after_turn()

    def _after_turn(self) -> None:
        self._tell_saved()
        with self._turns.told(""):
            self._tell_ready()
        if self._loading is not None and not self.engines().ready():
            self._emit(_LOADING)

    def _open_chat(self, chat: int | None, *, keep_private: bool) -> None:
        self._focus.chat = chat
        if chat != PRIVATE and not keep_private:
            self._turns.history.forget_private()

    def _end(self) -> None:
        """Every turn gets its reply, every part lets go, and `Closed` is the last word."""
        reason = self._turns.broken or _CLOSED
        self._turns.abandon(reason)
        if self._loader is not None:
            self._loader.join()  # A process that ends while llama.cpp loads is aborted.
        for item in self._inbox.close():
            if isinstance(item, Question):
                self._turns.refuse(item, reason)
        speaker = self._turns.speaker
        parts = (self._gate.drop, self.tools.close, self._following.close, self._sight.close)
        for close in (*parts, *((speaker.close,) if speaker else ()), self.engines().close):
            try:
                close()
            except Exception:
                _log.exception("closing failed")
        self._emit(Closed())
        if self._turns.broken is not None:
            self._broke()

    def _announce(self, text: str) -> None:
        """Say this aloud once nothing else is being said; from any thread."""
        if self._turns.speaker is not None:
            self._inbox.put(Announcement(text))

    def _tell_saved(self) -> None:
        """The history was damaged: what could be saved of it."""
        if (saved := self._turns.history.take_saved()) is not None:
            self._warn(saved)

    def _next(self) -> Item | None:
        """What waits first. Until there is something, or a new wish, it works ahead."""
        while self._inbox.empty():
            now = Circumstances(
                self._following.wish,
                self._pipeline.writing,
                self._focus.chat,
                self._focus.waiting,
                self._focus.texts,
            )
            ahead = self._loading is None and (self._measure_a_little(now) or self._gate.step(now))
            if not ahead and not self._remember_a_little():
                break
        self._causes.pause()  # What comes now may need the engine.
        return self._inbox.get()

    def _measure_a_little(self, now: Circumstances) -> bool:
        """Some of what answers rest on; never while somebody speaks."""
        if not (self._causes.waiting and isinstance(now.wish, WarmPrompt)):
            self._causes.pause()
            return False
        self._gate.drop()  # The engine serves one at a time; the prompt is warmed again after it.
        return self._causes.step(now.writing)

    def _remember_a_little(self) -> bool:
        """Make a few vectors of what was said and kept; False where there is nothing to do."""
        engines = self.engines()
        if not engines.ready():
            return False
        try:
            return self._meanings.step(engines.guard().encoder, self._focus.chat)
        except Exception:
            # Nobody waits for it, and without it words are compared.
            _log.exception("the meanings were not kept")
            return False

    def _start(self) -> None:
        """Load beside the turns: what needs no model does not wait for one."""
        self._tell_saved()
        self._emit(_LOADING)
        self._loading = engines = self.engines()
        self._loader = start("load-models", lambda: self._load(engines), self.fail)
        abilities()  # Reading the tools takes some 0.2 s, which the first wish should not wait for.

    def _load(self, engines: Engines) -> None:
        with self._turns.told(""):
            self._tell_policy(engines)
            engines.dialogue()
        if not self._inbox.put(EnginesLoaded(engines)):
            engines.close()

    def _tell_policy(self, engines: Engines) -> None:
        """Tell what is wrong with the files of the policy, and keep that it was told."""
        troubles = engines.guard().troubles
        new = [trouble for trouble in troubles if trouble not in self._troubles]
        self._troubles = troubles
        for trouble in new:
            self._emit(Failed("", trouble))
            with self._turns.told(""):
                engines.audit().append("", POLICY, [fallback_verdict(trouble)])

    def _take_loaded(self, engines: Engines) -> None:
        if engines is not self._loading:
            # Other settings were chosen meanwhile.
            engines.close()
            return
        self._loading = None
        with self._turns.told(""):
            self._tell_ready()
        self._emit(AssistantState(Phase.IDLE, ""))

    def _tell_ready(self) -> None:
        """Say once where the engines run; a turn may have loaded what failed at first."""
        engines = self.engines()
        if self._ready_told is not engines and engines.ready():
            self._ready_told = engines
            dialogue, choice = engines.dialogue(), engines.choice()
            self._emit(Ready(dialogue.name, dialogue.device, choice.reason, choice.server))

    def _apply(self, anew: bool) -> None:
        """Take the new settings. Engines stay where they are loaded and still the right ones."""
        self._gate.drop()
        self._causes.forget_engine()
        with self._turns.told(""):
            before = self._pipeline
            now = self._made(self._read_settings())
            old, new = before.writing, now.writing
            same = not anew and old.settings.models() == new.settings.models()
            if same and (old.engines.ready() or self._loading is old.engines):
                writing = dataclasses.replace(new, engines=old.engines)
                self._pipeline = dataclasses.replace(now, writing=writing)
                if old.engines.ready():
                    self._tell_policy(old.engines)
                return
            old.engines.close()
            self._pipeline = now
            self._start()
