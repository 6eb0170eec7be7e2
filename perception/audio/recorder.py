"""Hold to talk: from the press of a key to an utterance. Pure, without threads or clocks."""

from __future__ import annotations

import uuid

import numpy as np

from perception.types import AudioChunk, Samples, Utterance

MOST_SECONDS = 600.0
_LATE = 0.25  # how long after its time sound may still arrive from the device
_FRAME = 0.06
_QUIET = 0.05  # of the loudest frame, -26 dB


class Recorder:
    """Gathers the sound between `press` and `release`.

    People let go of the key while the last syllable is still sounding, so up to `tail` seconds
    more are taken; where it is quiet already, nothing is waited for. All times are monotonic.
    """

    def __init__(self, tail: float = 0.3) -> None:
        self._tail = tail
        self._chunks: list[AudioChunk] = []
        self._pressed: float | None = None
        self._released: float | None = None
        self._seconds = 0.0
        self._loudest = 0.0

    @property
    def active(self) -> bool:
        """Whether sound is wanted: the key is down, or the tail is still awaited."""
        return self._pressed is not None

    def press(self, now: float) -> Utterance | None:
        """Begin, unless the key is down already; an utterance whose tail was awaited ends now."""
        if self.active and self._released is None:
            return None
        before = self._finish() if self.active else None
        self._pressed = now
        return before

    def discard(self) -> None:
        """Forget what was recorded."""
        self._chunks.clear()
        self._pressed = self._released = None
        self._seconds = self._loudest = 0.0

    def release(self, now: float) -> None:
        """The key is up."""
        if self.active and self._released is None:
            self._released = now

    def feed(self, chunk: AudioChunk) -> Utterance | None:
        """Take a chunk; the utterance once it is whole."""
        length = chunk.samples.size / chunk.rate
        if self._pressed is None or chunk.at + length <= self._pressed:
            return None
        self._chunks.append(chunk)
        self._seconds += length
        self._loudest = max(self._loudest, _loudness(chunk.samples))
        if self._seconds >= MOST_SECONDS or self._is_whole(chunk.at + length):
            return self._finish()
        return None

    def poll(self, now: float) -> Utterance | None:
        """The utterance where the rest of its sound will never come; empty if none came."""
        if self._released is None or now < self._released + self._tail + _LATE:
            return None
        return self._finish()

    def _is_whole(self, covered: float) -> bool:
        if self._released is None or covered < self._released:
            return False
        return covered >= self._released + self._tail or self._is_quiet()

    def _is_quiet(self) -> bool:
        last: list[Samples] = []
        wanted = int(_FRAME * self._chunks[-1].rate)
        for chunk in reversed(self._chunks):
            last.insert(0, chunk.samples)
            if sum(part.size for part in last) >= wanted:
                break
        return _loudness(np.concatenate(last)[-wanted:]) <= _QUIET * self._loudest

    def _finish(self) -> Utterance:
        chunks, pressed = self._chunks, self._pressed or 0.0
        rate = chunks[0].rate if chunks else 16_000
        parts = [chunk.samples for chunk in chunks]
        samples = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        at = chunks[0].at if chunks else pressed
        ended = chunks[-1].at + chunks[-1].samples.size / rate if chunks else pressed
        self._chunks = []
        self.discard()
        return Utterance(uuid.uuid4().hex, samples, rate, at, ended)


def _loudness(samples: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(samples)))) if samples.size else 0.0
