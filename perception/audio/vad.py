"""Voice activity: Silero VAD (MIT, https://github.com/snakers4/silero-vad) through ONNX Runtime.

The model looks at 32 ms at a time and keeps a state: one `VoiceActivityStream` is for one sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.inference import open_session
from perception.types import RATE, Samples

CHUNK = 512
_CONTEXT = 64
_STILL = 1e-4
_SETTLED = 32
_SECONDS = CHUNK / RATE


@dataclass(frozen=True, slots=True)
class Limits:
    """When a voice begins and ends. Probabilities 0 to 1, times in seconds."""

    begin: float = 0.4
    end: float = 0.25
    shortest_voice: float = 0.06
    shortest_pause: float = 0.3
    margin: float = 0.3


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece with a voice in it, in seconds; `voiced` is how much of it sounds like one."""

    start: float
    end: float
    voiced: float


class VoiceActivity:
    """The loaded model; any number of streams may share it, from any thread."""

    def __init__(self, file: Path) -> None:
        """Load the ONNX file; UserError where it is missing or damaged."""
        self.session: Any = open_session(file, 1, arena=True)

    def stream(self) -> VoiceActivityStream:
        """A fresh listener for one sound."""
        return VoiceActivityStream(self)


class VoiceActivityStream:
    """Follows one sound, chunk after chunk."""

    def __init__(self, model: VoiceActivity) -> None:
        self._session = model.session
        self._rate = np.array(RATE, np.int64)
        self.reset()

    def reset(self) -> None:
        """Forget the past: the next chunk begins a new sound."""
        self._state = np.zeros((2, 1, 128), np.float32)
        self._window = np.zeros((1, _CONTEXT + CHUNK), np.float32)

    def push(self, chunk: Samples) -> float:
        """The probability of a voice, 0 to 1, in 512 samples at 16 kHz."""
        self._window[0, :_CONTEXT] = self._window[0, -_CONTEXT:]
        self._window[0, _CONTEXT:] = chunk
        feed = {"input": self._window, "state": self._state, "sr": self._rate}
        probability, self._state = self._session.run(None, feed)
        return float(probability[0, 0])

    def probabilities(self, samples: Samples) -> NDArray[np.float32]:
        """One probability for each 512 samples (the last chunk is filled with silence).

        After a second of digital silence (a peak under -80 dB of full scale) more of it counts
        as 0 without a look, so that hours cost seconds.
        """
        count = -(-len(samples) // CHUNK)
        padded = np.zeros(count * CHUNK, np.float32)
        padded[: len(samples)] = samples
        chunks = padded.reshape(count, CHUNK)
        loud = np.abs(chunks).max(axis=1, initial=0.0) > _STILL
        found = np.zeros(count, np.float32)
        still = 0
        for at in range(count):
            still = 0 if loud[at] else still + 1
            if still <= _SETTLED:
                found[at] = self.push(chunks[at])
        return found


def stretches(
    probabilities: Iterable[float], seconds: float, limits: Limits | None = None
) -> list[Stretch]:
    """The voiced stretches of a sound of that length, in order, margins added, never touching."""
    limits = limits or Limits()
    found: list[Stretch] = []
    for first, last, voiced in _runs(probabilities, limits):
        if voiced < limits.shortest_voice:
            continue
        start, end = max(0.0, first - limits.margin), min(seconds, last + limits.margin)
        before = found.pop() if found and start <= found[-1].end else Stretch(start, end, 0.0)
        found.append(Stretch(before.start, end, before.voiced + voiced))
    return found


def _runs(probabilities: Iterable[float], limits: Limits) -> Iterator[tuple[float, float, float]]:
    """Start, end and voiced seconds of each run, by two thresholds and a shortest pause."""
    start = last = -1.0
    voiced = 0.0
    for number, probability in enumerate(probabilities):
        now = number * _SECONDS
        if probability >= limits.begin or (start >= 0 and probability >= limits.end):
            start = now if start < 0 else start
            last = now + _SECONDS
            voiced += _SECONDS * (probability >= limits.begin)
        elif start >= 0 and now + _SECONDS - last >= limits.shortest_pause:
            yield start, last, voiced
            start, voiced = -1.0, 0.0
    if start >= 0:
        yield start, last, voiced


def find_speech(
    model: VoiceActivity, samples: Samples, limits: Limits | None = None
) -> list[Stretch]:
    """Where somebody speaks in 16 kHz mono samples. Quiet recordings are raised first."""
    peak = float(np.abs(samples).max(initial=0.0))
    if peak <= _STILL:
        return []
    gain = min(0.5 / peak, 30.0) if peak < 0.5 else 1.0
    found = model.stream().probabilities((samples * np.float32(gain)).astype(np.float32))
    return stretches(found.tolist(), len(samples) / RATE, limits)
