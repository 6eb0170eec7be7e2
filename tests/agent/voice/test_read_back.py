"""Whisper hears every number that the voice says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from agent.voice import Voice
from agent.voice.hibari import load as load_voice
from perception.hearing import Hints
from perception.hearing.transcription.listener import WhisperPipeline, to_rate
from perception.hearing.whisper import load as load_hearing
from perception.types import Utterance


@pytest.fixture(scope="module")
def voice() -> Voice:
    return load_voice(1)


@pytest.fixture(scope="module")
def hearing(models: Callable[[str], Path]) -> WhisperPipeline:
    return load_hearing(models("whisper-base"), "cpu", 2)


def _digits(voice: Voice, hearing: WhisperPipeline, *pieces: str) -> str:
    before, sound = "", [np.zeros(4_800, np.float32)]
    for number, piece in enumerate(pieces):
        sound.extend(voice.speak(piece, before, number == len(pieces) - 1))
        before += piece
    samples = to_rate(np.concatenate([*sound, sound[0]]), voice.rate)
    said = Utterance("t", samples, 16_000, 0.0, len(samples) / 16_000)
    heard = list(hearing.hear(said, Hints(("en",))))[-1].text
    return re.sub(r"\D", "", heard)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("The train runs at 120 km/h and weighs 45 t.", "12045"),
        ("Take 400 mg, that is 0.4 g, twice a day.", "40004"),
        ("It costs $19.99, €35 or £1,250.", "1999351250"),
        ("On 2024-03-05 we met at 14:30.", "520241430"),
        ("The meeting is on March 3rd, 2025 at 7:30 pm.", "32025730"),
        ("Call +1 (415) 555-2671.", "14155552671"),
        ("My IP is 192.168.1.10 on port 8080.", "192168110" + "8080"),
        ("Version 2.10.3 was released in 2019.", "21032019"),
        ("She ran 100 m in 9.58 s.", "100958"),
        ("About 75% of 1,234,567 people agree.", "751234567"),
        ("A screen with 1920x1080 pixels.", "19201080"),
        ("It is 20 °C outside, or 68 °F.", "2068"),
    ],
)
def test_numbers_are_heard_back(
    voice: Voice, hearing: WhisperPipeline, text: str, digits: str
) -> None:
    assert _digits(voice, hearing, text) == digits


@pytest.mark.parametrize(
    ("first", "second", "digits"),
    [
        ("A long week has seven ", "days, and a day has 24 hours.", "24"),
        ("Please call the doctor ", "at 555-0142 before 5:30 pm.", "5550142530"),
    ],
)
def test_numbers_after_a_joint_are_heard_back(
    voice: Voice, hearing: WhisperPipeline, first: str, second: str, digits: str
) -> None:
    assert _digits(voice, hearing, first, second).removeprefix("7") == digits
