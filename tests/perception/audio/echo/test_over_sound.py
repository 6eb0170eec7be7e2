"""A voice over our own sound: the likelihood tells whose it is, before the canceller lets it by."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from perception.audio import files
from perception.audio.echo.double_talk import SIZE, ResidualEcho
from perception.audio.echo.over_sound import DoubleTalk
from perception.audio.vad import CHUNK, VoiceActivity
from perception.types import Samples

_RATE = 16_000
_CLIP = Path(__file__).parents[3] / "data" / "lj001-0013.flac"


def _tone(pitches: tuple[float, ...], seconds: float) -> Samples:
    times = np.arange(int(seconds * _RATE)) / _RATE
    return np.asarray(sum(0.05 * np.sin(2 * np.pi * p * times) for p in pitches), np.float32)


def _echo(far: Samples) -> Samples:
    return np.asarray(0.3 * np.tanh(3 * far), np.float32)


@pytest.fixture
def learned() -> ResidualEcho:
    """Knows that everything comes back at a third, distorted."""
    own = ResidualEcho()
    far = _tone((200.0, 700.0), 2.0)
    near = _echo(far)
    for at in range(0, far.size - SIZE, SIZE // 2):
        own.likelihood(near[at : at + SIZE], far[at : at + SIZE])
    return own


def test_a_distorted_echo_is_our_own(learned: ResidualEcho) -> None:
    far = _tone((200.0, 700.0), 0.1)[:SIZE]
    _, careful = learned.likelihood(_echo(far), far)
    assert careful > 0.8


def test_another_voice_is_not(learned: ResidualEcho) -> None:
    far = _tone((200.0, 700.0), 0.1)[:SIZE]
    near = _echo(far) + _tone((430.0, 1900.0), 0.1)[:SIZE]
    assert max(learned.likelihood(near, far)) < 0.2


def test_without_our_sound_nothing_is_ours() -> None:
    near = _tone((430.0,), 0.1)[:SIZE]
    assert ResidualEcho().likelihood(near, np.zeros(SIZE, np.float32)) == (0.0, 0.0)


@pytest.fixture(scope="module")
def voice() -> Samples:
    """A second of silence and a recorded human voice."""
    return np.concatenate([np.zeros(_RATE, np.float32), files.read(_CLIP).samples])


@pytest.fixture
def over(models: Callable[[str], Path]) -> DoubleTalk:
    return DoubleTalk(VoiceActivity(models("silero-vad") / "model.onnx"))


def heard(over: DoubleTalk, sound: Samples, block: int, echo: float = 0.0) -> list[float]:
    """The newest probability after each block."""
    found = []
    for at in range(0, sound.size, block):
        over.hear(sound[at : at + block], echo)
        found.append(over.latest)
    return found


def test_a_voice_is_heard_as_far_as_it_is_not_ours(over: DoubleTalk, voice: Samples) -> None:
    assert max(heard(over, voice[:_RATE], 160)) < 0.1
    assert max(heard(over, voice[_RATE:], 160)) > 0.9
    over.stop()
    assert 0.4 < max(heard(over, voice, 160, echo=0.5)) <= 0.5
    over.stop()
    assert max(heard(over, voice, 160, echo=1.0)) == 0.0


def test_the_sizes_of_the_blocks_make_no_difference(over: DoubleTalk, voice: Samples) -> None:
    half = CHUNK // 2
    even = heard(over, voice, half)[1::2]
    over.stop()
    assert heard(over, voice, CHUNK)[: len(even)] == even
    over.stop()
    last = heard(over, voice[: 40 * CHUNK], 111)[-1]
    assert last == even[39]


def test_it_looks_every_16_ms(over: DoubleTalk, voice: Samples) -> None:
    found = heard(over, voice[_RATE:], CHUNK // 2)
    changes = [before != after for before, after in pairwise(found)]
    assert sum(changes) > 0.95 * len(changes)


def test_after_our_sound_nothing_of_it_is_left(over: DoubleTalk, voice: Samples) -> None:
    fresh = heard(over, voice, 320)
    over.hear(voice[: _RATE + 100], 0.0)
    over.stop()
    assert over.latest == 0.0
    assert heard(over, voice, 320) == fresh
