"""A claim about the scene that the scene does not hold is marked; true ones never are."""

from __future__ import annotations

import pytest

from safety.types import Action
from tests.safety.conftest import Judge, Seen

SCENE = (
    ("text", "Ibuprofen 400 mg"),
    ("text", "EXP 05/2027"),
    ("person", "a person on the left"),
    ("thing", "a cup in the middle"),
    ("thing", "a cup on the right"),
)

FALSE = [
    ('It says "Paracetamol 500 mg" [1].', "(not seen in the picture)"),
    ("The label says 600 mg.", "(not seen in the picture)"),
    ("It expires in 2031 [2].", "(not seen in the picture)"),
    ("I see three people.", "(not seen in the picture)"),
    ("There are five cups in the picture.", "(not seen in the picture)"),
    ("There is only one cup.", "(not seen in the picture)"),
    ("There are no people in the picture.", "(not seen in the picture)"),
    ("It is Ibuprofen [7].", "(no such evidence)"),
]

TRUE = [
    'It says "Ibuprofen 400 mg" [1].',
    'It says "ibuprofen 400mg".',
    "The label reads 400 mg and expires 05/2027 [2].",
    "There is one person on the left.",
    "I see two cups.",
    "There are exactly two cups.",
    "I cannot tell how many people there are.",
    "Is there a 600 mg version?",
    "It might say 600 mg.",
    "Three people wrote that book.",
    "Use a[7] for the eighth item.",
]


@pytest.mark.parametrize(("text", "mark"), FALSE)
def test_what_was_not_seen_is_marked(judge: Judge, seen: Seen, text: str, mark: str) -> None:
    verdict = judge(text + " ", "out", seen(*SCENE))
    assert verdict.action is Action.ADVISE
    assert verdict.text.startswith(text)
    assert mark in verdict.text
    assert verdict.text.endswith(" ")


@pytest.mark.parametrize("text", TRUE)
def test_what_was_seen_is_not(judge: Judge, seen: Seen, text: str) -> None:
    verdict = judge(text, "out", seen(*SCENE))
    assert verdict.text == text
    assert verdict.action is Action.ALLOW


def test_without_a_scene_nothing_is_said(judge: Judge) -> None:
    assert judge("I see three people [4].", "out").action is Action.ALLOW


def test_the_users_own_figures_are_theirs(judge: Judge, seen: Seen) -> None:
    words = "is this the 600 mg one?"
    text = "The label says 400 mg and does contain no 600 mg."
    assert judge(text, "out", seen(*SCENE), words).action is Action.ALLOW
