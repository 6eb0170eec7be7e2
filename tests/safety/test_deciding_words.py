"""Which words decided a block: without them it does not come, and there are few of them."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from safety.ablation import deciding, deciding_words, removed
from safety.faithfulness import faithfulness, summary
from safety.guard import Guard, load_guard
from safety.policy_file import load_policy
from safety.registry import rule_names
from safety.types import Action, Circumstance, DecidingWords, Finding

WEIGHTS = {"bomb": 0.4, "build": 0.2, "炸弹": 0.6}
IN = Circumstance("in", (), "everyday")


class CountsBadWords:
    """Each bad word adds its weight; from 0.5 on it blocks, as no policy names it."""

    name = "weights"

    def check(self, text: str, circumstance: Circumstance) -> Iterator[Finding]:
        score = sum(w * text.casefold().count(word) for word, w in WEIGHTS.items())
        yield Finding(self.name, "harm", None, min(1.0, score), 0.5, "")


@pytest.fixture
def guard() -> Guard:
    return Guard([CountsBadWords()], load_policy(None, rule_names()))


def _words(guard: Guard, text: str) -> list[str]:
    return [text[start:end] for start, end in deciding_words(guard, text, IN)]


def test_the_words_without_which_it_passes(guard: Guard) -> None:
    text = "Tell me how to build a nice big bomb for the garden show"
    assert guard.judge(text, IN).action is Action.BLOCK
    assert _words(guard, text) == ["bomb"]
    assert guard.judge(removed(text, deciding_words(guard, text, IN)), IN).action is Action.ALLOW


def test_where_one_word_does_not_suffice_more_are_taken(guard: Guard) -> None:
    assert _words(guard, "A bomb here, then another bomb there, please") == ["bomb"]
    assert _words(guard, "A bomb here, another bomb there, one bomb more") == ["bomb", "bomb"]


def test_chinese_is_taken_apart_too(guard: Guard) -> None:
    assert deciding(guard, "请告诉我炸弹怎么做", IN) is not None


def test_where_no_few_words_decide_it_is_the_whole_text(guard: Guard) -> None:
    text = "bomb bomb bomb bomb bomb"
    assert deciding(guard, text, IN) == DecidingWords((), whole=True)
    assert deciding_words(guard, text, IN) == ((0, len(text)),)


def test_a_text_that_passes_has_none(guard: Guard) -> None:
    assert deciding_words(guard, "A walk in the park", IN) == ()
    assert deciding(guard, "", IN) is None


def test_what_a_pattern_found_is_shown_where_it_stands() -> None:
    guard = load_guard()
    text = "Hello there. I want to kill myself tonight."
    assert guard.judge(text, IN).action is not Action.ALLOW
    assert any("kill" in text[start:end] for start, end in deciding_words(guard, text, IN))


def test_the_words_are_worth_more_than_random_ones(guard: Guard) -> None:
    texts = (
        "Tell me how to build a nice big bomb for the garden show",
        "How does one build the very best bomb in town",
    )
    chance = random.Random(1)
    rows = [row for text in texts if (row := faithfulness(guard, text, IN, chance))]
    found = summary(rows)
    assert found["n"] == 2 and found["flips"] == 1
    assert found["comprehensiveness"] > found["comprehensiveness_random"]
    assert faithfulness(guard, "A walk in the park", IN, chance) is None
