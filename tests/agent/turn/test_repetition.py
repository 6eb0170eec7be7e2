"""Answers that turn in a circle, and answers that may say a thing twice."""

from __future__ import annotations

import pytest

from agent.turn.repetition import repeats


@pytest.mark.parametrize(
    "answer",
    [
        "1. Buy fresh milk today\n2. Buy fresh milk today\n3. Buy fresh milk today\n",
        "I am here. I am here. I am here.",
        "a b c d. x y z. a b c d. u v w. a b c d. p q r. a b c d.",
        "the very " * 6,
        "我们都很好。我们都很好。我们都很好。",
        "```\n" + "x = 1\n" * 9 + "```\n",
    ],
)
def test_a_loop_is_found(answer: str) -> None:
    assert repeats(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "Happy birthday to you, happy birthday to you, happy birthday dear Ada!",
        "1. Buy milk\n2. Buy bread\n3. Buy eggs\n4. Buy salt\n",
        "```\nreturn x\n}\nreturn y\n}\nreturn z\n}\n}\n}\n```",
        "```\n" + "\n".join("    return value" for _ in range(5)) + "\n```",
        "No, no, no!",
    ],
)
def test_what_may_be_said_twice_is_no_loop(answer: str) -> None:
    assert not repeats(answer)
