"""The lifecycle of turns: which one is open, interruption, and the one `Reply` of each."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from agent.codes import AgentCode
from agent.engines.loaded import Engines
from agent.events import AssistantState, Event, Failed, Kept, Reply
from agent.memory.history import PRIVATE, History
from agent.memory.recent import RecentPast
from agent.prompting.prompt import MOST_KEPT
from agent.speech.output import SpeechOutput
from agent.turn.context import Question, TurnContext, continued
from agent.turn.delivery import Stopped
from agent.turn.pipeline import TurnPipeline
from agent.turn.speculation import SpeculationGate
from agent.types import Ended, Phase
from perception.audio.ipc.messages import (
    Played,
    Received,
    RecognisedWords,
    ReplyEnded,
)
from perception.messages import notice
from perception.types import UserError
from safety.codes import SafetyCode
from safety.types import Explanation

ToEars: TypeAlias = Received | RecognisedWords | ReplyEnded

_log = logging.getLogger("candor.turn")
_UNTOLD = Explanation.of_notes(notice(AgentCode.ACCOUNT_LOST))


class TurnLifecycle:
    """The lifecycle of turns: one after the other through the pipeline, each to one `Reply`.

    All is called in the conversation's thread, but `stop`, `overtake`, `silence`, `played`, `keep`
    and what asks for them.
    """

    def __init__(
        self,
        history: History,
        speaker: SpeechOutput | None,
        gate: SpeculationGate,
        *,
        recent: RecentPast,
        emit: Callable[[Event], None],
        tell: Callable[[ToEars], None],
    ) -> None:
        self.history, self.speaker, self.latency = history, speaker, Latency()
        self.current = ""
        self.closing = False
        self.broken: UserError | None = None
        """Why the conversation has to end, where a thread of it broke."""
        self.taken: set[str] = set()
        """The spoken turns that were given to this mind."""
        self._gate, self._recent, self._emit, self._tell = gate, recent, emit, tell
        self._open: TurnContext | None = None
        self._stopped: set[str] = set()
        self._overtaken: set[str] = set()
        self._silenced: set[str] = set()

    def is_stopped(self, turn: str) -> bool:
        """Whether a turn was interrupted. A following question cuts no answer that was ready."""
        if self.closing or turn in self._stopped:
            return True
        ready = self._open is not None and self._open.turn == turn and self._open.ready
        return turn in self._overtaken and not ready

    def is_overtaken(self, turn: str) -> bool:
        """Whether another question came while this turn was being answered."""
        return turn in self._overtaken

    def overtake(self, turn: str) -> None:
        """Another question came: a model stops writing, an answer that is ready stays whole."""
        if not turn:
            return
        self._overtaken.add(turn)
        if self.speaker:
            self.speaker.stop(turn)

    def stop(self, turn: str) -> None:
        """Interrupt a turn, whether it is being answered or still waits."""
        if not turn:
            return
        self._stopped.add(turn)
        if self.speaker:
            self.speaker.stop(turn)

    def silence(self, turn: str) -> None:
        """Read no more of a turn's answer out; it is written on. From any thread."""
        self._silenced.add(turn)
        if self.speaker:
            self.speaker.stop(turn)
        if turn == self.current:
            self._emit(AssistantState(Phase.THINKING, turn))

    def is_silenced(self, turn: str) -> bool:
        """Whether the user wants to hear no more of a turn."""
        return turn in self._silenced

    def played(self, report: Played) -> None:
        """How far the voice has come. A speech that was cut ends its turn, and the writing too."""
        turn = self._open
        if turn is not None and turn.turn == report.turn and report.began:
            turn.mark("first_sample", report.began)
        goes_on = report.turn in self._overtaken or report.turn in self._silenced
        if report.finished and report.cut and report.turn == self.current and not goes_on:
            self._stopped.add(report.turn)
        if self.speaker:
            self.speaker.played(report)

    @contextlib.contextmanager
    def aloud(self, speech: str) -> Iterator[None]:
        """Something is spoken that is no turn; it can be stopped like one."""
        self.current = speech
        self._emit(AssistantState(Phase.SPEAKING, ""))
        try:
            yield
        finally:
            self._close(speech)
            self._emit(AssistantState(Phase.IDLE, ""))

    @contextlib.contextmanager
    def told(self, turn: str) -> Iterator[None]:
        """Tell of what goes wrong here; it is the failure of the turn, where it is open."""
        try:
            yield
            return
        except UserError as error:
            failure = error
        except Exception as error:
            _log.exception("the conversation failed")
            failure = UserError(AgentCode.SOMETHING_BROKE, kind=type(error).__name__)
        if self._open is not None and self._open.turn == turn:
            self._open.failure = failure
        self._emit(Failed(turn, failure.notice))

    def keep(self, asked: Question) -> Question:
        """Put typed words on disk before anything else happens to them; from any thread.

        Where that fails it is tried again, and told, when their turn comes.
        """
        if asked.utterance is not None or asked.kept:
            return asked
        try:
            known = self.history.turn(asked.turn)
            chat = (known.chat if known else asked.chat) or self.history.new_chat()
            words = asked.text[:MOST_KEPT]
            self.history.begin(asked.turn, chat, words, asked.pictures, asked.replaces)
        except UserError as error:
            _log.warning("not kept yet: %s", error)
            return asked
        self._emit(Kept(asked.turn, chat))
        return dataclasses.replace(asked, chat=chat, kept=True)

    def refuse(self, asked: Question, reason: UserError) -> None:
        """The one end of a question that nobody will answer any more."""
        self._fail(asked.turn, "", Explanation.of_notes(reason.notice), stored=asked.kept)

    def abandon(self, reason: UserError) -> None:
        """The end of the turn that was being answered, where there is one."""
        if (turn := self._open) is not None:
            self._close(turn.turn)
            turn.failure = reason
            self._fail(turn.turn, turn.text(), turn.why(turn.text()), stored=turn.stored)

    def answer(
        self, asked: Question, pipeline: TurnPipeline, another_waits: Callable[[], bool]
    ) -> None:
        """Answer a question, unless it is a spoken one that was given before."""
        if asked.utterance and self._is_known(asked.turn):
            return
        self.current = asked.turn
        if another_waits():
            # It came before this one was the current one, so its sender could not overtake it.
            self.overtake(asked.turn)
        self._open = TurnContext(asked, chat=asked.chat, stored=asked.kept)
        turn = self._gate.begin(asked)
        turn.mark("decided", asked.came)
        self._run(turn, pipeline.run_turn, pipeline)

    def _run(
        self, turn: TurnContext, do: Callable[[TurnContext], Ended], pipeline: TurnPipeline
    ) -> None:
        self.current, self._open = turn.turn, turn
        _log.debug("%s begins", turn.turn)
        pipeline.writing.sight.pause(True)
        ended = Ended.FAILED
        with self.told(turn.turn):
            try:
                ended = do(turn)
            except Stopped:
                ended = Ended.FAILED if self.broken else Ended.INTERRUPTED
                turn.failure = self.broken
            finally:
                self._gate.release()
        pipeline.writing.sight.pause(False)
        pipeline.focus.chat = turn.chat or pipeline.focus.chat
        self._end(turn, ended, pipeline.writing.engines)

    def go_on(self, turn: str, pipeline: TurnPipeline) -> None:
        """Continue the answer of a turn that is kept; one without a prompt has none."""
        with self.told(turn):
            kept = self.history.turn(turn)
            if kept is not None and kept.prompt and kept.reply:
                self._run(continued(kept), pipeline.go_on, pipeline)
                return
        self._emit(Reply(turn, "", Ended.FAILED, _UNTOLD, {}))

    def _fail(self, turn: str, text: str, why: Explanation, *, stored: bool) -> None:
        if stored:
            with self.told(turn):
                self.history.end(turn, text, Ended.FAILED, why)
        self._emit(Reply(turn, text, Ended.FAILED, why, {}))

    def _is_known(self, turn: str) -> bool:
        """Whether a spoken turn was given before: to this mind, or to one that is no more."""
        with self.told(""):
            if turn in self.taken or self.history.turn(turn):
                self._tell(Received(turn))
                self._tell(ReplyEnded(turn))
                return True
        self.taken.add(turn)
        return False

    def _end(self, turn: TurnContext, ended: Ended, engines: Engines) -> None:
        """The one place where a turn ends; its explanation is made here, once."""
        text, why = turn.text(), _UNTOLD
        with self.told(turn.turn):
            self._note_unheard(turn, ended)
            why = turn.why(text)
        self._recent.note("candor", text)
        turn.mark("total")
        with self.told(turn.turn):
            if turn.stored:
                self.history.end(turn.turn, text, ended, why)
            if turn.chat != PRIVATE:
                engines.audit().append(turn.turn, ended, turn.verdicts)
        _log.debug("%s ends as %s, ms: %s", turn.turn, ended, turn.timings())
        self.latency.add(TurnTiming(turn.turn, turn.heard is not None, turn.timings()))
        self._tell(Received(turn.turn))
        self._tell(ReplyEnded(turn.turn))
        # Closed before the reply is known, so that what follows it interrupts nothing.
        self._close(turn.turn)
        self._emit(Reply(turn.turn, text, ended, why, turn.timings()))
        self._emit(AssistantState(Phase.IDLE, ""))

    def _close(self, turn: str) -> None:
        self.current, self._open = "", None
        self._stopped.discard(turn)
        self._overtaken.discard(turn)
        self._silenced.discard(turn)

    def _note_unheard(self, turn: TurnContext, ended: Ended) -> None:
        """Note from where on an answer was not read aloud. What was shown stays."""
        if not (self.speaker and turn.spoken):
            return
        cut = self.is_silenced(turn.turn) or self.is_overtaken(turn.turn)
        if not (cut or ended is Ended.INTERRUPTED):
            return
        self.speaker.stop(turn.turn)
        read = turn.begun + len(self.speaker.heard())
        if read < len(turn.text().rstrip()):
            turn.notes.append(notice(SafetyCode.NOT_READ_ALOUD, read=read))


STAGES = (
    "heard",
    "decided",
    "first_token",
    "guard",
    "first_sentence",
    "first_sound",
    "first_sample",
)
"""The final words, the turn's end as ears decided it, the model's first word, the first piece
judged, released, handed to the voice's sink, and out of the speaker."""

_MOST_TURNS = 100


@dataclass(frozen=True, slots=True)
class TurnTiming:
    """One turn: milliseconds from the end of the user's voice; `spoken` where it was a voice."""

    turn: str
    spoken: bool
    stages_ms: Mapping[str, float]


class Latency:
    """The record of the last turns. Safe to read from any thread."""

    def __init__(self) -> None:
        self._turns: deque[TurnTiming] = deque(maxlen=_MOST_TURNS)
        self._lock = threading.Lock()

    def add(self, took: TurnTiming) -> None:
        """Keep one more turn."""
        with self._lock:
            self._turns.append(took)

    def turns(self) -> tuple[TurnTiming, ...]:
        """The last turns, oldest first."""
        with self._lock:
            return tuple(self._turns)
