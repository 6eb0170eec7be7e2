"""The player: feeds the speaker and knows how far each sentence was heard."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from perception.audio.echo.far_end import FarEnd
from perception.audio.ipc.messages import Play, Played
from perception.audio.playback.buffer import PlaybackBuffer
from perception.audio.playback.ducking import Gain
from perception.audio.playback.timeline import PlaybackTimeline, PlayedPortion
from perception.types import Samples

_REMEMBERED = 64
_DUCKED = 0.2  # -14 dB
_DUCK_SECONDS, _RELEASE_SECONDS = 0.015, 0.06


@dataclass(slots=True)
class _Turn:
    sentence: int = 0
    read: float = 0.0  # seconds of `sentence` that the device has taken
    heard: tuple[int, float] = (0, 0.0)  # the sentence and its seconds that left the speaker
    began: float = 0.0  # when the first sample leaves the speaker
    complete: bool = False
    unheard: bool = False

    def began_by(self, now: float) -> float:
        """When the first sample left the speaker, 0 where it has not."""
        return self.began if self.began <= now else 0.0


class Player:
    """Takes sentences, feeds the device, and reports what has left the speaker.

    `fill` and `rewound` are for the device's thread; everything else may be called from any.
    """

    def __init__(self, rate: int, report: Callable[[Played], None]) -> None:
        self.ring = PlaybackBuffer(rate)
        self.far = FarEnd()
        self._report = report
        self._turns: dict[str, _Turn] = {}
        self._dropped: deque[str] = deque(maxlen=_REMEMBERED)
        self._account = PlaybackTimeline()
        self._gain = Gain()
        self._wish: tuple[float, bool] | None = None
        self._held = False
        self._filled_until = 0.0
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

    def duck(self) -> None:
        """Play quietly, from the next `rewound` on."""
        self._wish = (_DUCKED, False)

    def hold(self) -> None:
        """Play nothing and keep the place, from the next `rewound` on."""
        self._wish = (0.0, True)

    def release(self) -> None:
        """Go on where it stopped, as loud as before."""
        with self._lock:
            self._wish, self._held = None, False
            self._gain.send(1.0, _RELEASE_SECONDS)
            self.ring.pause(False)

    def flush(self, turn: str = "") -> None:
        """Silence now; each turn that had begun ends as cut. It ends a `duck` or `hold`."""
        with self._lock:
            self._note_heard()
            self.ring.flush()
            self._resampler = None
            self._account.clear()
            self._wish, self._held = (1.0, False), False
            cut, self._turns = self._turns, {}
            self._dropped.extend(dict.fromkeys([*cut, *([turn] if turn else [])]))
            for name, state in cut.items():
                began = state.began_by(time.monotonic())
                self._report(Played(name, *state.heard, True, True, state.unheard, began))

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
        raw, portions = self.ring.read(count)
        now, rate = time.monotonic(), self.ring.rate
        block = self._gain.apply(raw, rate)
        if self._held and self._gain.value == 0.0:
            self.ring.pause(True)
        for part in portions:
            state = self._turns.get(part.turn)
            if state is None:
                continue
            if not state.began_by(now):
                state.began = now + delay + part.start / rate
            if state.sentence != part.sentence:
                state.sentence, state.read = part.sentence, 0.0
            state.read += part.count / rate
            at = now + delay + (part.start + part.count) / rate
            self._account.add(
                PlayedPortion(at, part.turn, part.sentence, state.read, part.count / rate)
            )
        self._filled_until = now + delay + count / rate
        self.far.put(block, rate, now + delay)
        return block

    def rewound(self, unplayed: float) -> None:
        """The device dropped its last `unplayed` seconds; `fill` gives them again, as now wished.

        To be called also by a device that cannot take anything back, with 0.
        """
        with self._lock:
            count = int(unplayed * self.ring.rate)
            self.ring.rewind(count, self._gain.value)
            self.far.take_back(count)
            cut = self._filled_until - unplayed
            for due in self._account.take_back(cut) if count else ():
                if (state := self._turns.get(due.turn)) is not None:
                    state.sentence, state.read = due.sentence, due.seconds
            if self._wish is None:
                return
            (level, self._held), self._wish = self._wish, None
            if level == 1.0:
                self._gain.jump(1.0)
            else:
                self._gain.send(level, _DUCK_SECONDS)
            if self._held and self.ring.empty:  # what comes later waits as well
                self._gain.jump(0.0)
                self.ring.pause(True)

    def settle(self) -> None:
        """Report what has been heard by now. Call it about every 100 ms while there is sound."""
        with self._lock:
            now = time.monotonic()
            for (name, sentence), seconds in self._note_heard().items():
                turn = self._turns.get(name)
                began = turn.began_by(now) if turn is not None else 0.0
                self._report(Played(name, sentence, seconds, False, began=began))
            waiting = self._account.turns()
            for name, state in list(self._turns.items()):
                if state.complete and name not in waiting and not self.ring.holds(name):
                    del self._turns[name]
                    heard, began = state.heard, state.began_by(now)
                    unheard = state.unheard
                    self._report(Played(name, *heard, True, unheard=unheard, began=began))

    @property
    def busy(self) -> bool:
        """Whether there is sound to play or to account for, or a turn to end."""
        ending = any(turn.complete for turn in list(self._turns.values()))
        return ending or bool(self._account) or not self.ring.empty

    def _note_heard(self) -> dict[tuple[str, int], float]:
        """What has sounded since the last time: the newest seconds of each sentence."""
        news: dict[tuple[str, int], float] = {}
        for due in self._account.heard(time.monotonic()):
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
