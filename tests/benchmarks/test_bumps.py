"""The made-up keyboard, doors and coughs are as loud, long and bright as real ones."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.parts.bumps import bumps
from perception.types import RATE, Samples

_NAMES = ("keyboard", "door", "cough")


@pytest.fixture(scope="module")
def sounds() -> dict[str, Samples]:
    return bumps()


def _blows(sound: Samples) -> Samples:
    """When each blow begins, in seconds: loud after 60 ms that were less than half as loud."""
    windows = np.abs(sound[: sound.size // 160 * 160]).reshape(-1, 160).max(axis=1)
    found: list[int] = []
    for at in range(6, windows.size):
        before = windows[at - 6 : at].max()
        if windows[at] > 0.05 and windows[at] > 2 * before and (not found or at - found[-1] > 6):
            found.append(at)
    return np.asarray(np.asarray(found) / 100, np.float32)


def _share(sound: Samples, low: float, high: float) -> float:
    """The part of the power between two pitches."""
    power = np.square(np.abs(np.fft.rfft(sound)))
    pitch = np.fft.rfftfreq(sound.size, 1 / RATE)
    return float(power[(pitch >= low) & (pitch <= high)].sum() / power.sum())


def test_twenty_seconds_of_each_at_half_of_full_scale(sounds: dict[str, Samples]) -> None:
    assert tuple(sounds) == _NAMES
    for sound in sounds.values():
        assert (sound.dtype, sound.shape) == (np.dtype(np.float32), (20 * RATE,))
        assert np.isfinite(sound).all()
        assert np.abs(sound).max() == pytest.approx(0.5, abs=1e-6)


def test_a_seed_gives_the_same_again_and_another_does_not(sounds: dict[str, Samples]) -> None:
    for name, sound in bumps(5).items():
        assert np.array_equal(sound, sounds[name])
    for name, sound in bumps(6).items():
        assert not np.array_equal(sound, sounds[name])


@pytest.mark.parametrize(
    ("name", "fewest", "most"), [("keyboard", 40, 180), ("door", 4, 10), ("cough", 8, 32)]
)
def test_as_many_as_in_a_room(
    sounds: dict[str, Samples], name: str, fewest: int, most: int
) -> None:
    assert fewest <= _blows(sounds[name]).size <= most


@pytest.mark.parametrize("name", _NAMES)
def test_blows_are_short_with_quiet_around_them(sounds: dict[str, Samples], name: str) -> None:
    sound = sounds[name]
    assert not sound[: int(0.29 * RATE)].any()
    rms = float(np.sqrt(np.mean(np.square(sound))))
    assert np.abs(sound).max() > 6 * rms


def test_each_sounds_where_its_like_does(sounds: dict[str, Samples]) -> None:
    assert _share(sounds["keyboard"], 1_400, 7_100) > 0.95
    assert _share(sounds["door"], 40, 300) > 0.8
    assert _share(sounds["cough"], 350, 4_000) > 0.95


def test_a_cough_has_no_voice_in_it(sounds: dict[str, Samples]) -> None:
    """A voice repeats itself 70 to 400 times a second; breath does not."""
    sound = sounds["cough"]
    for start in _blows(sound):
        burst = sound[int(start * RATE) : int(start * RATE) + RATE // 10]
        alike = np.correlate(burst, burst, "full")[burst.size - 1 :]
        assert alike[RATE // 400 : RATE // 70].max() < 0.6 * alike[0]
