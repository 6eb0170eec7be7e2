"""Marks of evidence that the model did not write stand behind what rests on it, and only there."""

from __future__ import annotations

import pytest

from agent.settings import Settings
from agent.turn.citations import with_marks
from agent.turn.context import Question, TurnContext
from agent.turn.moderation import Moderation
from agent.turn.segmentation import TextSegment
from agent.voice.text.normalise import spoken
from perception.types import Evidence, Where
from safety.guard import load_guard

DOG = Evidence(1, "thing", "1 dog: left", Where("picture"), 0.9)
TEXT = Evidence(2, "text", "Ibuprofen 400 mg", Where("picture"), 0.9)
HEARD = Evidence(3, "heard", "is there a dog", Where("microphone"), 0.9)


def _given(*pieces: tuple[str, bool]) -> list[str]:
    turn = TurnContext(Question("t", 0.0, 1, "is there a dog"), evidence=(DOG, TEXT, HEARD))
    judging = Moderation(load_guard(None, None), Settings(), turn)
    found = (judging.check(TextSegment(text, 0.9, "", ends)) for text, ends in pieces)
    return [one.sentence.text for one in found if one is not None]


def test_what_rests_on_a_line_gets_its_mark_which_is_not_spoken() -> None:
    [shown] = _given(("There is a dog on the left. ", True))
    assert shown == "There is a dog on the left [1]. "
    assert "1" not in spoken(shown)
    assert _given(("There is a dog ", False), ("on the left. ", True))[-1].strip().endswith("[1].")


@pytest.mark.parametrize(
    "text",
    [
        "There is a dog on the left [1]. ",
        "Paris is the capital of France. ",
        "There are 4 dogs in the picture. ",
        "# A dog, left\n",
        "| dog | left |\n",
        "Is it a dog on the left? ",
    ],
)
def test_where_it_does_not_belong_there_is_none(text: str) -> None:
    [shown] = _given((text, True))
    assert shown.count("[") == text.count("[")


def test_marks_stand_before_the_stop() -> None:
    assert with_marks("It says 400 mg.", "It says 400 mg.", [2, 1]) == "It says 400 mg [2][1]."
    assert with_marks("这是一只狗。", "这是一只狗。", [1]) == "这是一只狗 [1]。"
    assert with_marks("a", "a", [1, 2, 3, 4]) == "a"
