"""Which sentence was heard how far: the account of what goes to the speaker."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from perception.audio.messages import Play, Played
from perception.audio.ring import Ring
from perception.types import Samples

_REMEMBERED = 64


@dataclass(slots=True)
class _Turn:
    sentence: int = 0
    read: float = 0.0  # seconds of `sentence` that the device has taken
    heard: tuple[int, float] = (0, 0.0)  # the sentence and its seconds that left the speaker
    complete: bool = False
    unheard: bool = False


@dataclass(frozen=True, slots=True)
class _Due:
    at: float
    turn: str
    sentence: int
    seconds: float


class Player:
    """Takes sentences, feeds the device, and reports what has left the speaker.

    `fill` is for the device's thread; everything else may be called from any thread.
    """

    def __init__(self, rate: int, report: Callable[[Played], None]) -> None:
        self.ring = Ring(rate)
        self._report = report
        self._turns: dict[str, _Turn] = {}
        self._dropped: deque[str] = deque(maxlen=_REMEMBERED)
        self._due: deque[_Due] = deque()
        self._resampler: tuple[tuple[str, int, int, int], Any] | None = None
        self._lock = threading.RLock()

    def play(self, sound: Play) -> None:
        """Append sound of one sentence, unless its turn was flushed."""
        with self._lock:
            if sound.turn in self._dropped:
                return
            turn = self._turns.setdefault(
                sound.turn, _Turn(sound.sentence, heard=(sound.sentence, 0.0))
            )
            if not turn.unheard:
                self._enter(sound)

    def finish(self, turn: str) -> None:
        """The turn has no more sound: report its end when the last of it was heard."""
        with self._lock:
            if turn not in self._turns:
                self._report(Played(turn, 0, 0.0, True, cut=turn in self._dropped))
                return
            self._drain()
            self._turns[turn].complete = True
        self.settle()

    def flush(self, turn: str = "") -> None:
        """Silence now; each turn that had begun ends as cut."""
        with self._lock:
            self._note_heard()
            self.ring.flush()
            self._resampler = None
            self._due.clear()
            cut, self._turns = self._turns, {}
            self._dropped.extend(dict.fromkeys([*cut, *([turn] if turn else [])]))
            for name, state in cut.items():
                self._report(Played(name, *state.heard, True, True, state.unheard))

    def abandon(self) -> None:
        """There is no speaker: what waits, and the rest of these turns, stays unheard."""
        with self._lock:
            self.ring.flush()
            self.ring.drop_fade()
            self._resampler = None
            for state in self._turns.values():
                state.unheard = True
        self.settle()

    def fill(self, count: int, delay: float) -> Samples:
        """The next block for the device, which sounds in `delay` seconds."""
        block, portions = self.ring.read(count)
        now = time.monotonic()
        for part in portions:
            state = self._turns.get(part.turn)
            if state is None:
                continue
            if state.sentence != part.sentence:
                state.sentence, state.read = part.sentence, 0.0
            state.read += part.count / self.ring.rate
            at = now + delay + (part.start + part.count) / self.ring.rate
            self._due.append(_Due(at, part.turn, part.sentence, state.read))
        return block

    def settle(self) -> None:
        """Report what has been heard by now. Call it about every 100 ms while there is sound."""
        with self._lock:
            for (turn, sentence), seconds in self._note_heard().items():
                self._report(Played(turn, sentence, seconds, False))
            waiting = {due.turn for due in tuple(self._due)}  # `fill` appends meanwhile
            for turn, state in list(self._turns.items()):
                if state.complete and turn not in waiting and not self.ring.holds(turn):
                    del self._turns[turn]
                    self._report(Played(turn, *state.heard, True, unheard=state.unheard))

    @property
    def busy(self) -> bool:
        """Whether there is sound to play or to account for, or a turn to end."""
        ending = any(turn.complete for turn in list(self._turns.values()))
        return ending or bool(self._due) or not self.ring.empty

    def _note_heard(self) -> dict[tuple[str, int], float]:
        """What has sounded since the last time: the newest seconds of each sentence."""
        now = time.monotonic()
        news: dict[tuple[str, int], float] = {}
        while self._due and self._due[0].at <= now:
            due = self._due.popleft()
            news[due.turn, due.sentence] = due.seconds
            if due.turn in self._turns:
                self._turns[due.turn].heard = (due.sentence, due.seconds)
        return news

    def _enter(self, sound: Play) -> None:
        import soxr  # type: ignore[import-untyped]

        key = (sound.turn, sound.sentence, sound.rate, self.ring.rate)
        if self._resampler is None or self._resampler[0] != key:
            self._drain()
            stream = soxr.ResampleStream(sound.rate, self.ring.rate, 1, dtype="float32")
            self._resampler = (key, stream)
        samples = self._resampler[1].resample_chunk(np.ascontiguousarray(sound.samples))
        self.ring.put(sound.turn, sound.sentence, samples)

    def _drain(self) -> None:
        """The last milliseconds of a sentence, which the resampler holds back."""
        if self._resampler is not None:
            (turn, sentence, _, rate), stream = self._resampler
            self._resampler = None
            if rate == self.ring.rate:
                rest = stream.resample_chunk(np.zeros(0, np.float32), last=True)
                self.ring.put(turn, sentence, rest)
