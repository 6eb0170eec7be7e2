"""What is heard, with the real model and a synthetic voice."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from perception.hearing import Hints
from perception.hearing.transcription.listener import WhisperPipeline
from perception.types import Samples, UserError, Utterance

Speak = Callable[[str], Samples]
Said = Callable[[Samples], Utterance]


def test_hears_a_sentence_with_words_in_order(
    hearing: WhisperPipeline, speak: Speak, said: Said
) -> None:
    results = list(hearing.hear(said(speak("The kitchen light is on the left side."))))
    last = results[-1]
    assert last.final and not any(result.final for result in results[:-1])
    assert last.text.lower().strip(".") == "the kitchen light is on the left side"
    assert last.language == "en"
    assert 0.5 < last.confidence <= 1.0
    assert [word.text.lower().strip(".") for word in last.words] == last.text.lower().strip(
        "."
    ).split()
    starts = [word.start for word in last.words]
    assert starts == sorted(starts)
    assert all(word.start <= word.end for word in last.words)


def test_a_fixed_language_is_kept(hearing: WhisperPipeline, speak: Speak, said: Said) -> None:
    last = list(hearing.hear(said(speak("Good morning, how are you today?")), Hints(("en",))))[-1]
    assert last.language == "en"
    assert "good morning" in last.text.lower()


def test_an_unknown_language_is_said_so(hearing: WhisperPipeline, speak: Speak, said: Said) -> None:
    with pytest.raises(UserError, match="does not know the language"):
        list(hearing.hear(said(speak("Hello.")), Hints(("klingon",))))


def noises() -> dict[str, Samples]:
    draw = np.random.default_rng(0)
    white = draw.standard_normal(16_000 * 5)
    times = np.arange(len(white)) / 16_000
    brown = np.cumsum(white)
    found = {
        "nothing": np.zeros(0),
        "a click": np.ones(10),
        "silence": np.zeros(16_000 * 5),
        "white": white * 0.1,
        "faint": white * 1e-4,
        "brown": brown / np.abs(brown).max() * 0.5,
        "hum": 0.3 * np.sign(np.sin(2 * np.pi * 50 * times)),
        "beeps": 0.5 * np.sin(2 * np.pi * 1000 * times) * (times % 1 < 0.2),
        "bursts": white * 0.2 * (np.sin(2 * np.pi * 4 * times) > 0),
    }
    return {name: sound.astype(np.float32) for name, sound in found.items()}


@pytest.mark.parametrize("name", noises())
def test_silence_and_noise_are_no_words(hearing: WhisperPipeline, said: Said, name: str) -> None:
    results = list(hearing.hear(said(noises()[name])))
    assert [(result.text, result.final) for result in results] == [("", True)]


def test_not_a_number_is_silence(hearing: WhisperPipeline, said: Said) -> None:
    broken = np.full(16_000, np.nan, np.float32)
    assert list(hearing.hear(said(broken)))[-1].text == ""


def test_another_rate_is_understood(hearing: WhisperPipeline, speak: Speak) -> None:
    import soxr  # type: ignore[import-untyped]

    sound = soxr.resample(speak("Please open the front door."), 16_000, 44_100)
    last = list(hearing.hear(Utterance("turn", sound, 44_100, 0.0, 1.0)))[-1]
    assert "front door" in last.text.lower()


def test_long_speech_grows(hearing: WhisperPipeline, speak: Speak, said: Said) -> None:
    lines = [
        "The first train leaves at seven in the morning from the old station.",
        "Bring your passport, two photographs and the letter from the bank.",
        "After lunch we will walk along the river to the botanical garden.",
        "In the evening there is a concert with music from the nineteenth century.",
        "On Sunday the museum opens late, so we can sleep as long as we want.",
    ]
    results = list(hearing.hear(said(np.concatenate([speak(line) for line in lines]))))
    assert len(results) > 1
    assert results[-1].text.startswith(results[0].text)
    for word in ("train", "passport", "river", "concert", "museum"):
        assert word in results[-1].text.lower()


def test_a_growing_utterance_can_be_heard_again(
    hearing: WhisperPipeline, speak: Speak, said: Said
) -> None:
    sound = speak("Turn on the lamp in the living room, please.")
    part = list(hearing.hear(said(sound[: len(sound) // 2])))[-1]
    whole = list(hearing.hear(said(sound)))[-1]
    assert len(part.text) < len(whole.text)
    assert "living room" in whole.text.lower()
