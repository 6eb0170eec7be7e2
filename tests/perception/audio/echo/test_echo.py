"""The echo canceller, its reference in time, and the mouth, on made-up sound."""

from __future__ import annotations

import numpy as np
import pytest
import soxr  # type: ignore[import-untyped]

from perception.audio.devices.capture import Clock
from perception.audio.echo.canceller import STEP, Alignment, EchoCanceller
from perception.audio.echo.double_talk import SIZE, ResidualEcho
from perception.audio.echo.far_end import FarEnd
from perception.audio.playback.visemes import CLOSED, follow, mouth
from perception.audio.turns.preroll import PreRoll
from perception.types import AudioChunk, Samples

_RATE = 16_000
_BLOCK = _RATE // 50


@pytest.fixture(scope="module")
def own(voice: tuple[Samples, int]) -> Samples:
    """Ten seconds of speech."""
    clip = soxr.resample(*voice, _RATE)
    return np.asarray(np.tile(clip, 4)[: 10 * _RATE], np.float32)


@pytest.fixture(scope="module")
def user(own: Samples) -> Samples:
    """Ten seconds of another voice: higher, faster, and shifted."""
    return np.asarray(np.roll(np.tile(soxr.resample(own, 6, 5), 2)[: own.size], 7_000), np.float32)


def cancelled(far: Samples, near: Samples, jitter: float = 0.0) -> tuple[Samples, float]:
    """Both streams in real order, the speaker 0.1 s ahead; the result, and the last likelihood."""
    reference, dice = FarEnd(), np.random.default_rng(1)
    canceller = EchoCanceller(reference)
    out, likely = [], []
    for at in range(0, far.size - _BLOCK + 1, _BLOCK):
        time = 50.0 + at / _RATE + jitter * dice.uniform(-1, 1)
        reference.put(far[at : at + _BLOCK], _RATE, time)
        back = at - _RATE // 10
        if back >= 0:
            time = 50.0 + back / _RATE + jitter * dice.uniform(-1, 1)
            chunk = canceller.cancel_echo(AudioChunk(near[back : back + _BLOCK], _RATE, time))
            assert chunk is not None
            out.append(chunk.samples)
            likely.append(canceller.likelihood)
    return np.concatenate(out), float(np.median(likely[len(likely) // 2 :]))


def power(samples: Samples) -> float:
    """In decibels."""
    return float(10 * np.log10(np.mean(np.square(samples)) + 1e-12))


@pytest.mark.parametrize("jitter", [0.0, 0.003])
def test_our_own_sound_is_taken_out(own: Samples, jitter: float) -> None:
    near = np.float32(0.4) * np.concatenate([np.zeros(900, np.float32), own])[: own.size]
    out, likely = cancelled(own, near, jitter)
    half = slice(4 * _RATE, 7 * _RATE)
    assert power(out[half]) < power(near[half]) - 15
    assert likely > 0.8


def test_a_user_with_headphones_is_left_in(own: Samples, user: Samples) -> None:
    out, likely = cancelled(own, user)
    half = slice(4 * _RATE, 7 * _RATE)
    assert power(out[half]) > power(user[half]) - 9
    assert likely < 0.7


def test_a_second_voice_is_not_explained_by_our_own(own: Samples, user: Samples) -> None:
    sound, far = ResidualEcho(), own
    alone: list[float] = []
    both: list[float] = []
    for at in range(0, far.size - SIZE, SIZE // 2):
        heard = np.float32(0.5) * far[at : at + SIZE]
        mixed = at > 7 * _RATE
        found, _ = sound.likelihood(
            heard + (user[at : at + SIZE] if mixed else 0), far[at : at + SIZE]
        )
        if at > 2 * _RATE and power(heard) > -40:
            (both if mixed else alone).append(found)
    assert np.mean(alone) > 0.8
    assert np.mean(both) < np.mean(alone) - 0.3


def test_the_reference_keeps_step_with_a_clock_that_drifts() -> None:
    far, count = FarEnd(), 1_500
    alignment = Alignment(far)
    late = []
    for block in range(count):
        number = np.arange(block * 960, (block + 1) * 960, dtype=np.float32)
        far.put(number, 48_000, 10.0 + block * 0.02 * 1.0005)
        if block > 20:
            at = 10.0 + (block - 20) * 0.02 * 1.0005
            for part in range(2):
                step = alignment.step(at + part * STEP / _RATE)
            late.append(float(step[-1]) / 48_000 - (block - 20) * 0.02)
    assert np.ptp(late[100:]) < 0.03


def test_a_gap_in_what_is_played_is_silence() -> None:
    far = FarEnd()
    far.put(np.full(960, 0.5, np.float32), 48_000, 10.0)
    far.put(np.full(960, 0.5, np.float32), 48_000, 11.0)
    assert not far.read(round(far.index(10.5)), 480).any()
    assert far.read(round(far.index(11.005)), 480).all()
    assert far.sounds(11.01)
    assert not far.sounds(12.0)
    far.take_back(960)
    assert not far.read(round(far.index(11.005)), 480).any()


def test_a_steady_clock_follows_jitter_slowly_and_a_gap_at_once() -> None:
    clock, dice = Clock(), np.random.default_rng(0)
    block = np.zeros(320, np.float32)
    times = [
        clock.steady(AudioChunk(block, _RATE, n * 0.02 + dice.uniform(0, 0.02))).at
        for n in range(200)
    ]
    assert np.max(np.abs(np.diff(times[50:]) - 0.02)) < 0.002
    assert clock.steady(AudioChunk(block, _RATE, 9.0)).at == 9.0
    assert clock.jumped


def test_a_tape_is_cut_by_time() -> None:
    tape = PreRoll(_RATE)
    for block in range(100):
        samples = np.full(_BLOCK, block, np.float32)
        tape.add(AudioChunk(samples, _RATE, 5.0 + 0.02 * block + (1.0 if block >= 50 else 0.0)))
    first, last = tape.number(5.1), tape.number(5.14)
    assert tape.read(first, last).tolist() == [5.0] * _BLOCK + [6.0] * _BLOCK
    assert tape.number(6.5) == 50 * _BLOCK  # within the gap
    assert tape.time(50 * _BLOCK) == pytest.approx(7.0)
    assert tape.number(99.0) == tape.end
    tape.forget(7.5)
    assert tape.read(0, tape.end).size == 25 * _BLOCK


def test_the_mouth_follows_loudness_and_lips() -> None:
    times = np.arange(960) / 24_000
    ee = np.sin(2 * np.pi * 300 * times) + np.sin(2 * np.pi * 2_300 * times)
    oo = np.sin(2 * np.pi * 300 * times) + 0.05 * np.sin(2 * np.pi * 2_300 * times)
    loud, wide = mouth((0.2 * ee).astype(np.float32), 24_000)
    quiet, _ = mouth((0.02 * ee).astype(np.float32), 24_000)
    _, narrow = mouth((0.2 * oo).astype(np.float32), 24_000)
    assert 1.0 >= loud > quiet > 0.0
    assert wide > narrow + 0.3
    assert mouth(np.zeros(960, np.float32), 24_000) == CLOSED
    shape = (0.9, 0.5)
    for _ in range(30):
        shape = follow(shape, CLOSED)
    assert shape[0] == 0.0
