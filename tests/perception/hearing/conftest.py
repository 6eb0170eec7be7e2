"""Speech that the tests make themselves: hibari reads aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from agent.voice.hibari import Hibari
from perception.hearing import whisper
from perception.hearing.transcription.listener import WhisperPipeline, to_rate
from perception.types import Samples, Utterance

Speak = Callable[[str], Samples]


@pytest.fixture(scope="session")
def speak() -> Speak:
    """Reads a text: 16 kHz mono with half a second of silence around it."""
    voice = Hibari(threads=1)

    def read(text: str) -> Samples:
        spoken = np.concatenate(list(voice.speak(text)))
        quiet = np.zeros(8_000, np.float32)
        return np.concatenate([quiet, to_rate(spoken, voice.rate), quiet])

    return read


@pytest.fixture(scope="session")
def hearing(models: Callable[[str], Path]) -> Iterator[WhisperPipeline]:
    """The default engine with word times."""
    yield whisper.load(models("whisper-base"), "cpu", 2, words=True)


@pytest.fixture(scope="session")
def said() -> Callable[[Samples], Utterance]:
    """An utterance of 16 kHz samples."""
    return lambda samples: Utterance("turn", samples, 16_000, 0.0, len(samples) / 16_000)
