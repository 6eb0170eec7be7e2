"""The driver of turn-taking: gives the machine its frames and carries out its actions."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from perception.audio.echo.over_sound import DoubleTalk
from perception.audio.ipc.messages import (
    SpeechBlock,
    SpeechPaused,
    SpeechResumed,
    TurnCancelled,
    TurnPhase,
    TurnState,
)
from perception.audio.turns.events import (
    Action,
    AnswerEnded,
    AskEndpoint,
    CancelTurn,
    Duck,
    EndTurn,
    Event,
    Frame,
    Hold,
    Interrupt,
    Release,
    ReportPause,
    ReportResume,
    Show,
    StartTurn,
)
from perception.audio.turns.loudness import Loudness
from perception.audio.turns.machine import MachineState, Rules, step
from perception.audio.turns.preroll import PreRoll
from perception.audio.turns.speech_turn import may_begin
from perception.audio.vad import CHUNK, VoiceActivityStream
from perception.types import RATE, AudioChunk, Samples, Utterance

_log = logging.getLogger("candor.turns")
_KEPT = 1.5
_LATE = 0.25  # how long after its time sound may still arrive from the device
_PIECE = RATE // 10
_WINDOW = int(0.06 * RATE)
_QUIET = 0.05  # of the loudest window, -26 dB
STILL, STILL_PROCESSED = 1e-4, 4e-3  # as recorded, and after the gain control
_SETTLED = 32
_UNCONFIRMED = 0.05  # seconds that it is ducked by a first sign alone

ToMind: TypeAlias = SpeechBlock | SpeechPaused | SpeechResumed | TurnCancelled


@dataclass(frozen=True, slots=True)
class TurnOutputs:
    """The receivers of the decisions. Each function returns at once.

    `hand_over` says whether the utterance is worth an answer.
    """

    tell_mind: Callable[[ToMind], None]
    hand_over: Callable[[Utterance], bool]
    show: Callable[[TurnState], None]
    duck: Callable[[], None]
    hold: Callable[[], None]
    release: Callable[[], None]
    interrupt: Callable[[str], None]
    ask: Callable[[AskEndpoint, Samples], None] = lambda _question, _samples: None


@dataclass(slots=True)
class _Open:
    turn: str
    since: float
    sent: int | None = None


class TurnTaking:
    """Turn-taking, for one thread. `hear` takes the microphone, `handle_event` everything else."""

    def __init__(self, outlet: TurnOutputs) -> None:
        self.rules = Rules()
        self.voice: VoiceActivityStream | None = None
        self.over: DoubleTalk | None = None
        """Listens to the untouched sound while ours may be in it."""
        self.still = STILL
        """Sound whose peak stays under this for a second is not looked at for a voice."""
        self._outlet = outlet
        self._state = MachineState(prefix=uuid.uuid4().hex[:8])
        self._tape = PreRoll(RATE)
        self._rest: Samples = np.zeros(0, np.float32)
        self._still = 0
        self._loudness = Loudness()
        self._early: float | None = None  # since when it is ducked before the machine says so
        self._open: _Open | None = None
        self._ending: list[EndTurn] = []
        self._keep_from, self._keep_until = 0.0, 0.0

    @property
    def state(self) -> MachineState:
        """What the machine remembers."""
        return self._state

    @property
    def recording(self) -> bool:
        """Whether a key is down, or the last sound of an utterance is still awaited."""
        speech = self._state.speech
        return bool(self._ending) or (speech is not None and speech.pressed)

    @property
    def expecting(self) -> bool:
        """Whether an answer may have to be played soon."""
        calm = (TurnPhase.OFF, TurnPhase.LISTENING, TurnPhase.WAITING)
        return self._state.phase not in calm

    def handle_event(self, event: Event) -> None:
        """Something happened."""
        self._state, actions = step(self._state, event, self.rules)
        if actions or not isinstance(event, Frame):
            _log.debug("%s: %s -> %s", self._state.phase, event, actions)
        for action in actions:
            self._do(action)
        self.settle(time.monotonic())

    def hear(
        self,
        chunk: AudioChunk,
        sounds: Callable[[float], bool],
        echo: float = 0.0,
        untouched: tuple[Samples, float] | None = None,
    ) -> None:
        """Sound of the microphone, in order. `sounds` says whether our speaker does at a time.

        `echo` is how likely the sound is only our own. `untouched` is the sound of the chunk as it
        came, where an echo was taken out of it, and how likely that is only our own.
        """
        self._tape.add(chunk)
        self._listen_over(untouched)
        samples = np.concatenate([self._rest, chunk.samples])
        ended = self._tape.until
        while samples.size >= CHUNK:
            frame, samples = samples[:CHUNK], samples[CHUNK:]
            at = ended - samples.size / RATE
            self.handle_event(self._frame(frame, at, sounds(at), echo))
        self._rest = samples
        self._settle_early()
        self._stream()
        self.settle(time.monotonic())
        self._forget()

    def begin_anew(self) -> None:
        """The next sound does not follow the last."""
        self._rest = np.zeros(0, np.float32)
        if self.voice is not None:
            self.voice.reset()
        if self.over is not None:
            self.over.stop()

    def answer_nothing(self) -> None:
        """Whoever was asked is gone: what waits for an answer waits no more."""
        for turn in {self._state.thinking, self._state.playing} - {""}:
            self.handle_event(AnswerEnded(turn, time.monotonic()))

    def settle(self, now: float) -> None:
        """Hand over what has ended and is there, or will never be."""
        for done in tuple(self._ending):
            if done in self._ending and self._is_whole(done, now):
                self._ending.remove(done)
                self._hand_over(done)

    def _frame(self, samples: Samples, at: float, far: bool, echo: float) -> Frame:
        voice = self._probability(samples)
        faded = self._loudness.faded(samples, voice)
        over = self.over.latest if self.over is not None else 0.0
        if over > voice * (1.0 - echo):
            return Frame(at, over, far)
        return Frame(at, voice, far, echo, faded)

    def _listen_over(self, untouched: tuple[Samples, float] | None) -> None:
        """A first sign of a voice over our sound ducks it at once, before its frame is full."""
        if self.over is None:
            return
        if untouched is None:
            self.over.stop()
            return
        self.over.hear(*untouched)
        state = self._state
        calm = state.playing and not (state.speech or state.ducked or state.held or state.muted)
        likely = self.over.latest >= self.rules.begin_over_sound
        if calm and likely and self._early is None and may_begin(state):
            self._early = self._tape.until
            self._outlet.duck()

    def _settle_early(self) -> None:
        if self._early is None:
            return
        if self._state.ducked or self._state.held:
            self._early = None
        elif self._tape.until - self._early > _UNCONFIRMED:
            self._early = None
            self._outlet.release()

    def _probability(self, frame: Samples) -> float:
        if self.voice is None:
            return 0.0
        loud = float(np.max(np.abs(frame))) > self.still
        self._still = 0 if loud else self._still + 1
        return self.voice.push(frame) if self._still <= _SETTLED else 0.0

    def _do(self, action: Action) -> None:
        out = self._outlet
        match action:
            case Duck():
                if self._early is None:
                    out.duck()
            case Hold():
                out.hold()
            case Release():
                out.release()
            case Interrupt(turn):
                out.interrupt(turn)
            case Show(phase):
                out.show(TurnState(phase, self._state.mode, self._state.muted))
            case _:
                self._tell(action)

    def _tell(self, action: Action) -> None:
        out = self._outlet
        match action:
            case StartTurn(turn, since):
                self._open = _Open(turn, since)
                self._stream()
            case ReportPause(turn, at):
                self._stream(least=1)
                out.tell_mind(SpeechPaused(turn, at))
            case ReportResume(turn):
                out.tell_mind(SpeechResumed(turn))
            case AskEndpoint(since=since):
                out.ask(action, self._tape.read(self._tape.number(since), self._tape.end))
            case EndTurn():
                self._open = None
                self._ending.append(action)
                self._keep_from = action.since
                self._keep_until = action.ended + self.rules.continue_within + _KEPT
            case CancelTurn(turn):
                self._open = None
                out.tell_mind(TurnCancelled(turn))

    def _stream(self, least: int = _PIECE) -> None:
        """Send what the mind has not got of the open turn, where it is enough."""
        speech = self._open
        if speech is None or self._tape.until <= speech.since:
            return
        if speech.sent is None:
            speech.sent = self._tape.number(speech.since)
        if self._tape.end - speech.sent >= least:
            samples = self._tape.read(speech.sent, self._tape.end)
            at = self._tape.time(speech.sent)
            speech.sent = self._tape.end
            self._outlet.tell_mind(SpeechBlock(speech.turn, samples, RATE, at))

    def _is_whole(self, done: EndTurn, now: float) -> bool:
        covered = self._tape.until
        if covered >= done.until or now > done.until + _LATE:
            return True
        return covered >= done.until - self.rules.tail and self._is_quiet(done)

    def _is_quiet(self, done: EndTurn) -> bool:
        """Whether the last syllable is over: people let go of a key while it still sounds."""
        samples = self._tape.read(self._tape.number(done.since), self._tape.end)
        windows = samples[samples.size % _WINDOW :].reshape(-1, _WINDOW)
        power = np.sqrt(np.mean(np.square(windows), axis=1)) if windows.size else np.zeros(1)
        return bool(power[-1] <= _QUIET * power.max())

    def _hand_over(self, done: EndTurn) -> None:
        tape = self._tape
        first = tape.number(done.since)
        samples = tape.read(first, tape.number(done.until))
        at = tape.time(first) if samples.size else done.since
        said = Utterance(done.turn, samples, RATE, at, done.ended, done.continues)
        if not self._outlet.hand_over(said):
            self._outlet.tell_mind(TurnCancelled(done.turn))
            self.handle_event(AnswerEnded(done.turn, time.monotonic()))

    def _forget(self) -> None:
        tape = self._tape
        keep = [tape.until - _KEPT, *(done.since for done in self._ending)]
        if self._open is not None:
            keep.append(self._open.since)
        if tape.until < self._keep_until:
            keep.append(self._keep_from)
        tape.forget(min(keep))
