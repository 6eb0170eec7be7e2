"""Speech as hibari's network sees it: frames of 12.5 ms, before they become samples.

Two syntheses are joined here, frame by frame, so that pitch, phase and noise run on through the
joint. The network's frames are five spectra of 601 bins and a pitch (hibari, dsp.py, Apache-2.0).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.types import Samples

HOP = 300
_SEED = 20_260_101
_GLIDE = 16
_VOICED_HZ = 60.0
_MOST_SEMITONES = 4.0


@dataclass(frozen=True, slots=True)
class Frames:
    """`spectra` are five arrays of shape (601, frames); `pitch` (frames,) in Hz, 0 unvoiced."""

    spectra: tuple[NDArray[np.float32], ...]
    pitch: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.pitch)

    def part(self, start: int, end: int) -> Frames:
        """The frames from `start` to before `end`."""
        return Frames(tuple(each[:, start:end] for each in self.spectra), self.pitch[start:end])


def joined(head: Frames, cut: int, rest: Frames, begin: int) -> Frames:
    """`head` up to `cut`, then `rest` from `begin`; its pitch glides away from the head's."""
    tail = rest.part(begin, len(rest))
    here, there = _near(head.pitch, cut), _near(rest.pitch, begin)
    pitch = tail.pitch.copy()
    if here and there:
        most = 2.0 ** (_MOST_SEMITONES / 12)
        step = np.clip(here / there, 1 / most, most)
        fading = np.clip(1.0 - np.arange(len(pitch)) / _GLIDE, 0.0, 1.0)
        pitch *= (step**fading).astype(np.float32)
    spectra = tuple(
        np.concatenate([first[:, :cut], second], axis=1)
        for first, second in zip(head.spectra, tail.spectra, strict=True)
    )
    return Frames(spectra, np.concatenate([head.pitch[:cut], pitch]))


def sound(frames: Frames, semitones: float = 0.0) -> Samples:
    """The samples at 24 kHz, 300 a frame.

    The noise of a frame depends on its number alone, so a beginning sounds the same whatever
    follows. `semitones` moves the pitch and leaves the spectral envelope where it is.
    """
    from hibari import dsp  # type: ignore[import-untyped]

    if not len(frames):
        return np.zeros(0, np.float32)
    tools: Any = dsp
    harmonic, turn, noise, free, phase = frames.spectra
    bins, count = harmonic.shape
    pitch = frames.pitch * np.float32(2.0 ** (semitones / 12))
    source = np.random.default_rng(_SEED)
    random = source.standard_normal((count, 2 * bins), np.float32).view(np.complex64).T
    spectrum = tools.stft(tools.pulses(pitch), count)
    spectrum *= tools.ex(harmonic) * np.exp(1j * np.pi * np.tanh(turn))
    spectrum += tools.ex(noise) * random
    spectrum += tools.ex(free) * np.exp(1j * phase)
    return np.asarray(tools.ola(spectrum.astype(np.complex64)), np.float32)


def _near(pitch: NDArray[np.float32], place: int, reach: int = 4) -> float:
    """The mean pitch of the voiced frames just before `place`, or 0."""
    before = pitch[max(0, place - reach) : place]
    voiced = before[before > _VOICED_HZ]
    return float(voiced.mean()) if voiced.size else 0.0
