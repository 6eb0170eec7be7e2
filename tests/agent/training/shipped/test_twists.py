"""One changed word puts a question beyond what a text tells."""

from __future__ import annotations

import random

import pytest

from agent.training.shipped.compose import Shares
from agent.training.shipped.pages import twists
from agent.training.shipped.pages.passages import Passage, groups
from perception.types import UserError

_TEXT = "The largest port of Norway exports timber. It was opened in 1901 by Ada Berg."


def _opposite(asked: str, text: str) -> str | None:
    return twists.opposite(random.Random(0), asked, text)


def test_a_word_becomes_its_opposite() -> None:
    assert _opposite("What does the largest port do?", _TEXT) == "What does the smallest port do?"


def test_an_opposite_that_the_text_uses_is_no_twist() -> None:
    assert _opposite("Which is the largest port?", f"{_TEXT} The smallest port is Moss.") is None
    assert _opposite("Who opened it?", f"{_TEXT} Bo closed it.") is None


def test_what_a_text_denies_already_is_not_denied_again() -> None:
    assert twists.denied("What was opened?", _TEXT) == "What was not opened?"
    assert twists.denied("What was opened?", "It never was.") is None
    assert twists.denied("Is it open?", _TEXT) is None


def test_a_name_gives_way_to_one_that_is_not_there() -> None:
    rng = random.Random(0)
    assert twists.renamed(rng, "When was Ada Berg here?", _TEXT, ["Leo Ruiz"]) == (
        "When was Leo Ruiz here?"
    )
    assert twists.renamed(rng, "When was Ada Berg here?", f"{_TEXT} Leo Ruiz", ["Leo Ruiz"]) is None


def test_every_passage_has_questions_with_and_without_an_answer() -> None:
    page = f"{_TEXT} The harbour is a place for ships. In {{}} the first ships came to the coast."
    found = [Passage(f"What is the largest port {n}?", page.format(1500 + n)) for n in range(40)]
    made = list(groups(random.Random(0), found, 10))
    assert len(made) == 10
    for group in made:
        assert {bool(example.accepted) for example in group} == {True, False}


def test_other_amounts() -> None:
    changed = Shares().with_amounts("scenes=7, pages=3")
    assert (changed.scenes, changed.pages, changed.calls) == (7, 3, Shares().calls)


@pytest.mark.parametrize("text", ["cats=4", "scenes=many", "scenes"])
def test_amounts_that_cannot_be_read_are_named(text: str) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        Shares().with_amounts(text)
