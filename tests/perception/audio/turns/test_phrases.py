from __future__ import annotations

import pytest

from perception.audio.turns.backchannel import (
    Completeness,
    added,
    is_nod,
    standing,
)


@pytest.mark.parametrize(
    "text",
    [
        "What is the time?",
        "Turn off the light.",
        "Where is it from?",
        "What are you looking at?",
        "It costs 3.50.",
        "I was born in 1984.",
        "Call 020 7946 0018.",
        "My number is 555-0123.",
        "今天天气怎么样？",
        "把灯关掉。",
        'He said "yes."',
    ],
)
def test_finished(text: str) -> None:
    asks = text.endswith(("?", "？"))
    assert standing(text) is (Completeness.ASKED if asks else Completeness.FINISHED)


@pytest.mark.parametrize(
    "text",
    [
        "I would like to",
        "I would like to.",
        "Can you tell me where the",
        "It was because",
        "um",
        "So I think, uh...",
        "First, the milk,",
        "I wanted to say that I",
        "My number is",
        "My number is 020 79",
        "It is five five five",
        "Tell me about a",
        "And then she—",
        "我想",
        "因为",
        "然后，",
        "今天那个",
    ],
)
def test_more_must_come(text: str) -> None:
    assert standing(text) is Completeness.OPEN


@pytest.mark.parametrize("text", ["", "  ", "...", "the printing press", "明天"])
def test_nothing_is_known(text: str) -> None:
    assert standing(text) is Completeness.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        *("Mm-hm.", "mhm", "Uh-huh.", "Right.", "Yeah, yeah.", "OK", "Okay, okay.", "I see."),
        *("Got it.", "Oh, right.", "Really?", "Mm.", "嗯", "嗯嗯。", "对，对。", "好的", "是的。"),
        *("Ja, genau.", "D'accord."),
    ],
)
def test_nods(text: str) -> None:
    assert is_nod(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "No.", "Stop.", "Wait.", "Yeah but no.", "OK, stop.", "Right, and what about me?"),
        *("不", "停", "对，但是不行", "yeah yeah yeah yeah yeah yeah", "嗯嗯嗯嗯嗯嗯嗯嗯"),
    ],
)
def test_no_nods(text: str) -> None:
    assert not is_nod(text)


def test_what_was_added() -> None:
    assert added("Where is it?", "Where is it, in Berlin?") == "in berlin"
    assert added("Where is it?", "Where is it.") == ""
    assert added("", "Yes") == "yes"
