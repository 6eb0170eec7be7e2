"""Double-talk detection: a voice over our own sound, in the uncancelled microphone sound.

The canceller takes the beginning of a voice away with the echo, most of all in rooms that ring.
The untouched sound still has it, and our own voice beside it, which `ResidualEcho` tells apart. Two
listeners half a frame apart, so that a voice is noticed 16 ms after it began rather than 32.
"""

from __future__ import annotations

import numpy as np

from perception.audio.vad import CHUNK, VoiceActivity, VoiceActivityStream
from perception.types import Samples


class DoubleTalk:
    """Double-talk detection: the newest probability of another voice. For one microphone."""

    def __init__(self, model: VoiceActivity) -> None:
        self._streams: tuple[VoiceActivityStream, VoiceActivityStream] = (
            model.stream(),
            model.stream(),
        )
        self.stop()

    def stop(self) -> None:
        """Our sound is over."""
        self.latest = 0.0
        """Of the newest frame, 0 to 1."""
        self._kept = np.zeros(CHUNK // 2, np.float32)
        self._rest: Samples = np.zeros(0, np.float32)
        self._turn = 0
        for stream in self._streams:
            stream.reset()

    def hear(self, samples: Samples, echo: float) -> None:
        """More of the sound as it came, at 16 kHz; `echo` is how likely it is only our own."""
        half = CHUNK // 2
        self._rest = np.concatenate([self._rest, samples])
        while self._rest.size >= half:
            fresh, self._rest = self._rest[:half], self._rest[half:]
            frame, self._kept = np.concatenate([self._kept, fresh]), fresh
            self._turn = 1 - self._turn
            self.latest = self._streams[self._turn].push(frame) * (1.0 - echo)
