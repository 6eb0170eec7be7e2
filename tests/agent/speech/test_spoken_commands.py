"""Commands are recognised, and only where they are the whole utterance."""

from __future__ import annotations

import pytest

from agent.speech.command_phrases import (
    Intent,
    Wish,
    intent,
    spelled,
    to_spell,
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Say that again.", Intent(Wish.AGAIN)),
        ("Could you please repeat that?", Intent(Wish.AGAIN)),
        ("Pardon?", Intent(Wish.AGAIN)),
        ("I didn't catch that.", Intent(Wish.AGAIN)),
        ("What did you say?", Intent(Wish.AGAIN)),
        ("再说一遍。", Intent(Wish.AGAIN)),
        ("请再说一遍", Intent(Wish.AGAIN)),
        ("Slower, please.", Intent(Wish.SLOWER)),
        ("Speak a little slower.", Intent(Wish.SLOWER)),
        ("Slow down!", Intent(Wish.SLOWER)),
        ("You're too fast", Intent(Wish.SLOWER)),
        ("慢一点", Intent(Wish.SLOWER)),
        ("说慢点吧。", Intent(Wish.SLOWER)),
        ("faster", Intent(Wish.FASTER)),
        ("快点", Intent(Wish.FASTER)),
        ("Spell it.", Intent(Wish.SPELL)),
        ("Can you spell that for me?", Intent(Wish.SPELL)),
        ("Spell Siobhan.", Intent(Wish.SPELL, "Siobhan")),
        ("How do you spell Ljubljana?", Intent(Wish.SPELL, "Ljubljana")),
        ("怎么拼写 Ibuprofen", Intent(Wish.SPELL, "Ibuprofen")),
        ("Stop.", Intent(Wish.STOP)),
        ("Candor, be quiet please.", Intent(Wish.STOP)),
        ("停", Intent(Wish.STOP)),
        ("What did I miss?", Intent(Wish.MISSED)),
        ("Hey Candor, what did I miss?", Intent(Wish.MISSED)),
        ("我错过了什么？", Intent(Wish.MISSED)),
    ],
)
def test_a_command_is_understood(said: str, meant: Intent) -> None:
    assert intent(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Please",
        "Can you say that again in French?",
        "How do I stop smoking?",
        "Stop the timer at ten.",
        "What did I miss in the meeting yesterday?",
        "Why is my computer slower than before?",
        "Make a list of faster cars.",
        "Spell checking is broken in my editor.",
        "Read it to me in Spanish and explain.",
        "enough sugar for two cakes",
        "慢一点的音乐有哪些",
        "停车场在哪里",
        "Quiet places to study",
        "again and again he failed",
    ],
)
def test_a_sentence_is_no_command(said: str) -> None:
    assert intent(said) is None


def test_the_last_name_of_an_answer_is_spelled() -> None:
    assert to_spell("The capital is **Ljubljana**, a small city.") == "Ljubljana"
    assert to_spell("you need some acetaminophen") == "acetaminophen"
    assert to_spell("") == ""
    assert spelled("O'Neil") == "O'Neil: O, apostrophe, N, E, I, L."
