"""What helps to hear: an earlier hearing, expected words, languages, one look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from perception.audio.vad import VoiceActivity, find_speech
from perception.hearing import Hints
from perception.hearing.transcription.activity import Activity
from perception.hearing.transcription.hot_words import likeness, skeleton
from perception.hearing.transcription.listener import WhisperPipeline
from perception.hearing.transcription.recogniser import DecodingOptions
from perception.hearing.whisper_format.mel import log_mel
from perception.types import Samples, Utterance
from tests.wording import words

Speak = Callable[[str], Samples]
Said = Callable[[Samples], Utterance]

_UNRELATED = (
    "Reykjavik", "Guadalajara", "Wojciech", "Quetzalcoatl", "Levothyroxine", "Terraform",
    "Prometheus", "Rachmaninoff", "Worcestershire", "Oluwaseun",
)  # fmt: skip


def _text(hearing: WhisperPipeline, utterance: Utterance, hints: Hints) -> str:
    return list(hearing.hear(utterance, hints))[-1].text


@pytest.mark.parametrize("before", ["Turn on the", "Turn on the lamp.", "Burn down the", "你好"])
def test_an_earlier_hearing_changes_no_word(
    hearing: WhisperPipeline, speak: Speak, said: Said, before: str
) -> None:
    sound = said(speak("Turn on the lamp in the living room, please."))
    hints = Hints(("en",), before=before)
    plain = _text(hearing, sound, Hints(("en",)))
    assert words(_text(hearing, sound, hints)) == words(plain)


def test_a_draft_keeps_the_tokens(hearing: WhisperPipeline, speak: Speak) -> None:
    whisper = hearing._recogniser
    encoded = whisper.encode(log_mel(speak("Please open the front door."), 1000))
    plain = whisper.decode(encoded, "en", DecodingOptions(60))
    for draft in (plain.tokens, plain.tokens[:3], (*plain.tokens, 11, 11), (11, 13)):
        drafted = whisper.decode(encoded, "en", DecodingOptions(60, draft=tuple(draft)))
        assert drafted.tokens == plain.tokens
        assert drafted.average == pytest.approx(plain.average, abs=0.05)
        assert drafted.no_speech == pytest.approx(plain.no_speech, abs=0.02)


def test_expected_names_are_found(hearing: WhisperPipeline, speak: Speak, said: Said) -> None:
    sound = said(speak("Have you ever met Kovalchick before?"))
    plain = _text(hearing, sound, Hints(("en",)))
    assert "Kowalczyk" not in plain
    assert "Kowalczyk" in _text(hearing, sound, Hints(("en",), (*_UNRELATED, "Kowalczyk")))


def test_what_was_put_right_is_heard_right(
    hearing: WhisperPipeline, speak: Speak, said: Said
) -> None:
    sound = said(speak("Please call Neev tomorrow."))
    wrong = words(_text(hearing, sound, Hints(("en",))))[2]
    hints = Hints(("en",), ("Niamh",), instead=((wrong, "Niamh"),))
    assert words(_text(hearing, sound, hints)) == ["please", "call", "niamh", "tomorrow"]
    other = said(speak("Please call the plumber tomorrow."))
    assert "Niamh" not in _text(hearing, other, hints)


@pytest.mark.parametrize(
    "text",
    [
        "I would like two pounds of apples and a loaf of bread.",
        "The train to the city leaves in twenty minutes.",
        "Do you want to watch a movie with us tonight?",
    ],
)
def test_unrelated_words_are_never_invented(
    hearing: WhisperPipeline, speak: Speak, said: Said, text: str
) -> None:
    sound = said(speak(text))
    expected = _text(hearing, sound, Hints(("en",)))
    assert words(_text(hearing, sound, Hints(("en",), _UNRELATED))) == words(expected)


def test_only_chosen_languages_are_heard(
    hearing: WhisperPipeline, speak: Speak, said: Said
) -> None:
    sound = said(speak("Okay, thank you."))
    for languages in (("en", "de"), ("de", "en", "zh")):
        last = list(hearing.hear(sound, Hints(languages)))[-1]
        assert last.language == "en"
    assert list(hearing.hear(sound, Hints(("fr", "de"))))[-1].language in ("fr", "de")


@pytest.mark.parametrize("text", ["Thank you.", "Bye.", "Okay.", "Yes.", "Stop."])
def test_short_words_that_were_really_said_are_heard(
    hearing: WhisperPipeline, speak: Speak, said: Said, text: str
) -> None:
    heard = _text(hearing, said(speak(text)), Hints(("en",), quick=True))
    assert words(heard) == words(text)


def test_a_growing_sound_is_followed(models: Callable[[str], Path], speak: Speak) -> None:
    voice = VoiceActivity(models("silero-vad") / "model.onnx")
    activity, sound = Activity(voice), speak("Where is the nearest pharmacy, please?")
    for end in (12_000, 24_000, 30_001, len(sound)):
        part = sound[:end]
        found, expected = activity.stretches("t", part), find_speech(voice, part)
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            assert abs(one.start - other.start) < 0.1 and abs(one.end - other.end) < 0.1
    assert activity.stretches("u", np.zeros(16_000, np.float32)) == []


def test_what_sounds_alike_looks_alike() -> None:
    assert skeleton("Siobhan") == skeleton("Shivaun")
    assert likeness("Shivaun", "Siobhan") > 0.9 > likeness("plumber", "Siobhan")
    assert likeness("koval chick", "Kowalczyk") > 0.6
