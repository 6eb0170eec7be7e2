from __future__ import annotations

import pytest

from perception.hearing.transcription.quality import (
    Trust,
    confidence,
    density,
    is_good,
    is_invented,
    is_loop,
    repeats,
)
from perception.hearing.transcription.recogniser import Decoded

TRUST = Trust()


def decoded(average: float, no_speech: float = 0.0, count: int = 5) -> Decoded:
    return Decoded(tuple(range(count)), average, no_speech)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("and him and him and him and him", True),
        ("no no no", False),
        ("no no no no no", True),
        ("we will see what the day brings", False),
        ("", False),
    ],
)
def test_repeats(text: str, expected: bool) -> None:
    assert repeats(text) is expected


def test_a_loop_is_dense() -> None:
    assert density("thank you for watching. " * 20) > TRUST.dense > density("It is a fine day.")
    assert is_loop("fine words", decoded(-0.1, count=30), most=30, trust=TRUST)


def test_good_needs_sure_words() -> None:
    assert is_good("a fine day", decoded(-0.2), 40, TRUST)
    assert not is_good("a fine day", decoded(-0.9), 40, TRUST)
    assert not is_good("", decoded(0.0), 40, TRUST)


@pytest.mark.parametrize(
    ("text", "average", "no_speech", "voiced", "expected"),
    [
        ("Thank you.", -0.5, 0.4, 0.1, True),
        ("Thank you.", -0.2, 0.02, 0.8, False),
        ("Thanks for watching!", -0.9, 0.1, 2.0, True),
        ("Where is my bag?", -1.2, 0.9, 1.0, True),
        ("Where is my bag?", -1.2, 0.1, 0.1, True),
        ("Where is my bag?", -1.2, 0.1, 1.5, False),
        ("Where is my bag?", -0.3, 0.5, 1.0, False),
        ("...", -0.1, 0.0, 3.0, True),
        ("チョコレート。", -0.93, 0.5, 0.26, True),
        ("Huh?", -0.82, 0.6, 0.26, True),
        ("Yes.", -0.41, 0.09, 0.45, False),
        ("请不吝点赞 订阅 转发", -0.4, 0.3, 0.5, True),
        ("Subtitles by nobody at all, and thanks for this long text", -0.6, 0.1, 0.3, True),
    ],
)
def test_inventions_need_weak_evidence(
    text: str, average: float, no_speech: float, voiced: float, expected: bool
) -> None:
    assert is_invented(text, decoded(average, no_speech), voiced, TRUST) is expected


def test_confidence_is_a_probability() -> None:
    assert confidence(decoded(0.0)) == 1.0
    assert 0.0 < confidence(decoded(-2.0)) < 0.2
    assert confidence(Decoded((), 0.0, 1.0)) == 0.0
