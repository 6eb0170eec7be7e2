"""The rules that answers are judged by."""

from __future__ import annotations

import pytest

from agent.training.chat.grading import (
    ABSTAINED,
    RIGHT,
    WRONG,
    judge,
    words,
)


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        ("It opened in 1887 [1].", ("1887",)),
        ("There are two people [2].", ("2",)),
        ("The Danube.", ("the danube",)),
        ("It was issued on July 15th.", ("15 July",)),
        ("They had 12,500 men.", ("12500",)),
        ("It was made by Juris Hartmanis and, later, Richard Stearns.",
         ("Juris Hartmanis and Richard Stearns",)),
        ("I cannot be sure, but it says 1887 [1].", ("1887",)),
        ("我看到两个人 [1]。", ("两",)),
    ],
)  # fmt: skip
def test_right(answer: str, accepted: tuple[str, ...]) -> None:
    assert judge(answer, accepted) == RIGHT


@pytest.mark.parametrize(
    "answer",
    [
        "I cannot tell when it was closed.",
        "The text does not say.",
        "It does not mention Corven Bridge [1].",
        "The document gives no information about that.",
        "I'm sorry, but there is no information in the text about the mayor.",
        "The passage doesn't specify who led the attackers.",
        "That is not in the page, so I cannot say.",
        "I do not see a hat.",
        "No hat is in view, as far as I can see.",
        "It is not mentioned in the provided text.",
        "The islands off the coast of Asia are not mentioned.",
        "这里没有说明，我不知道。",
    ],
)
def test_an_honest_gap_is_no_mistake(answer: str) -> None:
    assert judge(answer, ()) == ABSTAINED
    assert judge(answer, ("1887",)) == ABSTAINED


@pytest.mark.parametrize(
    "answer",
    [
        "It opened in 1890 [1].",
        "The Normans invented rounded arches.",
        "It was not Anna but Clara who led them.",
        "They did not win; they lost in 1890.",
        "Nobody lived there before 1890.",
        "",
    ],
)
def test_wrong(answer: str) -> None:
    assert judge(answer, ()) == WRONG
    assert judge(answer, ("1887",)) == WRONG


def test_words_are_compared_without_case_articles_and_citations() -> None:
    assert words("The “Old” Town, [3] 1,200 m: 两人") == ["old", "town", "1200", "m", "两", "人"]
