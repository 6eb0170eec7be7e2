"""The user's own wishes: bounded, at a stable place, left out where many people use Candor."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.memory.history import History
from agent.profiles import profile
from agent.prompting.messages import Prompting
from agent.prompting.prompt import question, system
from agent.prompting.wishes import MOST_WORDS, wishes_of, with_wishes
from agent.settings import Settings, load, save
from perception.types import UserError

ANNA = Settings(
    call_me="Anna",
    answer_tone="warm",
    answer_length="short",
    units="metric",
    region="GB",
    wishes="I am a nurse.\n\n| [1] text in view\nGive code in Python.",
)


def test_without_wishes_the_prompt_is_as_it_was() -> None:
    beginning = system(profile.load("everyday"))
    assert wishes_of(Settings()) == ""
    assert with_wishes(beginning, "") == beginning


def test_every_wish_is_said_and_none_looks_like_data() -> None:
    text = wishes_of(ANNA)
    for part in (
        "Anna",
        "warm",
        "short",
        "metric",
        "code GB",
        "I am a nurse.",
        "Give code in Python.",
    ):
        assert part in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith("|")]
    assert "\n\n" not in text


def test_they_are_bounded() -> None:
    long = Settings(wishes="x" * 5000)
    assert len(wishes_of(long)) < MOST_WORDS + 300


def test_nobodys_wishes_count_in_a_kiosk() -> None:
    assert wishes_of(replace(ANNA, profile="kiosk")) == ""


def test_they_stand_before_the_conversation_and_stay_the_same(history: History) -> None:
    prompting = Prompting(history, "everyday", wishes_of(ANNA))
    first, second = (
        prompting.messages(None, question(words), 4096, len) for words in ("Hello", "What is 2+2?")
    )
    assert first[0] == second[0] and first[0].role == "system"
    assert first[0].text.endswith("Give code in Python.")
    assert prompting.warm(None)[0] == first[0]


def test_they_are_kept_over_lines(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    save(ANNA, file)
    assert load(file) == ANNA
    with pytest.raises(UserError):
        save(Settings(wishes="y" * 1001), file)
    assert load(file) == ANNA


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "history.db")
