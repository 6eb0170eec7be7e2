"""From the press of a key to an utterance, without a device."""

from __future__ import annotations

import numpy as np
import pytest

from perception.audio.recorder import MOST_SECONDS, Recorder
from perception.types import AudioChunk, Utterance

_RATE = 16_000
_STEP = 0.02


def chunk(at: float, loudness: float, seconds: float = _STEP) -> AudioChunk:
    """Sound that begins at `at`."""
    return AudioChunk(np.full(int(seconds * _RATE), loudness, np.float32), _RATE, at)


def feed(recorder: Recorder, begin: float, end: float, loudness: float) -> Utterance | None:
    """Feed chunks from `begin` to `end`; the utterance when it comes."""
    for step in range(round((end - begin) / _STEP)):
        said = recorder.feed(chunk(begin + step * _STEP, loudness))
        if said is not None:
            return said
    return None


def test_a_quiet_end_is_not_waited_for() -> None:
    recorder = Recorder(tail=0.3)
    recorder.press(10.0)
    assert feed(recorder, 10.0, 11.0, 0.5) is None
    assert feed(recorder, 11.0, 11.2, 0.001) is None
    recorder.release(11.2)
    said = feed(recorder, 11.2, 12.0, 0.001)
    assert said is not None
    assert said.at == 10.0
    assert said.ended == pytest.approx(11.22, abs=0.001)
    assert said.samples.size == pytest.approx(1.22 * _RATE, abs=1)
    assert not recorder.active


def test_a_last_syllable_is_let_out() -> None:
    recorder = Recorder(tail=0.3)
    recorder.press(10.0)
    feed(recorder, 10.0, 11.0, 0.5)
    recorder.release(11.0)
    said = feed(recorder, 11.0, 12.0, 0.4)
    assert said is not None
    assert said.ended == pytest.approx(11.3, abs=0.021)


def test_sound_that_is_still_on_its_way_at_the_release_is_waited_for() -> None:
    recorder = Recorder()
    recorder.press(10.0)
    feed(recorder, 10.0, 10.9, 0.5)
    recorder.release(11.0)
    assert recorder.poll(11.05) is None
    assert feed(recorder, 10.9, 11.0, 0.001) is not None


def test_sound_from_before_the_press_is_not_recorded() -> None:
    recorder = Recorder()
    recorder.press(10.0)
    assert recorder.feed(chunk(9.9, 0.9)) is None
    recorder.release(10.0)
    said = recorder.poll(11.0)
    assert said is not None
    assert said.samples.size == 0


def test_a_device_that_stopped_does_not_hold_the_words_back() -> None:
    recorder = Recorder(tail=0.3)
    recorder.press(10.0)
    feed(recorder, 10.0, 10.5, 0.5)
    recorder.release(12.0)
    assert recorder.poll(12.1) is None
    said = recorder.poll(12.6)
    assert said is not None
    assert said.samples.size == pytest.approx(0.5 * _RATE, abs=1)


def test_pressing_again_loses_nothing() -> None:
    recorder = Recorder()
    assert recorder.press(10.0) is None
    feed(recorder, 10.0, 10.5, 0.5)
    assert recorder.press(10.5) is None  # a key that repeats
    feed(recorder, 10.5, 11.0, 0.5)
    recorder.release(11.0)
    before = recorder.press(11.1)
    assert before is not None
    assert before.samples.size == pytest.approx(1.0 * _RATE, abs=1)
    assert recorder.active


def test_what_is_discarded_is_gone() -> None:
    recorder = Recorder()
    recorder.press(10.0)
    feed(recorder, 10.0, 10.5, 0.5)
    recorder.discard()
    recorder.release(10.5)
    assert recorder.poll(12.0) is None
    assert feed(recorder, 10.5, 11.5, 0.5) is None


def test_a_recording_without_end_is_ended() -> None:
    recorder = Recorder()
    recorder.press(0.0)
    pieces = [recorder.feed(chunk(float(at), 0.5, 10.0)) for at in range(0, 610, 10)]
    said = next(piece for piece in pieces if piece is not None)
    assert said.samples.size == MOST_SECONDS * _RATE
    assert not recorder.active
