"""Commands are recognised, and only where they are the whole utterance."""

from __future__ import annotations

import pytest

from agent.speech.command_phrases import (
    CommandKind,
    Intent,
    intent,
    spelled,
    to_spell,
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Say that again.", Intent(CommandKind.AGAIN)),
        ("Could you please repeat that?", Intent(CommandKind.AGAIN)),
        ("Pardon?", Intent(CommandKind.AGAIN)),
        ("I didn't catch that.", Intent(CommandKind.AGAIN)),
        ("What did you say?", Intent(CommandKind.AGAIN)),
        ("再说一遍。", Intent(CommandKind.AGAIN)),
        ("请再说一遍", Intent(CommandKind.AGAIN)),
        ("Slower, please.", Intent(CommandKind.SLOWER)),
        ("Speak a little slower.", Intent(CommandKind.SLOWER)),
        ("Slow down!", Intent(CommandKind.SLOWER)),
        ("You're too fast", Intent(CommandKind.SLOWER)),
        ("慢一点", Intent(CommandKind.SLOWER)),
        ("说慢点吧。", Intent(CommandKind.SLOWER)),
        ("faster", Intent(CommandKind.FASTER)),
        ("快点", Intent(CommandKind.FASTER)),
        ("Spell it.", Intent(CommandKind.SPELL)),
        ("Can you spell that for me?", Intent(CommandKind.SPELL)),
        ("Spell Siobhan.", Intent(CommandKind.SPELL, "Siobhan")),
        ("How do you spell Ljubljana?", Intent(CommandKind.SPELL, "Ljubljana")),
        ("怎么拼写 Ibuprofen", Intent(CommandKind.SPELL, "Ibuprofen")),
        ("Stop.", Intent(CommandKind.STOP)),
        ("Candor, be quiet please.", Intent(CommandKind.STOP)),
        ("停", Intent(CommandKind.STOP)),
        ("What did I miss?", Intent(CommandKind.MISSED)),
        ("Hey Candor, what did I miss?", Intent(CommandKind.MISSED)),
        ("我错过了什么？", Intent(CommandKind.MISSED)),
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
