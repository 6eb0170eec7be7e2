"""The conversation: one thread takes turns in order, and each ends in exactly one `Reply`.

Raw tokens do not leave this file: what goes out is a `Sentence` with its `Verdict`.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from agent.attribution import rests_on
from agent.dialogue import Sampling, Token
from agent.engines import Engines
from agent.history import History
from agent.open_turn import OpenTurn
from agent.prompt import ANSWER_TOKENS, question, shorten
from agent.prompting import Prompting
from agent.sentences import Piece, pieces
from agent.settings import Settings
from agent.sight import Sight, look_at
from agent.speaker import Sink, Speaker
from agent.types import (
    Apply,
    Asked,
    Close,
    Closed,
    Command,
    Ended,
    Event,
    Failed,
    Interrupt,
    Message,
    OpenChat,
    Phase,
    Ready,
    Reply,
    Say,
    SayAgain,
    Sentence,
    SetCamera,
    State,
    new_turn,
)
from perception.audio.messages import Played
from perception.fusion import describe
from perception.fusion import evidence as fuse
from perception.types import Heard, Scene, UserError, Utterance
from safety.rules.injection import strip_control
from safety.types import Action, Circumstance

_T = TypeVar("_T")
_log = logging.getLogger(__name__)
_AGAIN_TEMPERATURE = 0.7


@dataclass(frozen=True, slots=True)
class Question:
    """What the user wants answered: typed (`text`) or spoken (`utterance`), with pictures."""

    turn: str
    started: float
    chat: int | None
    text: str = ""
    utterance: Utterance | None = None
    pictures: tuple[bytes, ...] = ()
    replaces: str | None = None


class _Stopped(Exception):
    """The turn was interrupted."""


class Conversation:
    """Takes commands and utterances, emits events. `sink` is None where nothing is spoken."""

    def __init__(
        self,
        engines: Engines,
        history: History,
        settings: Callable[[], Settings],
        emit: Callable[[Event], None],
        sink: Sink | None,
    ) -> None:
        self._engines, self._history, self._emit = engines, history, emit
        self._read_settings = settings
        self._settings = settings()
        self._prompting = Prompting(history, self._settings.profile)
        self._speaker = Speaker(engines.voice, sink, emit) if sink else None
        self._sight = Sight(engines.eyes, emit)
        self._inbox: queue.SimpleQueue[Question | OpenChat | Apply | SayAgain | Close] = (
            queue.SimpleQueue()
        )
        self._chat: int | None = None
        self._current = ""
        self._stopped: set[str] = set()
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
            case Close():
                self._stop(self._current)
                self._inbox.put(command)
            case _:
                self._inbox.put(command)

    def hear(self, utterance: Utterance) -> None:
        """Answer what was said, in the chat that is open."""
        self.ask(Question(utterance.turn, utterance.ended, self._chat, utterance=utterance))

    def ask(self, question: Question) -> None:
        """Answer a question; one that is being answered is interrupted."""
        self._stop(self._current)
        self._inbox.put(question)

    def played(self, report: Played) -> None:
        """How far the voice has come."""
        if self._speaker:
            self._speaker.played(report)

    def join(self) -> None:
        """Wait until the conversation was closed."""
        self._thread.join()

    def _stop(self, turn: str) -> None:
        if not turn:
            return
        self._stopped.add(turn)
        if self._speaker and turn == self._current:
            self._speaker.stop()

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
                    self._settings = self._read_settings()
                    self._prompting = Prompting(self._history, self._settings.profile)
                case SayAgain(turn):
                    self._say_again(turn)
                case item:
                    self._take(item)
        self._sight.close()
        if self._speaker:
            self._speaker.close()
        self._emit(Closed())

    def _start(self) -> None:
        self._emit(State(Phase.LOADING, "", "Loading the models"))
        with self._told(""):
            self._engines.guard()
            dialogue = self._engines.dialogue()
            self._emit(Ready(dialogue.name, dialogue.device, dialogue.reason))
        self._emit(State(Phase.IDLE, "", ""))

    def _warm(self) -> None:
        """Read the next prompt's beginning into the cache while nobody waits."""
        with self._told(""):
            if not self._inbox.empty():
                return
            reading = self._engines.dialogue().prefill(self._prompting.warm(self._chat))
            for _ in reading:
                if not self._inbox.empty():
                    break
            reading.close()

    @contextlib.contextmanager
    def _told(self, turn: str) -> Iterator[None]:
        try:
            yield
        except UserError as error:
            self._emit(Failed(turn, error.message, error.hint))
        except Exception as error:
            _log.exception("the conversation failed")
            self._emit(
                Failed(turn, f"Something broke: {type(error).__name__}.", "Please try again.")
            )

    def _take(self, asked: Question) -> None:
        turn = OpenTurn(asked.turn, asked.started, chat=asked.chat or 0)
        self._current = asked.turn
        self._sight.pause(True)
        ended = Ended.FAILED
        with self._told(asked.turn):
            try:
                ended = self._answer(turn, asked)
            except _Stopped:
                ended = Ended.INTERRUPTED
        self._sight.pause(False)
        self._end(turn, ended)

    def _say_again(self, turn: str) -> None:
        """Speak a kept answer once more, under a new name; a question or a flush ends it."""
        kept = self._history.turn(turn)
        if self._speaker is None or kept is None or not kept.reply:
            return
        self._current = new_turn()
        self._emit(State(Phase.SPEAKING, "", ""))
        self._speaker.begin(self._current)
        for index, piece in enumerate(pieces([Token(kept.reply, 1.0, "stop")])):
            self._speaker.say(index, piece.text)
        self._speaker.finish()
        self._speaker.wait()
        self._stopped.discard(self._current)
        self._current = ""
        self._emit(State(Phase.IDLE, "", ""))

    def _end(self, turn: OpenTurn, ended: Ended) -> None:
        """The one place where a turn ends."""
        if self._speaker and turn.spoken and ended in (Ended.INTERRUPTED, Ended.FAILED):
            self._speaker.stop()
        text = turn.text()
        if self._speaker and turn.spoken and ended is Ended.INTERRUPTED:
            text = self._speaker.heard()
        turn.mark("total")
        why = turn.why()
        with self._told(turn.turn):
            if turn.stored:
                self._history.end(turn.turn, text, ended, why)
            self._engines.audit().append(turn.turn, ended, turn.verdicts)
        self._current = ""
        self._stopped.discard(turn.turn)
        self._emit(Reply(turn.turn, text, ended, why, turn.timings))
        self._emit(State(Phase.IDLE, "", ""))

    def _answer(self, turn: OpenTurn, asked: Question) -> Ended:
        heard = self._heard(turn, asked.utterance) if asked.utterance else None
        words = shorten("\n".join(filter(None, (heard.text if heard else "", asked.text))))
        if words.note:
            turn.notes.append(words.note)
        self._chat = turn.chat = asked.chat or self._history.new_chat()
        self._history.begin(turn.turn, turn.chat, words.text, asked.pictures, asked.replaces)
        turn.stored = True
        scene = self._look(turn, asked.pictures)
        now = self._grounded(turn, words.text, heard, scene)
        self._emit(
            Asked(turn.turn, turn.chat, words.text, heard, turn.evidence, asked.replaces, scene)
        )
        if not self._admitted(turn, words.text):
            return self._spoken_to_the_end(turn, Ended.BLOCKED)
        again = asked.replaces is not None
        return self._spoken_to_the_end(turn, self._write(turn, now, again))

    def _heard(self, turn: OpenTurn, utterance: Utterance) -> Heard:
        self._emit(State(Phase.HEARING, turn.turn, ""))
        hearing = self._engines.hearing().hear(utterance, self._settings.spoken_language)
        heard = self._last(turn, hearing)
        turn.mark("heard")
        if heard is None or not heard.text:
            raise UserError(
                "I heard no words.",
                "Speak while the button is held, and watch the level beside it.",
            )
        return heard

    def _look(self, turn: OpenTurn, pictures: Sequence[bytes]) -> Scene | None:
        if not pictures:
            return self._sight.scene()
        self._emit(State(Phase.LOOKING, turn.turn, ""))
        scene = self._last(turn, look_at(self._engines.eyes(), pictures))
        turn.mark("looked")
        return scene

    def _grounded(
        self, turn: OpenTurn, words: str, heard: Heard | None, scene: Scene | None
    ) -> Message:
        """Number the evidence, mark it as data and keep it with the turn."""
        turn.evidence = fuse(heard, scene, (), ())
        controls = self._engines.dialogue().control_tokens
        data = strip_control(describe(turn.evidence), controls)
        if data:
            turn.verdicts.append(
                self._engines.guard().judge(data, self._circumstance(turn, "data"))
            )
        now = question(words, data)
        self._history.ground(turn.turn, now.text, turn.evidence)
        return now

    def _circumstance(self, turn: OpenTurn, direction: str) -> Circumstance:
        return Circumstance(direction, turn.evidence, self._settings.profile)

    def _admitted(self, turn: OpenTurn, words: str) -> bool:
        """Judge the user's words; where the guard has something to say, it is said first."""
        verdict = self._engines.guard().judge(words, self._circumstance(turn, "in"))
        turn.verdicts.append(verdict)
        if verdict.action is Action.BLOCK:
            self._give(turn, Sentence(turn.turn, 0, verdict.text, verdict, (), 1.0))
            return False
        if verdict.action is Action.ADVISE and verdict.why.alternative:
            text = verdict.why.alternative.rstrip() + "\n\n"
            self._give(turn, Sentence(turn.turn, 0, text, verdict, (), 1.0))
        return True

    def _write(self, turn: OpenTurn, now: Message, again: bool) -> Ended:
        """Let the model answer; every piece passes the guard before it goes anywhere."""
        self._emit(State(Phase.THINKING, turn.turn, ""))
        for piece in self._pieces(turn, now, again):
            sentence = self._checked(turn, piece)
            self._give(turn, sentence)
            if sentence.verdict.action is Action.BLOCK:
                return Ended.BLOCKED
        return Ended.DONE

    def _pieces(self, turn: OpenTurn, now: Message, again: bool) -> Iterator[Piece]:
        dialogue = self._engines.dialogue()
        messages = self._prompting.messages(turn.chat, now, dialogue.context, dialogue.count)
        sampling = Sampling(ANSWER_TOKENS)
        if again:
            sampling = replace(
                sampling, temperature=_AGAIN_TEMPERATURE, seed=int(turn.turn[:7], 16)
            )
        tokens = dialogue.generate(messages, sampling)
        try:
            for piece in pieces(self._going_on(turn, tokens)):
                if piece.ended == "length":
                    turn.notes.append("The answer was cut: it had reached its longest length.")
                if piece.text:
                    yield piece
        finally:
            tokens.close()

    def _going_on(self, turn: OpenTurn, tokens: Iterator[_T]) -> Iterator[_T]:
        for token in tokens:
            turn.mark("first_token")
            self._go_on(turn)
            yield token

    def _checked(self, turn: OpenTurn, piece: Piece) -> Sentence:
        verdict = self._engines.guard().judge(piece.text, self._circumstance(turn, "out"))
        turn.verdicts.append(verdict)
        return Sentence(
            turn.turn,
            len(turn.sentences),
            verdict.text,
            verdict,
            rests_on(verdict.text, turn.evidence),
            piece.confidence,
        )

    def _give(self, turn: OpenTurn, sentence: Sentence) -> None:
        """Show, speak and keep a checked sentence."""
        self._go_on(turn)
        turn.sentences.append(sentence)
        self._emit(sentence)
        turn.mark("first_sentence")
        if self._speaker and self._settings.speak_answers:
            if not turn.spoken:
                turn.spoken = True
                self._speaker.begin(turn.turn)
                self._emit(State(Phase.SPEAKING, turn.turn, ""))
            self._speaker.say(sentence.index, sentence.text)
        self._history.answer(turn.turn, turn.text())

    def _spoken_to_the_end(self, turn: OpenTurn, ended: Ended) -> Ended:
        turn.mark("written")
        if self._speaker and turn.spoken:
            self._speaker.finish()
            self._speaker.wait()
            if first := self._speaker.first_sound():
                turn.timings["first_sound"] = (first - turn.started) * 1000
            self._go_on(turn)
        return ended

    def _last(self, turn: OpenTurn, growing: Iterator[_T]) -> _T | None:
        last = None
        for item in growing:
            last = item
            self._go_on(turn)
        return last

    def _go_on(self, turn: OpenTurn) -> None:
        if turn.turn in self._stopped:
            raise _Stopped
