from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from agent.voice.hibari import Hibari
from perception.audio import files
from perception.audio.wake import WakeWord, wake_words
from perception.hearing.transcription.listener import to_rate
from perception.types import RATE, Samples, UserError

_LJ = Path(__file__).parents[2] / "data" / "lj001-0013.flac"


@pytest.fixture(scope="module")
def speaker() -> Hibari:
    return Hibari(threads=1)


def said(speaker: Hibari, text: str) -> Samples:
    sound = to_rate(np.concatenate(list(speaker.speak(text))), 24_000)
    quiet = np.zeros(RATE, np.float32)
    return np.concatenate([quiet, sound, quiet])


def times(wake: WakeWord, sound: Samples) -> list[float]:
    """When it was heard, in seconds, fed as the microphone feeds it."""
    blocks = range(0, len(sound) - 319, 320)
    return [(at + 320) / RATE for at in blocks if wake.push(sound[at : at + 320])]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("okay_nabu", "OK Naboo, what time is it?"),
        ("hey_jarvis", "Hey Jarvis, what time is it?"),
        ("hey_mycroft", "Hey Mycroft."),
        ("alexa", "Alexa."),
    ],
)
def test_hears_its_word_once_and_in_time(speaker: Hibari, word: str, text: str) -> None:
    sound = said(speaker, text)
    found = times(WakeWord(word), sound)
    assert len(found) == 1
    assert 1.3 < found[0] < 2.5


def test_hears_it_again(speaker: Hibari) -> None:
    assert len(times(WakeWord("alexa"), np.tile(said(speaker, "Alexa."), 3))) == 3


def test_other_words_and_noise_do_not_wake(speaker: Hibari) -> None:
    wake = WakeWord("okay_nabu")
    noise = np.random.default_rng(0).standard_normal(5 * RATE).astype(np.float32) * 0.2
    for sound in (said(speaker, "Hey Jarvis, is it okay now?"), files.read(_LJ).samples, noise):
        assert times(wake, sound) == []


def test_a_reset_forgets_half_a_word(speaker: Hibari) -> None:
    sound = said(speaker, "Alexa.")
    wake = WakeWord("alexa")
    assert times(wake, sound[: int(1.3 * RATE)]) == []
    wake.reset()
    assert times(wake, sound[int(1.3 * RATE) :]) == []
    assert len(times(wake, sound)) == 1


def test_offers_the_words_that_the_package_holds() -> None:
    from pymicro_wakeword import Model

    assert set(wake_words()) == {model.value for model in Model}
    with pytest.raises(UserError, match="no wake word named open_sesame"):
        WakeWord("open_sesame")
