"""Takes one question after the other through to its one `Reply`."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from agent.dialogue import Dialogue
from agent.memory.history import History, Turn
from agent.speech.commands import Asides, Own
from agent.speech.output import Speaker
from agent.turn.context import OpenTurn, Question
from agent.turn.generation import Writing
from agent.turn.pipeline import Answering, Stopped
from agent.turn.speculation import Ahead, Draft
from agent.turn.tool_use import ToolUse
from agent.types import (
    Ended,
    Event,
    Failed,
    Phase,
    Reply,
    State,
)
from perception.audio.ipc.messages import (
    Answered,
    Played,
    Received,
    Understood,
)
from perception.types import UserError
from safety.types import Explanation

ToEars: TypeAlias = Received | Understood | Answered

_log = logging.getLogger(__name__)
_UNTOLD = Explanation("The account of this turn was lost.", (), (), "", "")


class Turns:
    """The turn being answered, the chat that is open, and the pictures that wait for a question.

    All is called in the conversation's thread, but `stop`, `is_stopped` and `played`.
    """

    def __init__(
        self,
        history: History,
        speaker: Speaker | None,
        emit: Callable[[Event], None],
        tell: Callable[[ToEars], None],
        asides: Asides,
        *,
        tools: ToolUse,
    ) -> None:
        self.history, self.speaker, self.latency = history, speaker, Latency()
        self.chat: int | None = None
        self.attached: tuple[bytes, ...] = ()
        self.current = ""
        self.closing = False
        self.taken: set[str] = set()
        """The spoken turns that were given to this mind."""
        self._emit, self._tell, self._asides = emit, tell, asides
        self._tools = tools
        self._open: OpenTurn | None = None
        self._stopped: set[str] = set()

    def is_stopped(self, turn: str) -> bool:
        """Whether a turn was interrupted."""
        return self.closing or turn in self._stopped

    def stop(self, turn: str) -> None:
        """Interrupt a turn, whether it is being answered or still waits."""
        if not turn:
            return
        self._stopped.add(turn)
        if self.speaker:
            self.speaker.stop(turn)

    def played(self, report: Played) -> None:
        """How far the voice has come. A speech that was cut ends its turn, and the writing too."""
        turn = self._open
        if turn is not None and turn.turn == report.turn and report.began:
            turn.mark("first_sample", report.began)
        if report.finished and report.cut and report.turn == self.current:
            self._stopped.add(report.turn)
        if self.speaker:
            self.speaker.played(report)

    @contextlib.contextmanager
    def aloud(self, speech: str) -> Iterator[None]:
        """Something is spoken that is no turn; it can be stopped like one."""
        self.current = speech
        self._emit(State(Phase.SPEAKING, "", ""))
        try:
            yield
        finally:
            self._close(speech)
            self._emit(State(Phase.IDLE, "", ""))

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
            failure = UserError(f"Something broke: {type(error).__name__}.", "Please try again.")
        if self._open is not None and self._open.turn == turn:
            self._open.failure = failure
        self._emit(Failed(turn, failure.message, failure.hint))

    def spoken(self, turn: str, started: float, continues: str) -> Question:
        """The question of a spoken turn: in the chat that is open now, about what was attached.

        Where it continues a turn that was taken for ended too early, it stands in its place.
        """
        begun = self.history.turn(continues) if continues else None
        if begun is None:
            return Question(turn, started, self.chat, pictures=self.attached)
        pictures = self.attached or tuple(self.history.pictures(continues))
        return Question(turn, started, begun.chat, pictures=pictures, replaces=continues)

    def take(self, asked: Question, answering: Answering, ahead: Ahead) -> None:
        """Answer a question, unless it is a spoken one that was given before."""
        if asked.utterance and self._is_known(asked.turn):
            return
        draft = ahead.take(asked)
        self._open = turn = OpenTurn(asked.turn, asked.started, asked.chat)
        turn.mark("decided", asked.came)
        self.current = asked.turn
        answering.writing.sight.pause(True)
        ended = Ended.FAILED
        with self.told(asked.turn):
            try:
                ended = self._answer(turn, asked, answering, draft)
            except Stopped:
                ended = Ended.INTERRUPTED
            finally:
                if draft:
                    draft.close()
        answering.writing.sight.pause(False)
        self.chat = self._open.chat or self.chat
        self._end(self._open, ended, answering)

    def _is_known(self, turn: str) -> bool:
        """Whether a spoken turn was given before: to this mind, or to one that is no more."""
        with self.told(""):
            if turn in self.taken or self.history.turn(turn):
                self._tell(Received(turn))
                self._tell(Answered(turn))
                return True
        self.taken.add(turn)
        return False

    def _answer(
        self, turn: OpenTurn, asked: Question, answering: Answering, draft: Draft | None
    ) -> Ended:
        heard = None
        if utterance := asked.utterance:
            heard = answering.listen(turn, utterance)
            spoken = self.spoken(asked.turn, asked.started, utterance.continues)
            pictures = asked.pictures or spoken.pictures
            asked = dataclasses.replace(
                asked, chat=spoken.chat, pictures=pictures, replaces=spoken.replaces
            )
            self.attached = ()
        said = "\n".join(filter(None, (heard.text if heard else "", asked.text)))
        past = self.history.turns(asked.chat, 1) if asked.chat and not asked.replaces else []
        turn.heard = heard
        answering.store(turn, asked, said)
        last = past[-1] if past else None
        own, meant = self._aside(asked, said, last, answering.writing, draft)
        if draft and not (own or meant) and draft.fits(asked, heard, answering.writing):
            self._open = turn = draft.begin(turn)
        elif draft:
            # The model serves one at a time.
            draft.close()
            draft = None
        turn.meant = meant
        asked = dataclasses.replace(asked, chat=turn.chat)
        return answering.answer(turn, asked, said, draft, own)

    def _aside(
        self,
        asked: Question,
        said: str,
        last: Turn | None,
        writing: Writing,
        draft: Draft | None,
    ) -> tuple[Own | None, str]:
        """The answer to a command, and what is meant by a correction; the words are noted."""
        own = None if asked.pictures else self._own(asked, said, last, writing, draft)
        meant = own.rest if own else ""
        if own is None and last:
            meant = self._asides.put_right(said, last, writing.engines.dialogue().count)
        self._asides.recent.note("user", said)
        return own, meant

    def _own(
        self,
        asked: Question,
        said: str,
        last: Turn | None,
        writing: Writing,
        draft: Draft | None,
    ) -> Own | None:
        """What the tools or a command answer, without the chat's model.

        Law 4: they read the user's own words; no data and no earlier answer is among them.
        """
        past = writing.prompting.turns(asked.chat, asked.replaces or asked.turn)
        past = tuple(turn for turn in past if turn.id != asked.turn)

        def dialogue() -> Dialogue:
            if draft:
                # The model serves one at a time.
                draft.close()
            return writing.engines.dialogue()

        known = self._tools.answer(asked.turn, said, past, dialogue)
        return known or self._asides.own(said, last)

    def _end(self, turn: OpenTurn, ended: Ended, answering: Answering) -> None:
        """The one place where a turn ends."""
        text, why = turn.text(), _UNTOLD
        with self.told(turn.turn):
            text, why = self._given(turn, ended), turn.why()
        self._asides.recent.note("candor", text)
        turn.mark("total")
        with self.told(turn.turn):
            if turn.stored:
                self.history.end(turn.turn, text, ended, why)
            answering.writing.engines.audit().append(turn.turn, ended, turn.verdicts)
        self.latency.add(Took(turn.turn, turn.heard is not None, turn.timings()))
        self._tell(Received(turn.turn))
        self._tell(Answered(turn.turn))
        # Closed before the reply is known, so that what follows it interrupts nothing.
        self._close(turn.turn)
        self._emit(Reply(turn.turn, text, ended, why, turn.timings()))
        self._emit(State(Phase.IDLE, "", ""))

    def _close(self, turn: str) -> None:
        self.current, self._open = "", None
        self._stopped.discard(turn)

    def _given(self, turn: OpenTurn, ended: Ended) -> str:
        """What the user really got: an interrupted voice was heard only so far."""
        if not (self.speaker and turn.spoken) or ended in (Ended.DONE, Ended.BLOCKED):
            return turn.text()
        self.speaker.stop(turn.turn)
        return self.speaker.heard() if ended is Ended.INTERRUPTED else turn.text()


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
class Took:
    """One turn: milliseconds from the end of the user's voice; `spoken` where it was a voice."""

    turn: str
    spoken: bool
    stages_ms: Mapping[str, float]


class Latency:
    """The record of the last turns. Safe to read from any thread."""

    def __init__(self) -> None:
        self._turns: deque[Took] = deque(maxlen=_MOST_TURNS)
        self._lock = threading.Lock()

    def add(self, took: Took) -> None:
        """Keep one more turn."""
        with self._lock:
            self._turns.append(took)

    def turns(self) -> tuple[Took, ...]:
        """The last turns, oldest first."""
        with self._lock:
            return tuple(self._turns)
