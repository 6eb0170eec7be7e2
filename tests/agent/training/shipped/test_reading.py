"""Hand-written questions: joined to their passages, with a sentence taken away now and then."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from agent.training.chat.grading import abstains, holds
from agent.training.shipped.pages import reading
from agent.training.shipped.pages.passages import Passage
from agent.training.shipped.types import Exchange

_TEXT = "The harbour was opened in 1901. Ada Berg paid for it. Today 40 ships call here each day."
_ASKED = reading.ReadingQuestion(
    reading.digest(_TEXT),
    (
        ("When was the harbour opened?", "The harbour was opened in 1901.", "1901"),
        ("Who bore the cost?", "Ada Berg bore the cost.", "Ada Berg"),
    ),
    (("Who paid Ada Berg?", "who paid Ada Berg"),),
)


@pytest.fixture(autouse=True)
def written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "asked", lambda: (_ASKED,))


def _groups(seeds: int) -> Iterator[list[Exchange]]:
    for seed in range(seeds):
        yield from reading.groups(random.Random(seed), [Passage("Tell me.", _TEXT)], 5)


def test_a_passage_has_its_questions() -> None:
    for group in _groups(20):
        assert {e.words for e in group} >= {"Who paid Ada Berg?"}
        assert len({e.data for e in group}) == 1


def test_what_is_accepted_is_in_the_data_and_the_rest_abstains() -> None:
    for group in _groups(20):
        for example in group:
            assert abstains(example.answer) is not bool(example.accepted)
            assert all(holds(example.data, text) for text in example.accepted)


def test_a_lost_sentence_leaves_its_question_without_an_answer() -> None:
    cut = [group for group in _groups(20) if "1901" not in group[0].data]
    assert cut
    for group in cut:
        [lost] = [e for e in group if e.words == "When was the harbour opened?"]
        assert not lost.accepted


def test_a_passage_that_the_pairs_do_not_hold_is_left_out() -> None:
    assert not list(reading.groups(random.Random(0), [Passage("Tell me.", "Other words.")], 5))
