"""The packaged voice, for real."""

from __future__ import annotations

import socket

import numpy as np
import pytest

from agent.voice import Prosody, Voice
from agent.voice.hibari import load
from perception.types import Samples


@pytest.fixture(scope="module")
def voice() -> Voice:
    """The voice, loaded where any use of the network is an error."""
    with pytest.MonkeyPatch.context() as patch:

        def refuse(*_: object) -> None:
            raise AssertionError("the voice must not use the network")

        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        return load(1)


def test_a_sentence_becomes_sound(voice: Voice) -> None:
    samples = np.concatenate(list(voice.speak("The label says **400 milligrams** [1].")))
    assert voice.rate == 24_000
    assert samples.dtype == np.float32
    assert samples.ndim == 1
    assert 1.5 < samples.size / voice.rate < 5.0
    assert 0.1 < np.max(np.abs(samples)) <= 1.0


def test_sentences_come_one_by_one(voice: Voice) -> None:
    assert len(list(voice.speak("This is one.\nThis is two.\nThis is three."))) == 3


def test_a_long_text_begins_soon(voice: Voice) -> None:
    first = next(iter(voice.speak("and then we went on " * 200)))
    assert first.size / voice.rate < 30


@pytest.mark.parametrize("text", ["你好,世界。", "", "...", "😀", "[1]"])
def test_what_it_cannot_say_is_silence(voice: Voice, text: str) -> None:
    assert not voice.can_speak(text)
    assert list(voice.speak(text)) == []


def test_odd_characters_do_no_harm(voice: Voice) -> None:
    assert voice.can_speak("Hello\x00there\x07 [a](/b/) ½ µ")
    assert sum(part.size for part in voice.speak("Hello\x00there\x07 [a](/b/) ½ µ")) > 0


_CUTS = (
    ("The largest planet in ", "our solar system is Jupiter."),
    ("To reset the router, ", "hold the small button for ten seconds."),
    ("**Ibuprofen** and *paracetamol* ", "are **not the same** thing [1]."),
    ("Yes, you can freeze ", "the soup for up to three months."),
)


def _sound(voice: Voice, text: str, before: str = "", ends: bool = True) -> Samples:
    return np.concatenate(list(voice.speak(text, before, ends)))


@pytest.mark.parametrize(("first", "second"), _CUTS)
def test_a_sentence_in_two_pieces_sounds_like_one(voice: Voice, first: str, second: str) -> None:
    whole = _sound(voice, first + second)
    head, tail = _sound(voice, first, "", False), _sound(voice, second, first)
    both = np.concatenate([head, tail])
    assert abs(both.size - whole.size) / voice.rate < 0.3
    joint = slice(head.size - 240, head.size + 240)
    steps = np.abs(np.diff(both))
    assert steps[joint].max() < np.percentile(steps, 99.9)


def test_pieces_can_be_joined_again_after_another_sentence(voice: Voice) -> None:
    first, second = _CUTS[0]
    head, tail = _sound(voice, first, "", False), _sound(voice, second, first)
    _sound(voice, "Something else.")
    np.testing.assert_array_equal(_sound(voice, second, first), tail)
    np.testing.assert_array_equal(_sound(voice, first, "", False), head)


def test_three_pieces_follow_each_other(voice: Voice) -> None:
    parts = ("Take one tablet ", "every six hours with ", "some food and water.")
    sounds = [
        _sound(voice, part, "".join(parts[:number]), number == 2)
        for number, part in enumerate(parts)
    ]
    whole = _sound(voice, "".join(parts))
    assert abs(sum(sound.size for sound in sounds) - whole.size) / voice.rate < 0.4


@pytest.mark.parametrize(
    ("first", "second"), [("It costs $3", ".50 today."), ("It is 3", ".5 km away."), ("a", "bc.")]
)
def test_what_cannot_be_joined_is_spoken_all_the_same(
    voice: Voice, first: str, second: str
) -> None:
    assert _sound(voice, first, "", False).size > 0
    assert _sound(voice, second, first).size > voice.rate // 5


@pytest.mark.parametrize("text", ["Hello.", "Sure, here it is.", "Four people.", "The end."])
def test_nothing_is_silent_before_the_first_sound(voice: Voice, text: str) -> None:
    loud = np.flatnonzero(np.abs(_sound(voice, text)) > 0.0025)
    assert loud[0] / voice.rate < 0.015


def test_a_rest_follows_a_sentence(voice: Voice) -> None:
    samples = _sound(voice, "That is all.")
    rest = samples.size - np.flatnonzero(np.abs(samples) > 0.0025)[-1]
    assert 0.25 < rest / voice.rate < 0.45


def test_rate_and_pitch_are_followed(voice: Voice) -> None:
    text = "The quick brown fox jumps over the lazy dog."

    def spoken(how: Prosody) -> Samples:
        return np.concatenate(list(voice.speak(text, how=how)))

    normal, slow, fast = spoken(Prosody()), spoken(Prosody(rate=0.7)), spoken(Prosody(rate=1.5))
    assert slow.size > 1.2 * normal.size > 1.2 * 1.2 * fast.size
    high = spoken(Prosody(semitones=4.0))
    assert high.size == pytest.approx(normal.size, rel=0.02)
    assert _pitch(high) / _pitch(normal) == pytest.approx(2 ** (4 / 12), rel=0.08)
    np.testing.assert_array_equal(spoken(Prosody(rate=99.0)), spoken(Prosody(rate=2.0)))


def _pitch(samples: Samples) -> float:
    """The median pitch of the loud frames in Hz, by autocorrelation."""
    found = []
    for start in range(0, samples.size - 1200, 600):
        frame = samples[start : start + 1200]
        if np.sqrt(np.mean(frame**2)) < 0.03:
            continue
        alike = np.correlate(frame, frame, "full")[1199:]
        lag = 60 + int(np.argmax(alike[60:240]))
        if alike[lag] > 0.5 * alike[0]:
            found.append(24_000 / lag)
    return float(np.median(found))


def test_words_are_said_as_the_list_says(voice: Voice) -> None:
    how = Prosody(said_as=(("Siobhan", "Shivawn"), ("C++", "see plus plus")))
    said = np.concatenate(list(voice.speak("Call siobhan.", how=how)))
    np.testing.assert_array_equal(said, _sound(voice, "Call Shivawn."))
