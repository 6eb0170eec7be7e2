"""The playback buffer: filled by sentences, read by blocks, emptied at once."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

import numpy as np

from perception.types import Samples

_FADE_SECONDS = 0.008
_PAST_SECONDS = 0.6  # more than any device holds


@dataclass(frozen=True, slots=True)
class Portion:
    """A stretch of a block that belongs to one sentence, `start` and `count` in samples."""

    turn: str
    sentence: int
    start: int
    count: int


@dataclass(slots=True)
class _Piece:
    turn: str
    sentence: int
    samples: Samples
    dropped: bool = False  # silence, a fade, or flushed after it was read


class PlaybackBuffer:
    """The playback buffer at `rate`, safe between the threads that fill, read and empty it."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._pieces: deque[_Piece] = deque()
        self._past: deque[_Piece] = deque()
        self._fade: Samples = np.zeros(0, np.float32)
        self._lock = threading.Condition()
        self._poked = self._paused = False

    def put(self, turn: str, sentence: int, samples: Samples) -> None:
        """Append sound of a sentence."""
        if samples.size:
            with self._lock:
                self._pieces.append(_Piece(turn, sentence, samples))
                self._lock.notify_all()

    def wait(self) -> bool:
        """Wait until there is sound or a `poke`; whether there is sound."""
        with self._lock:
            self._lock.wait_for(lambda: self._poked or self._is_sounding())
            self._poked = False
            return self._is_sounding()

    def poke(self) -> None:
        """Wake who waits, or who is just about to."""
        with self._lock:
            self._poked = True
            self._lock.notify_all()

    def pause(self, paused: bool) -> None:
        """Give silence and keep what there is, or go on with it."""
        with self._lock:
            self._paused = paused
            self._lock.notify_all()

    def read(self, count: int) -> tuple[Samples, tuple[Portion, ...]]:
        """The next `count` samples, silence where there are none, and whose they are."""
        block = np.zeros(count, np.float32)
        portions = []
        with self._lock:
            filled = min(count, self._fade.size)
            block[:filled], self._fade = self._fade[:filled], self._fade[filled:]
            self._remember(_Piece("", 0, block[:filled], dropped=True))
            while filled < count and self._pieces and not self._paused:
                piece = self._pieces[0]
                taken = min(count - filled, piece.samples.size)
                block[filled : filled + taken] = piece.samples[:taken]
                portions.append(Portion(piece.turn, piece.sentence, filled, taken))
                self._remember(_Piece(piece.turn, piece.sentence, piece.samples[:taken]))
                piece.samples = piece.samples[taken:]
                filled += taken
                if not piece.samples.size:
                    self._pieces.popleft()
            self._remember(_Piece("", 0, block[filled:], dropped=True))
        return block, tuple(portions)

    def rewind(self, count: int, gain: float) -> None:
        """The last `count` samples that were read will not be heard: they come again.

        Of what was flushed since only a fade comes, at the volume that was last heard.
        """
        with self._lock:
            back = self._take_back(count)
            gone = [piece.samples for piece in back if piece.dropped]
            if gone:
                self._fade = fade_out(np.concatenate(gone), self.rate)
            self._fade = self._fade * np.float32(gain)
            for piece in reversed([piece for piece in back if not piece.dropped]):
                self._pieces.appendleft(piece)
            self._lock.notify_all()

    def flush(self) -> None:
        """Drop everything but a fade of a few milliseconds, so that nothing clicks."""
        with self._lock:
            if self._pieces and not self._paused:
                self._fade = fade_out(self._pieces[0].samples, self.rate)
            self._pieces.clear()
            self._paused = False
            for piece in self._past:
                piece.dropped = True

    def drop_fade(self) -> None:
        """Leave out the fade of the last flush: nobody hears it."""
        with self._lock:
            self._fade = np.zeros(0, np.float32)

    def retune(self, rate: int) -> None:
        """Go on at another rate: what waits is resampled."""
        if rate == self.rate:
            return
        import soxr  # type: ignore[import-untyped]

        with self._lock:
            for piece in self._pieces:
                piece.samples = soxr.resample(piece.samples, self.rate, rate)
            self._past.clear()
            self.rate = rate

    def holds(self, turn: str) -> bool:
        """Whether sound of this turn is still waiting."""
        with self._lock:
            return any(piece.turn == turn for piece in self._pieces)

    @property
    def empty(self) -> bool:
        """Whether there is nothing left to play."""
        with self._lock:
            return self._is_empty()

    @property
    def sounding(self) -> bool:
        """Whether a device must ask for sound now."""
        with self._lock:
            return self._is_sounding()

    def _remember(self, piece: _Piece) -> None:
        if piece.samples.size:
            self._past.append(piece)
            kept = sum(past.samples.size for past in self._past)
            while kept - self._past[0].samples.size > _PAST_SECONDS * self.rate:
                kept -= self._past.popleft().samples.size

    def _take_back(self, count: int) -> list[_Piece]:
        back: list[_Piece] = []
        while count > 0 and self._past:
            piece = self._past.pop()
            if piece.samples.size > count:
                cut = piece.samples.size - count
                self._past.append(
                    _Piece(piece.turn, piece.sentence, piece.samples[:cut], piece.dropped)
                )
                piece.samples = piece.samples[cut:]
            count -= piece.samples.size
            back.insert(0, piece)
        return back

    def _is_empty(self) -> bool:
        return not self._pieces and not self._fade.size

    def _is_sounding(self) -> bool:
        return bool(self._fade.size) or (bool(self._pieces) and not self._paused)


def fade_out(samples: Samples, rate: int) -> Samples:
    """The first milliseconds of `samples`, fading to silence."""
    start = samples[: int(_FADE_SECONDS * rate)]
    return start * np.linspace(1.0, 0.0, start.size, dtype=np.float32)
