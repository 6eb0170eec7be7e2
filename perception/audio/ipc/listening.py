"""The listening loop: echo cancellation, levels and turn-taking on the microphone's sound."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from perception.audio.devices.capture import Clock
from perception.audio.devices.microphone import Block, joint
from perception.audio.echo.canceller import EchoCanceller
from perception.audio.echo.far_end import FarEnd
from perception.audio.echo.over_sound import DoubleTalk
from perception.audio.ipc.messages import (
    Level,
    Listen,
    Mode,
    Trouble,
)
from perception.audio.models import AudioModels, ModeReadiness
from perception.audio.turns.driver import (
    STILL,
    STILL_PROCESSED,
    TurnOutputs,
    TurnTaking,
)
from perception.audio.turns.events import (
    Event,
    Lost,
    ModeChanged,
    Woken,
)
from perception.audio.wake import WakeWord
from perception.codes import PerceptionCode
from perception.messages import notice
from perception.types import AudioChunk, Samples, UserError

_PATIENCE = 0.05
_LEVEL_SECONDS = 0.04
_LOST_AFTER = 1.0
_AT_REST = 5


class AssistantGone:
    """Nobody is there to answer any more."""


Item: TypeAlias = Block | Event | ModeReadiness | Listen | AssistantGone | None


class ListeningLoop:
    """The listening loop of every mode. `put` and `try_out` are for any thread."""

    def __init__(
        self,
        items: queue.SimpleQueue[Item],
        far: FarEnd,
        outlet: TurnOutputs,
        show: Callable[[Level | Trouble], None],
        want: Callable[[bool, bool], None],
    ) -> None:
        """`want` is told whether the microphone must be open, and the speaker be ready."""
        self._items, self._far, self._show, self._tell_wants = items, far, show, want
        self._models = AudioModels(far, self.put)
        self._turns = TurnTaking(replace(outlet, ask=self._models.ask))
        self._clock = Clock()
        self._wanted: Listen | None = None
        self._canceller: EchoCanceller | None = None
        self._word: WakeWord | None = None
        self._level: list[AudioChunk] = []
        self._batch: list[Block] = []
        self._heard_at = 0.0
        self._trial: list[Samples] | None = None
        self._wants = (False, False)

    def put(self, item: Item) -> None:
        """Something happened, or is wanted."""
        self._items.put(item)

    def try_out(self, on: bool) -> Samples:
        """Begin to record for a trial, or end it: what was heard. Nobody takes turns meanwhile."""
        taken, self._trial = self._trial, [] if on else None
        self._items.put(None)
        return np.concatenate([np.zeros(0, np.float32), *(taken or ())])

    def run_loop(self) -> None:
        """Do this for ever; asleep while nothing is wanted."""
        while True:
            item = self._next()
            if isinstance(item, Block):
                self._gather(item)
            elif item is not None:
                self._take(item)
            now = time.monotonic()
            self._turns.settle(now)
            self._look_for_silence(now)
            self._want()

    def _next(self) -> Item:
        try:
            return self._items.get(timeout=_PATIENCE if self._wants[0] else None)
        except queue.Empty:
            return None

    def _take(self, item: Item) -> None:
        match item:
            case Listen():
                self._wanted = item
                self._models.prepare(item)
            case ModeReadiness():
                self._change_mode(item)
            case AssistantGone():
                self._turns.answer_nothing()
            case None | Block():
                pass
            case _:
                self._turns.handle_event(item)

    def _change_mode(self, ready: ModeReadiness) -> None:
        if ready.wanted is not self._wanted:
            return  # another mode was chosen while this one was loading
        mode = ready.wanted.mode
        if ready.trouble is not None:
            mode = Mode.HOLD
            self._tell(ready.trouble)
        turns = self._turns
        turns.rules = replace(turns.rules, patience=ready.wanted.patience)
        turns.voice = ready.voice.stream() if ready.voice is not None else None
        turns.over = None
        if ready.voice is not None and ready.canceller is not None:
            turns.over = DoubleTalk(ready.voice)
        turns.still = STILL_PROCESSED if ready.canceller is not None else STILL
        self._canceller, self._word = ready.canceller, ready.wake
        turns.handle_event(ModeChanged(mode, time.monotonic()))

    def _tell(self, error: UserError) -> None:
        self._show(Trouble(notice(PerceptionCode.HOLD_UNTIL_THEN, trouble=error.notice)))

    def _gather(self, block: Block) -> None:
        """At rest every fifth block is early enough, and costs half as much as each of them."""
        self._heard_at = time.monotonic()
        if self._batch and self._batch[0].converter is not block.converter:
            self._batch.clear()
        self._batch.append(block)
        if len(self._batch) >= _AT_REST or not self._is_calm():
            joined, self._batch = joint(self._batch), []
            self._hear(joined)

    def _is_calm(self) -> bool:
        turns = self._turns
        if turns.expecting or turns.recording or turns.state.onset is not None:
            return False
        return self._trial is None and not self._far.sounds(self._heard_at)

    def _hear(self, block: Block) -> None:
        chunk = block.chunk()
        if chunk is None or not self._wants[0]:
            return
        chunk = self._clock.steady(chunk)
        if self._clock.jumped:
            self._turns.begin_anew()
            if self._word is not None:
                self._word.reset()
        if self._canceller is not None:
            cleaned = self._canceller.cancel_echo(chunk)
            if cleaned is None:
                return
            chunk = cleaned
        self._measure(chunk)
        if self._trial is not None:
            self._trial.append(chunk.samples)
            return
        echo = self._canceller.likelihood if self._canceller is not None else 0.0
        untouched = self._canceller.untouched if self._canceller is not None else None
        self._turns.hear(chunk, self._far.sounds, echo, untouched)
        if self._word is not None and self._word.push(chunk.samples):
            self._turns.handle_event(Woken(chunk.at + chunk.samples.size / chunk.rate))

    def _look_for_silence(self, now: float) -> None:
        """A microphone that gives nothing any more ends the turn with what there is."""
        if not self._heard_at or now - self._heard_at < _LOST_AFTER:
            return
        self._heard_at = 0.0
        if self._turns.state.mode.hands_free and self._trial is None:
            self._turns.handle_event(Lost(now))

    def _want(self) -> None:
        state = self._turns.state
        free = state.mode.hands_free and not state.muted
        wanted = free or self._turns.recording or self._trial is not None
        expecting = self._turns.expecting or self._trial is not None
        if (wanted, expecting) == self._wants:
            return
        if self._wants[0] and not wanted:
            self._level.clear()
            self._show(Level(0.0, 0.0))
        self._wants = wanted, expecting
        self._tell_wants(wanted, expecting)

    def _measure(self, chunk: AudioChunk) -> None:
        self._level.append(chunk)
        samples = np.concatenate([part.samples for part in self._level])
        if samples.size >= _LEVEL_SECONDS * chunk.rate:
            self._level.clear()
            rms = float(np.sqrt(np.mean(np.square(samples))))
            self._show(Level(min(1.0, rms), min(1.0, float(np.max(np.abs(samples))))))
