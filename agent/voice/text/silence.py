"""Where a synthesised sentence begins and ends, and how long the voice rests after it."""

from __future__ import annotations

import numpy as np

from perception.types import Samples

_AUDIBLE = 0.0025
_STEP_S = 0.002
_LEAD_S = 0.008
_TRAIL_S = 0.03
_FADE_S = 0.004
_PAUSES = ((".!?…。！？", 0.3), (":;—", 0.24), (",", 0.16))
_PAUSE = 0.2


def begin(samples: Samples, rate: int) -> int:
    """Where to start so that no silence is played before the first sound."""
    loud = _audible(samples, rate)
    return max(0, int((loud[0] * _STEP_S - _LEAD_S) * rate)) if loud.size else 0


def end(samples: Samples, rate: int) -> int:
    """Where the last sound has faded."""
    loud = _audible(samples, rate)
    return min(len(samples), int((loud[-1] * _STEP_S + _TRAIL_S) * rate)) if loud.size else 0


def rest(text: str, rate: int, speed: float) -> Samples:
    """The silence after a sentence, by how it ends."""
    last = text.rstrip("\"'”’)]* ")[-1:]
    seconds = next((length for marks, length in _PAUSES if last and last in marks), _PAUSE)
    return np.zeros(int(seconds / speed * rate), np.float32)


def softened(samples: Samples, rate: int, first: bool, last: bool) -> Samples:
    """The samples without a click at the start (`first`) or the end (`last`)."""
    count = min(int(_FADE_S * rate), len(samples))
    ramp = np.linspace(0.0, 1.0, count, dtype=np.float32)
    soft = samples.copy()
    if first and count:
        soft[:count] *= ramp
    if last and count:
        soft[-count:] *= ramp[::-1]
    return soft


def _audible(samples: Samples, rate: int) -> Samples:
    """The numbers of the steps of 2 ms that can be heard."""
    step = max(1, int(_STEP_S * rate))
    whole = np.abs(samples[: len(samples) // step * step]).reshape(-1, step)
    return np.asarray(np.nonzero(whole.max(axis=1, initial=0.0) > _AUDIBLE)[0])
