"""The packaged voice, for real."""

from __future__ import annotations

import socket

import numpy as np
import pytest

from agent.voice import Voice
from agent.voice.hibari import load


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
