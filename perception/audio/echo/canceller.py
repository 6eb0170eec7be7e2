"""Echo cancellation, noise suppression and gain control of the microphone.

WebRTC's audio processing (BSD-3-Clause) in the wheel `livekit` (Apache-2.0): the AEC3 echo
canceller, a high-pass, noise suppression and gain control.
https://webrtc.googlesource.com/src/+/refs/heads/main/modules/audio_processing/
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.audio.echo.double_talk import SIZE, ResidualEcho
from perception.audio.echo.far_end import FarEnd
from perception.types import RATE, AudioChunk, Samples

STEP = 160
"""Samples of a step: 10 ms at 16 kHz."""

_LEAD = 0.04  # how much earlier the canceller sees the far end: covers errors of the two clocks
_JUMP = 0.03
_DRIFT = 0.012  # a steady error does no harm, a changing one does
_LOOK_EVERY = 256
_CAUTIOUS_STEPS = 400
_RINGS = 1.5  # seconds after our last sound
_STRETCH = 2
_FULL = 32_767.0
_DELAY_MS = round(1000 * _LEAD)


class Alignment:
    """Reads the far end in step with the microphone, at 16 kHz, `_LEAD` seconds early.

    The two devices have clocks of their own. A small difference is made up for by stretching the
    reference by some samples a step, which the canceller follows; a large one by a jump.
    """

    def __init__(self, far: FarEnd) -> None:
        self._far = far
        self._rate, self._next = 0, 0
        self._resampler: Any = None
        self._waiting: Samples = np.zeros(0, np.float32)

    def step(self, at: float) -> Samples:
        """The 10 ms that sound from `at + _LEAD` on."""
        rate = self._far.rate
        if rate != self._rate:
            self._tune(rate)
        count = rate // 100
        target = self._far.index(at + _LEAD)
        error = target - self._next
        if abs(error) > _JUMP * rate:
            self._next, error = int(target), 0.0
        taken = count
        if abs(error) > _DRIFT * rate:
            taken += _STRETCH if error > 0 else -_STRETCH
        raw = self._far.read(self._next, taken)
        self._next += taken
        if taken != count:
            places = np.linspace(0, taken - 1, count)
            raw = np.interp(places, np.arange(taken), raw).astype(np.float32)
        return self._convert(raw)

    def _tune(self, rate: int) -> None:
        import soxr  # type: ignore[import-untyped]

        self._rate, self._next = rate, 0
        self._resampler = soxr.ResampleStream(rate, RATE, 1, dtype="float32", quality="LQ")
        self._waiting = np.zeros(STEP, np.float32)  # a resampler gives uneven pieces

    def _convert(self, raw: Samples) -> Samples:
        fresh = raw if self._rate == RATE else self._resampler.resample_chunk(raw)
        self._waiting = np.concatenate([self._waiting, fresh])
        found, self._waiting = self._waiting[:STEP], self._waiting[STEP:]
        return np.pad(found, (0, STEP - found.size))


class Processing:
    """One chain of WebRTC's; everything that it does is done in place on steps of 10 ms."""

    def __init__(
        self,
        *,
        echo: bool = False,
        noise: bool = False,
        high_pass: bool = False,
        gain: bool = False,
    ) -> None:
        rtc = import_module("livekit.rtc")  # 0.1 s and 8 MB, so only where it is wanted
        self._frame = rtc.AudioFrame
        self._chain = rtc.AudioProcessingModule(
            echo_cancellation=echo,
            noise_suppression=noise,
            high_pass_filter=high_pass,
            auto_gain_control=gain,
        )
        self._delay = -1

    def play(self, step: NDArray[np.int16], delay: int) -> None:
        """What the speaker gives out; its echo is `delay` ms behind this at the microphone."""
        self._chain.process_reverse_stream(self._wrap(step))
        if delay != self._delay:
            self._delay = delay
            self._chain.set_stream_delay_ms(delay)

    def hear(self, step: NDArray[np.int16]) -> NDArray[np.int16]:
        """The microphone's step, processed."""
        wrapped = self._wrap(step)
        self._chain.process_stream(wrapped)
        return np.frombuffer(bytes(wrapped.data), np.int16)

    def _wrap(self, step: NDArray[np.int16]) -> Any:
        return self._frame(bytearray(step.tobytes()), RATE, 1, STEP)


class EchoCanceller:
    """The microphone without our own voice in it. For one thread."""

    def __init__(self, far: FarEnd) -> None:
        self._reference, self._alignment = far, Alignment(far)
        self._canceller = Processing(echo=True)
        self._polish = Processing(noise=True, high_pass=True, gain=True)
        self._rest: Samples = np.zeros(0, np.float32)
        self._own = ResidualEcho()
        self._near = np.zeros(SIZE, np.float32)
        self._far = np.zeros(SIZE, np.float32)
        self._unseen = 0
        self.likelihood = 0.0
        """How likely the last sound was only our own, 0 to 1."""
        self._careful = 0.0
        self.untouched: tuple[Samples, float] | None = None
        """The last sound as it came, and how likely that was only ours; None where nothing was
        cancelled."""
        self._prepare()

    def _prepare(self) -> None:
        """Let the canceller know that an echo may be absent.

        Its first seconds with sound are cautious: they take away nearly everything, also the
        voice of a user with headphones. Some noise that does not come back ends them.
        """
        dice = np.random.default_rng(0)
        silence = np.zeros(STEP, np.int16)
        for _ in range(_CAUTIOUS_STEPS):
            noise = dice.normal(0.0, 0.05, STEP).astype(np.float32)
            self._canceller.play(to_integers(noise), _DELAY_MS)
            self._canceller.hear(silence)

    def cancel_echo(self, chunk: AudioChunk) -> AudioChunk | None:
        """The steps that this chunk completes, with the time of their first sample."""
        at = chunk.at - self._rest.size / RATE
        samples = np.concatenate([self._rest, chunk.samples]) if self._rest.size else chunk.samples
        whole = samples.size // STEP * STEP
        self._rest = samples[whole:]
        if not whole:
            return None
        if self._reference.sounds(at - _RINGS):
            cancelled = self._cancel(samples[:whole], at)
            self.untouched = samples[:whole], self._careful
        else:
            cancelled = to_integers(samples[:whole])
            self.likelihood = self._careful = 0.0
            self.untouched = None
        done = [self._polish.hear(step) for step in cancelled.reshape(-1, STEP)]
        return AudioChunk(np.concatenate(done).astype(np.float32) / np.float32(_FULL), RATE, at)

    def _cancel(self, samples: Samples, at: float) -> NDArray[np.int16]:
        """Where nothing has sounded for a while there is nothing to cancel, and this is left out.

        The canceller then keeps what it knows of the room.
        """
        done = []
        for number, near in enumerate(samples.reshape(-1, STEP)):
            far = self._alignment.step(at + number * STEP / RATE)
            self._canceller.play(to_integers(far), _DELAY_MS)
            self._compare(near, far)
            done.append(self._canceller.hear(to_integers(near)))
        if self._reference.unsure(at):
            self.likelihood = self._careful = 1.0
        return np.concatenate(done)

    def _compare(self, near: Samples, far: Samples) -> None:
        self._near = np.concatenate([self._near[STEP:], near])
        self._far = np.concatenate([self._far[STEP:], far])
        self._unseen += STEP
        if self._unseen >= _LOOK_EVERY:
            self._unseen -= _LOOK_EVERY
            found = self._own.likelihood(self._near, self._far)
            self.likelihood, self._careful = found


def to_integers(samples: Samples) -> NDArray[np.int16]:
    """Full scale 1 to the 16 bits that WebRTC works with."""
    return np.asarray(np.clip(samples, -1.0, 1.0) * _FULL, np.float32).astype(np.int16)
