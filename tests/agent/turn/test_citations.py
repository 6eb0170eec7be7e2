"""Marks that cite nothing are gone; code and marks that cite something stay."""

from __future__ import annotations

import pytest

from agent.settings import Settings
from agent.turn.citations import Citations
from agent.turn.context import Question, TurnContext
from agent.turn.moderation import Moderation
from agent.turn.segmentation import TextSegment
from perception.types import Evidence, Where
from safety.guard import load_guard


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("It is long [1].", "It is long."),
        ("Yes [2]. Also [1, 2] and [7][2].", "Yes [2]. Also [2] and[2]."),
        ("Use list[1] or `row [1]` here [1].", "Use list[1] or `row [1]` here."),
        ("长江[1]。", "长江。"),
        ("[1] Hello", " Hello"),
        (" [1]", ""),
    ],
)
def test_only_marks_of_what_is_there_stay(written: str, given: str) -> None:
    assert Citations([2]).kept(written) == given


def test_code_stays_as_it_is_over_several_pieces() -> None:
    marks = Citations(())
    pieces = ["Look [1]:\n", "```python\n", "x = y [1]\n", "```\n", "Done [1]."]
    assert [marks.kept(piece) for piece in pieces] == ["Look:\n", *pieces[1:4], "Done."]


def _judged(evidence: tuple[Evidence, ...], *pieces: str) -> list[tuple[str, tuple[int, ...]]]:
    turn = TurnContext(Question("t", 0.0, None), evidence=evidence)
    judging = Moderation(load_guard(None, None), Settings(), turn)
    checked = (judging.check(TextSegment(piece, 0.9, "")) for piece in pieces)
    return [(each.sentence.text, each.sentence.evidence) for each in checked if each]


def test_without_evidence_no_mark_is_shown_and_none_is_called_wrong() -> None:
    assert _judged((), "It is 8,848 metres [1]. ", "[2]") == [("It is 8,848 metres. ", ())]


def test_what_the_user_said_is_no_source() -> None:
    heard = Evidence(1, "heard", "how old is the Brooklyn Bridge", Where("microphone"), 0.9)
    [(text, ids)] = _judged((heard,), "The Brooklyn Bridge is old [1]. ")
    assert "[1]" not in text and ids == ()


def test_what_is_shown_is_cited_as_before() -> None:
    sign = Evidence(1, "text", "PLATFORM 4", Where("picture"), 0.9)
    [(text, ids)] = _judged((sign,), "It leaves from platform 4 [1]. ")
    assert "[1]" in text and ids == (1,)
