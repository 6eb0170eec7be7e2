"""The router: what it is sure of, what it leaves alone, how fast it is."""

from __future__ import annotations

import time

import pytest

from agent.turn import routing


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("What's the weather going to be like tomorrow?", "unknowable"),
        ("Where are my keys?", "unknowable"),
        ("明天会下雨吗？", "unknowable"),
        ("What does this label say?", "nothing"),
        ("我手里拿的是什么？", "nothing"),
        ("My dog died this morning and I feel terrible.", "feelings"),
        ("Hello, my name is Ruth and I'm allergic to nuts.", "told"),
    ],
)
def test_plain_cases_are_told(words: str, kind: str) -> None:
    assert routing.load().kind(words) == kind


@pytest.mark.parametrize(
    "words",
    [
        "What time is it?",
        "How long should I boil an egg?",
        "Who wrote Romeo and Juliet?",
        "What's my name?",
        "Where did I say I live?",
        "How do I kill a frozen process?",
        "Set a timer for ten minutes.",
        "What is 18% of 2,640?",
        "现在几点了？",
        "鸡蛋要煮几分钟？",
        "",
        "?",
    ],
)
def test_ordinary_turns_get_no_hint(words: str) -> None:
    assert routing.hints(words, "en", shown=False) == ()


def test_where_something_is_shown_nobody_is_told_that_nothing_is() -> None:
    words = "What does this label say?"
    assert routing.hints(words, "en", shown=False)
    assert routing.hints(words, "en", shown=True) == ()
    assert routing.hints(words, "en", shown_before=True) == ()


def test_a_hint_is_in_the_language_of_the_words() -> None:
    assert routing.hints("明天会下雨吗？", "zh", shown=False) == (
        routing.HINTS["unknowable"]["zh"],
    )


def test_what_decided_can_be_shown() -> None:
    because = routing.load().because("Will it rain tomorrow?", "unknowable")
    assert any("rain" in piece or "tomorrow" in piece for piece in because)


def test_it_takes_less_than_a_millisecond() -> None:
    router = routing.load()
    texts = ["Is the pharmacy around the corner still open at this hour?"] * 200
    begun = time.perf_counter()
    for text in texts:
        router.kind(text)
    assert (time.perf_counter() - begun) / len(texts) < 0.005  # a busy machine; 0.3 ms alone


def test_its_file_is_small_and_its_report_is_kept_with_it() -> None:
    assert routing.WEIGHTS.stat().st_size < 1_000_000
    assert set(routing.load().kinds) == set(routing.HINTS)
