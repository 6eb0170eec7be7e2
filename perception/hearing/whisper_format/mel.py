"""The log-mel spectrogram that Whisper (and smart-turn) were trained on.

Radford et al., "Robust Speech Recognition via Large-Scale Weak Supervision", 2022, section 2.2:
16 kHz, windows of 25 ms every 10 ms, 80 Slaney mel bands, log10, the top 80 dB.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from perception.types import RATE, Samples

HOP = 160
WINDOW = 400
FRAMES_A_SECOND = RATE // HOP
_FLOOR = 1e-10
_BREAK_HZ = 1000.0
_HZ_A_MEL = 200.0 / 3.0
_LOG_STEP = np.log(6.4) / 27.0


def _mel_to_hz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Slaney's scale: linear up to 1 kHz, logarithmic above."""
    bent = _BREAK_HZ * np.exp(_LOG_STEP * (mels - _BREAK_HZ / _HZ_A_MEL))
    return np.where(mels < _BREAK_HZ / _HZ_A_MEL, mels * _HZ_A_MEL, bent)


@lru_cache(maxsize=4)
def filters(bands: int = 80) -> NDArray[np.float32]:
    """Triangles of equal area, shape (201, bands), from 0 Hz to 8 kHz."""
    top = _BREAK_HZ / _HZ_A_MEL + np.log(RATE / 2 / _BREAK_HZ) / _LOG_STEP
    edges = _mel_to_hz(np.linspace(0.0, top, bands + 2))
    bins = np.fft.rfftfreq(WINDOW, 1 / RATE)
    rising = (bins[:, None] - edges[:-2]) / np.diff(edges)[:-1]
    falling = (edges[2:] - bins[:, None]) / np.diff(edges)[1:]
    area = 2.0 / (edges[2:] - edges[:-2])
    return (np.clip(np.minimum(rising, falling), 0.0, None) * area).astype(np.float32)


@lru_cache(maxsize=1)
def _hann() -> NDArray[np.float32]:
    return np.hanning(WINDOW + 1)[:-1].astype(np.float32)


def log_mel(samples: Samples, frames: int, bands: int = 80) -> NDArray[np.float32]:
    """The spectrogram of 16 kHz mono `samples`, shape (bands, frames), about -1 to 1.

    Silence follows the samples where they are shorter than `frames` times 10 ms; what is longer
    is left out. The loudest point sets the floor, 80 dB below it, as in training.
    """
    sound = np.zeros(frames * HOP + WINDOW, np.float32)
    kept = samples[: frames * HOP + WINDOW // 2]
    sound[WINDOW // 2 : WINDOW // 2 + len(kept)] = kept
    mirrored = samples[1 : WINDOW // 2 + 1][::-1]
    sound[WINDOW // 2 - len(mirrored) : WINDOW // 2] = mirrored
    spoken = min(frames, len(kept) // HOP + 2)
    pieces = np.lib.stride_tricks.sliding_window_view(sound, WINDOW)[: spoken * HOP : HOP]
    spectrum = np.fft.rfft(pieces * _hann(), axis=1)
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    logs = np.full((frames, bands), np.log10(_FLOOR), np.float32)
    logs[:spoken] = np.log10(np.maximum(power.astype(np.float32) @ filters(bands), _FLOOR))
    np.maximum(logs, logs.max() - 8.0, out=logs)
    return np.ascontiguousarray(((logs + 4.0) / 4.0).T)
