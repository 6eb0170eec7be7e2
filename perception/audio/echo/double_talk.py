"""Residual-echo likelihood: how far our own speaker explains the microphone's sound.

The canceller needs a moment to follow when an echo changes: a speaker turned up, a device opened
again, a stream that stuttered. This looks only at the loudness of bands, which neither a jump of
milliseconds nor a distorting speaker changes much. A second voice shows in the bands in which our
own is weak: speech is sparse in time and frequency.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from perception.types import RATE, Samples

SIZE = 512
"""Samples of a look, at 16 kHz."""

_BANDS = 24
_LOWEST, _HIGHEST = 150.0, 6_000.0
_FLOOR = 1e-7
_MEMORY = 10  # looks in which an echo may come back: with a hop of 16 ms, 0.16 s
_DECAY = 10 ** (-0.16)  # a look: a room in which 60 dB take 0.6 s
_LONG_DECAY = 10 ** (-0.1)  # 1 s
_STEP = 0.6  # dB a look
_QUANTILE = 0.75
_START = 20.0  # dB: nothing is learned yet, so everything may be echo
_MARGIN, _WIDE_MARGIN = 10**0.5, 10.0
_LEAK = 0.01  # of the loudest band: a distorting speaker puts this much into bands that are still
_UNEXPLAINED = 0.35
_AUDIBLE = 3e-6  # of the far end's power in a band
_STILL = 1e-7  # in every band: what rings on is gone
_EARLY = 30  # looks with sound until the coupling is known

Bands = NDArray[np.float64]


class ResidualEcho:
    """An estimate of residual echo: learns how loud each band comes back. For one stream."""

    def __init__(self) -> None:
        self._edges = _band_edges()
        self._window = np.hanning(SIZE).astype(np.float32)
        self._recent = np.zeros((_MEMORY, _BANDS))
        self._tail = np.zeros(_BANDS)
        self._long_tail = np.zeros(_BANDS)
        self._rings = np.zeros(_BANDS)
        self._coupling = np.full(_BANDS, _START)
        self._looks = np.zeros(_BANDS)

    def likelihood(self, near: Samples, far: Samples) -> tuple[float, float]:
        """0 to 1: how likely these 512 samples of the microphone hold nothing but our own sound.

        `far` is what the speaker gives out at that time, or up to 0.15 s earlier. The first value
        is for the sound after the canceller, the second, more careful one for the untouched.
        """
        heard = self._power(near)
        self._recent = np.roll(self._recent, 1, axis=0)
        self._recent[0] = self._power(far)
        newest = self._recent.max(axis=0)
        self._tail = np.maximum(newest, self._tail * _DECAY)
        self._long_tail = np.maximum(newest, self._long_tail * _LONG_DECAY)
        if self._long_tail.max() < _STILL:
            return 0.0, 0.0
        audible = self._tail > _AUDIBLE
        coupling = 10 ** (self._coupling / 10)
        echo = np.where(audible, self._tail * coupling, 0.0)
        ringing = np.maximum(self._long_tail * coupling, _LEAK * echo.max())
        self._rings = np.maximum(heard, self._rings * _DECAY)
        self._learn(audible)
        return _share(heard, _MARGIN * echo), _share(heard, _WIDE_MARGIN * ringing)

    def _learn(self, audible: NDArray[np.bool_]) -> None:
        """Follow a high quantile of how much louder or quieter each band comes back.

        Both sides ring on alike, so that the gaps of speech do not count as a weak echo.
        """
        ratio = 10 * np.log10((self._rings + 1e-12) / (self._tail + 1e-12))
        early = self._looks < _EARLY
        step = np.where(early, 4 * _STEP, _STEP)
        up, down = step * _QUANTILE, -step * (1 - _QUANTILE)
        down = np.where(early, -4 * step * (1 - _QUANTILE), down)
        moved = self._coupling + np.where(ratio > self._coupling, up, down)
        self._coupling = np.where(audible, moved, self._coupling)
        self._looks += audible

    def _power(self, samples: Samples) -> Bands:
        spectrum = np.square(np.abs(np.fft.rfft(samples * self._window))) / SIZE
        return np.add.reduceat(spectrum, self._edges)[:_BANDS] / SIZE


def _share(heard: Bands, explained: Bands) -> float:
    rest = np.maximum(heard - explained - _FLOOR, 0.0).sum()
    return float(np.clip(1.0 - rest / (heard.sum() + _FLOOR) / _UNEXPLAINED, 0.0, 1.0))


def _band_edges() -> NDArray[np.intp]:
    edges = np.geomspace(_LOWEST, _HIGHEST, _BANDS + 1) / RATE * SIZE
    whole = np.round(edges).astype(np.intp)
    for at in range(1, whole.size):  # the lowest bands are narrower than a bin
        whole[at] = max(whole[at], whole[at - 1] + 1)
    return whole
