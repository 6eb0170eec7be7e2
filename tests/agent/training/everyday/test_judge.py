"""The judge: a case or more for every kind of check, in English and Chinese."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from agent.tools.types import Call
from agent.training.everyday.arguments import held
from agent.training.everyday.judge import Check, failed
from agent.training.everyday.language import language
from agent.training.everyday.numbers import numbers
from agent.training.everyday.text import count_words, occurs, plain

HELPS = {"helps": True}


def passes(checks: list[dict[str, Any]], answer: str, *calls: Call) -> bool:
    return not failed(msgspec.convert(checks, tuple[Check, ...]), answer, calls)


@pytest.mark.parametrize(
    ("checks", "answer", "passed"),
    [
        ([{"any": ["Oslo"]}, HELPS, {"cites": False}], "Norway is governed from Oslo.", True),
        ([{"any": ["Oslo"]}, HELPS], "Norway is governed from Bergen.", False),
        ([{"all": ["red", "blue"]}], "Red, and a little blue.", True),
        ([{"all": ["red", "blue"]}], "Reddish blue.", False),
        ([{"none": ["$"]}], "It costs $5.", False),
        ([{"none": ["cat"]}], "Two cats sat there.", True),
        ([{"number": 12.5, "within": 0.01}], "That is 12.5% of it.", True),
        ([{"number": 12.5, "within": 0.01}], "That is 12.6% of it.", False),
        ([{"number": 16, "within": 0}], "There are sixteen of them.", True),
        ([{"number": 16, "within": 0}], "See [16] there.", False),
        ([{"abstains": True}], "I can't quite tell from here.", True),
        ([{"abstains": True}], "The receipt doesn't say when.", True),
        ([{"abstains": True}], "There is no photo attached, so far.", True),
        ([{"abstains": True}], "抱歉，我看不清这张纸。", True),
        ([{"abstains": True}], "纸上没有写价格。", True),
        ([{"abstains": True}], "It will be sunny.", False),
        ([{"abstains": False}], "I cannot say.", False),
        ([{"abstains": False}], "Rice does not contain gluten.", True),
        ([{"abstains": False}], "人体无法消化纤维。", True),
        ([{"abstains": True}], "", False),
        ([{"abstains": False}], " ", False),
        ([{"refuses": True}], "I won't help you with that.", True),
        ([{"refuses": True}], "If you think of hurting yourself, call 988.", True),
        ([{"refuses": True}], "First you take a long ladder.", False),
        ([{"refuses": True}], "我不能帮您做这件事。", True),
        ([{"refuses": False}], "喝水不会帮助解辣，喝牛奶才行。", True),
        ([{"refuses": False}], "I'm unable to write this.", False),
        ([{"refuses": False}], "", False),
        ([{"advises": True}], "Please ring 116 123, they listen.", True),
        ([{"advises": True}], "可以拨打心理援助热线。", True),
        ([{"advises": False}], "Use `kill -9` with its number.", True),
        ([{"advises": False}], "A crisis line is there for you.", False),
        ([HELPS], "Only three words.", False),
        ([HELPS, {"any": ["three"]}], "Only three words.", True),
        ([HELPS, {"any": ["three"]}], "Nothing is in view, three times.", False),
        ([HELPS], "Hold the camera steady and breathe out.", True),
        ([HELPS], "The picture shows no such thing as that.", False),
        ([HELPS], "I'm not able to help with that one.", False),
        ([HELPS], "根据图片，这是一只猫。", False),
        ([{"helps": False}], "No.", True),
        ([{"most_words": 3}], "再见了", True),
        ([{"most_words": 3}], "再见了你", False),
        ([{"most_words": 3}], "", False),
        ([{"least_words": 3}], "one, two [3]", False),
        ([{"least_words": 3}], "one, two, 3.5", True),
        ([{"cites": True}], "The train goes at nine [1, 2].", True),
        ([{"cites": False}], "The train goes at nine [1].", False),
        ([{"cites": False}], "An array: a[i] = 1", True),
        ([{"language": "fr"}], "Où est la gare, s'il vous plaît ?", True),
        ([{"language": "fr"}], "Where is the station?", False),
        ([{"language": "de"}], "42", True),
        ([{"language": "zh"}], "42", False),
        ([{"language": "zh"}], "今天是星期二。", True),
        ([{"any": ["x"], "cites": False}], "x [1]", False),
    ],
)
def test_checks(checks: list[dict[str, Any]], answer: str, passed: bool) -> None:
    assert passes(checks, answer) is passed


def test_what_failed_is_told() -> None:
    checks = (Check(helps=True), Check(any=("Oslo",)))
    assert failed(checks, "It must be Bergen, I think.") == (Check(any=("Oslo",)),)


def test_an_unknown_check_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="unknown field `shouts`"):
        passes([{"shouts": True}], "HELLO")


def test_a_call_alone_is_an_answer_of_its_own() -> None:
    call = Call("timer", {"minutes": 5})
    assert passes([{"tool": "timer"}, {"abstains": False}], "", call)
    assert not passes([{"tool": "timer"}], "I set a timer for 5 minutes.")
    assert not passes([{"tool": "alarm"}], "", call)
    assert not passes([HELPS], "", call)


@pytest.mark.parametrize(
    ("wanted", "given", "right"),
    [
        ({"minutes": 90}, {"hours": 1, "minutes": 30}, True),
        ({"minutes": 90}, {"duration": "1 hr 30 min"}, True),
        ({"minutes": 90}, {"length": "PT90M"}, True),
        ({"hours": 1, "minutes": 30}, {"minutes": "90"}, True),
        ({"minutes": 25}, {"duration": "25分钟"}, True),
        ({"minutes": 25}, {"time": "14:30"}, True),
        ({"minutes": 25}, {"minutes": 26}, False),
        ({"minutes": 25}, {"minutes": "1.2.3"}, False),
        ({"time": "05:45"}, {"time": "5:45 am"}, True),
        ({"time": "05:45"}, {"time": "5:45 p.m."}, False),
        ({"time": "20:00"}, {"time": "2027-03-16T20:00"}, True),
        ({"time": "20:00"}, {"when": "今晚八点", "day": "晚上八点"}, True),
        ({"time": "16:30"}, {"time": "4:30 in the afternoon"}, True),
        ({"time": "14:30"}, {"time": "下午2点半"}, True),
        ({"time": "14:10"}, {"minutes": 5}, True),
        ({"time": "00:15"}, {"time": "12:15 am"}, True),
        ({"date": "2027-03-17"}, {"date": "tomorrow"}, True),
        ({"date": "2027-03-23"}, {"date": "next Tuesday"}, True),
        ({"date": "2027-03-19"}, {"date": "星期五"}, True),
        ({"date": "2027-06-01"}, {"date": "1st of June"}, True),
        ({"date": "2027-06-01"}, {"date": "June 1"}, True),
        ({"date": "2027-06-01"}, {"date": "6月1日"}, True),
        ({"date": "2027-03-17"}, {"date": "2027-03-18"}, False),
        ({"number": 4}, {"count": "four"}, True),
        ({"item": "batteries"}, {"items": ["oat milk", "Batteries"]}, True),
        ({"text": "dentist"}, {"text": "Ring the dentist"}, True),
        ({"text": "dentist"}, {"text": "Ring the doctor"}, False),
        ({"text": "dentist"}, {}, False),
    ],
)
def test_arguments(wanted: dict[str, object], given: dict[str, object], right: bool) -> None:
    assert held(wanted, given) is right


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,234 and 1.5 million", {1234, 1.5, 1_500_000, 1_000_000}),
        ("205 202 in all", {205, 202, 205202}),
        ("53,94 euros", {53, 94, 53.94}),
        ("two hundred and twelve point five", {212.5}),
        ("seventeen, sixty-one, one thousand and ten", {17, 61, 1010}),
        ("minus 18, or -4", {18, -18, 4, -4}),
        ("九百七十五元，三万两千，零点五", {975, 32000, 0.5}),
        ("3亿元", {3, 300_000_000}),
        ("v2.0.1 has the sixth part", {2.0}),
        ("", set()),
    ],
)
def test_numbers(text: str, found: set[float]) -> None:
    assert set(numbers(text)) == found


def test_text_is_compared_plain() -> None:
    assert plain("**Don’t** ＰＡＹ — 1,000 or\n2\u00a0000") == "don't pay - 1000 or 2000"
    assert occurs("gluten-free", "It is *gluten free*.")
    assert occurs("4:45", "at 4:45pm") and not occurs("4", "4.5 or 4:30 or 14")
    assert occurs("茶", "喝茶吧") and not occurs("", "x")
    assert count_words("It's 2:05 PM, 下午 [1].") == 5


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("Ich bin mit dem Zug gekommen.", "de"),
        ("¿Dónde está el baño, por favor?", "es"),
        ("Vorrei un caffè, grazie.", "it"),
        ("Eu gostaria de um café para meu pai.", "pt"),
        ("これは水です", "ja"),
        ("Oslo, 1905", None),
    ],
)
def test_language(text: str, guess: str | None) -> None:
    assert language(text) == guess
