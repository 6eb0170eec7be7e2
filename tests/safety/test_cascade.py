"""The cascade: asked where the classifier is in doubt, and strict where no answer comes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from safety.cascade import Ask, Cascade, Inquiry
from safety.guard import Guard
from safety.policy_file import load_policy
from safety.rules import Rule
from safety.types import Action, Circumstance, Finding

IN = Circumstance("in", (), "everyday", "", "en_GB")
OUT = Circumstance("out", (), "everyday", "", "en_GB")
TEXT = "How do I get rid of a body odour?"


class Unsure:
    """Scores every text alike."""

    name = "classifier"

    def __init__(self, score: float, category: str = "crime") -> None:
        self._score, self._category = score, category

    def check(self, text: str, circumstance: Circumstance) -> Iterable[Finding]:
        yield Finding(self.name, self._category, None, self._score, 0.8, "Scored.")


class Asked:
    """Answers with fixed log odds, and keeps what it was asked."""

    def __init__(self, odds: float) -> None:
        self._odds = odds
        self.inquiries: list[Inquiry] = []

    def __call__(self, inquiry: Inquiry) -> float:
        self.inquiries.append(inquiry)
        return self._odds


def failing(inquiry: Inquiry) -> float:
    raise TimeoutError


def guard(rule: Rule, ask: Ask | None) -> Guard:
    return Guard([rule], load_policy(None, ["classifier"]), cascade=Cascade(ask))


@pytest.mark.parametrize(("odds", "action"), [(12.0, Action.BLOCK), (-12.0, Action.ALLOW)])
def test_in_doubt_the_answer_decides(odds: float, action: Action) -> None:
    asked = Asked(odds)
    verdict = guard(Unsure(0.5), asked).judge(TEXT, IN)
    assert verdict.action is action
    assert [inquiry.text for inquiry in asked.inquiries] == [TEXT]
    assert any("asked" in finding.note for finding in verdict.why.findings)


def test_a_weak_yes_about_a_long_text_is_none() -> None:
    judged = guard(Unsure(0.5), Asked(1.5))
    assert judged.judge(TEXT, IN).action is Action.BLOCK
    assert judged.judge(" ".join([TEXT] * 30), IN).action is Action.ALLOW
    assert guard(Unsure(0.5), Asked(12.0)).judge(" ".join([TEXT] * 30), IN).action is Action.BLOCK


@pytest.mark.parametrize(("score", "action"), [(0.1, Action.ALLOW), (0.95, Action.BLOCK)])
def test_clear_cases_are_not_asked_about(score: float, action: Action) -> None:
    asked = Asked(0.0)
    assert guard(Unsure(score), asked).judge(TEXT, IN).action is action
    assert asked.inquiries == []


@pytest.mark.parametrize("ask", [failing, None, Asked(float("nan"))])
def test_no_answer_is_strict(ask: Ask | None) -> None:
    assert guard(Unsure(0.5), ask).judge(TEXT, IN).action is Action.BLOCK


def test_what_is_remembered_is_not_asked_again() -> None:
    asked = Asked(9.0)
    judge = guard(Unsure(0.5), asked)
    (inquiry,) = judge.inquiries(TEXT, IN)
    judge.remember(inquiry, -9.0)
    assert judge.judge(TEXT, IN).action is Action.ALLOW
    assert judge.inquiries(TEXT, IN) == ()
    assert asked.inquiries == []


def test_replies_wait_for_nobody() -> None:
    asked = Asked(9.0)
    assert guard(Unsure(0.5), asked).judge(TEXT, OUT).action is Action.ALLOW
    assert asked.inquiries == []


@pytest.mark.parametrize(("score", "action"), [(0.5, Action.ALLOW), (0.6, Action.BLOCK)])
def test_without_a_cascade_the_middle_of_the_band_decides(score: float, action: Action) -> None:
    alone = Guard([Unsure(score)], load_policy(None, ["classifier"]))
    assert alone.judge(TEXT, IN).action is action
    assert alone.inquiries(TEXT, IN) == ()


def test_a_long_text_is_asked_about_by_both_ends() -> None:
    inquiry = Cascade().inquiry("crime", "begin " + "x" * 9000 + " end")
    assert inquiry is not None
    assert inquiry.text.startswith("begin")
    assert inquiry.text.endswith("end")
    assert len(inquiry.text) < 1300


def test_a_person_in_need_is_asked_about_in_other_words() -> None:
    cascade = Cascade()
    crisis, crime = cascade.inquiry("crisis", TEXT), cascade.inquiry("crime", TEXT)
    assert crisis is not None
    assert crime is not None
    assert crisis.instructions != crime.instructions
    assert cascade.inquiry("injection", TEXT) is None
