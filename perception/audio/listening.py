"""The thread between microphone and recorder: converts, measures, records."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable

import numpy as np

from perception.audio.messages import Level
from perception.audio.microphone import Block
from perception.audio.recorder import Recorder
from perception.types import AudioChunk, Utterance

_PATIENCE = 0.05
_LEVEL_SECONDS = 0.04


class Listening:
    """Hold to talk. `press`, `release` and `discard` act at once, whatever the device does."""

    def __init__(
        self,
        recorder: Recorder,
        hand_over: Callable[[Utterance], None],
        show: Callable[[Level], None],
    ) -> None:
        self.blocks: queue.SimpleQueue[Block | None] = queue.SimpleQueue()
        self._recorder, self._hand_over, self._show = recorder, hand_over, show
        self._lock = threading.Lock()
        self._level: list[AudioChunk] = []

    @property
    def wanted(self) -> bool:
        """Whether the microphone must be open."""
        return self._recorder.active

    def press(self) -> None:
        """Record from now on."""
        with self._lock:
            before = self._recorder.press(time.monotonic())
        if before is not None:
            self._hand_over(before)
        self.blocks.put(None)

    def release(self) -> None:
        """Record no further than the end of the last syllable."""
        with self._lock:
            self._recorder.release(time.monotonic())
        self.blocks.put(None)

    def discard(self) -> None:
        """Forget what was recorded, and record nothing."""
        with self._lock:
            self._recorder.discard()
        self.blocks.put(None)

    def run(self) -> None:
        """Do this for ever; asleep while nothing is wanted."""
        was_wanted = False
        while True:
            block = self._next()
            chunk = block.chunk() if block is not None else None
            utterance = self._record(chunk)
            if utterance is not None:
                self._hand_over(utterance)
            if self.wanted and chunk is not None:
                self._measure(chunk)
            elif was_wanted and not self.wanted:
                self._level.clear()
                self._show(Level(0.0, 0.0))
            was_wanted = self.wanted

    def _next(self) -> Block | None:
        try:
            return self.blocks.get(timeout=_PATIENCE if self.wanted else None)
        except queue.Empty:
            return None

    def _record(self, chunk: AudioChunk | None) -> Utterance | None:
        with self._lock:
            utterance = self._recorder.feed(chunk) if chunk is not None else None
            return utterance or self._recorder.poll(time.monotonic())

    def _measure(self, chunk: AudioChunk) -> None:
        self._level.append(chunk)
        samples = np.concatenate([part.samples for part in self._level])
        if samples.size >= _LEVEL_SECONDS * chunk.rate:
            self._level.clear()
            rms = float(np.sqrt(np.mean(np.square(samples))))
            self._show(Level(min(1.0, rms), min(1.0, float(np.max(np.abs(samples))))))
