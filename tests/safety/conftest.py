"""What the safety tests share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from perception.types import Evidence, Where
from safety.guard import Guard, load_guard
from safety.types import Circumstance, Verdict

Judge = Callable[..., Verdict]
Seen = Callable[..., tuple[Evidence, ...]]


@pytest.fixture(scope="session")
def guard() -> Guard:
    """The shipped policy without the classifier."""
    return load_guard()


@pytest.fixture
def judge(guard: Guard) -> Judge:
    """Judge a text in one direction."""

    def judged(
        text: str,
        direction: str = "in",
        evidence: tuple[Evidence, ...] = (),
        words: str = "",
        locale: str = "en_GB",
    ) -> Verdict:
        return guard.judge(text, Circumstance(direction, evidence, "everyday", words, locale))

    return judged


@pytest.fixture
def seen() -> Seen:
    """Evidence of (kind, text), numbered from 1."""

    def made(*items: tuple[str, str]) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(number, kind, text, Where("camera"), 0.9)
            for number, (kind, text) in enumerate(items, start=1)
        )

    return made
