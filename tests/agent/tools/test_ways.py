"""What people say, and what is done: without a model, in English and Chinese."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

import pytest

from agent.tools.ability import Said, Toolbox
from agent.tools.planning import plan
from agent.tools.reading.wishes import is_chinese
from agent.tools.registry import ability
from agent.tools.sentences import said
from agent.tools.store import Store
from agent.tools.types import Call
from tests.agent.tools.ways import DATES, DEEDS, NOTHING, SUMS, UNITS

NOW = datetime(2027, 3, 16, 14, 5)


def _calls(words: str) -> tuple[Call, ...]:
    found = plan(Said(words, NOW))
    return found.calls if found else ()


def _answer(words: str) -> str:
    calls = _calls(words)
    assert calls, words
    box = Toolbox(Store(None), NOW, "t")
    tool = ability(calls[0].tool)
    assert tool is not None
    return said(tool.run(calls[0], box), is_chinese(words))


def test_there_are_enough_of_both() -> None:
    assert len(DEEDS) + len(SUMS) + len(UNITS) + len(DATES) >= 150
    assert len(NOTHING) >= 60


@pytest.mark.parametrize(("words", "tool", "arguments"), DEEDS)
def test_a_deed_is_understood(words: str, tool: str, arguments: dict[str, Any]) -> None:
    calls = _calls(words)
    assert [call.tool for call in calls] == [tool]
    given = dict(calls[0].arguments)
    assert {name: given.get(name) for name in arguments} == arguments


@pytest.mark.parametrize(("words", "result"), SUMS + UNITS + DATES)
def test_a_question_that_can_be_computed_is(words: str, result: str) -> None:
    assert result in _answer(words)


@pytest.mark.parametrize("words", NOTHING)
def test_other_words_call_nothing(words: str) -> None:
    assert _calls(words) == ()


def test_it_takes_no_time() -> None:
    longest = "I was thinking about the weather and 12 things at 3:30. " * 7
    for words in (*(row[0] for row in DEEDS[:40]), *NOTHING, longest):
        plan(Said(words, NOW))  # the first use of each pattern compiles it
    began = time.perf_counter()
    for words in NOTHING:
        plan(Said(words, NOW))
    assert (time.perf_counter() - began) / len(NOTHING) < 0.1


def test_two_wishes_in_one_sentence_are_both_done() -> None:
    calls = _calls("Set a timer for five minutes and remind me at six to ring mum")
    assert [call.tool for call in calls] == ["timer", "reminder"]


def test_a_question_beside_a_wish_is_left_to_the_model() -> None:
    found = plan(Said("Set a timer for 5 minutes. What is the capital of France?", NOW))
    assert found is not None
    assert [call.tool for call in found.calls] == ["timer"]
    assert found.rest == "What is the capital of France?"


@pytest.mark.parametrize(
    ("words", "sums"),
    [
        ("What's 15% of 84 euros, and how much would that leave?", ["15%*84", "84-15%"]),
        ("What is 20% of 65 and what remains?", ["20%*65", "65-20%"]),
        ("What's 18% tip on 52.40, and the total?", ["18%*52.40", "52.40+18%"]),
        ("Who was Nero and what remains of his palace?", []),
    ],
)
def test_a_second_question_about_a_share_is_a_second_sum(words: str, sums: list[str]) -> None:
    assert [call.arguments["expression"] for call in _calls(words)] == sums


@pytest.mark.parametrize(
    ("words", "questions"),
    [
        ("What time is it? And what day is it today?", ["now()", "today()"]),
        ("现在几点了？今天星期几？", ["now()", "today()"]),
    ],
)
def test_two_questions_have_an_answer_each(words: str, questions: list[str]) -> None:
    assert [call.arguments["question"] for call in _calls(words)] == questions


@pytest.mark.parametrize(
    "words",
    [
        "Make a packing list for a weekend in the mountains, at most 6 items.",
        "Make a list of 5 fruits with their colours",
        "packing list, at most six items",
        "Make a shopping list with ten items",
    ],
)
def test_a_list_that_is_to_be_written_is_no_list_to_keep(words: str) -> None:
    assert _calls(words) == ()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Convert 6 feet 2 to cm", "6 ft 2 in is about 187.96 cm."),
        ("What is 11 stone 4 in kg?", "11 stone 4 pounds is about 71.67 kg."),
        ("Convert 6.5 m to ft", "6.5 m is about 21.33 ft."),
    ],
)
def test_a_broken_amount_is_said_as_people_say_it(words: str, answer: str) -> None:
    assert _answer(words) == answer
