"""Conversations are held with the whole agent, and their turns are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.settings import Settings, data_folder
from agent.training.everyday.counts import groups, interval, judged
from agent.training.everyday.judge import Check
from agent.training.everyday.loops import loops
from agent.training.everyday.talks import (
    Talk,
    TalkTurn,
    TurnAnswer,
    evidence,
    hold,
    read,
)
from agent.training.everyday.trial import own_talks, tried
from perception.fusion import describe
from perception.types import UserError
from tests.engines import ScriptedDialogue, engines, scripted

LINES = (
    'text in view: "PLATFORM 4 / Dep. 15:42"',
    "people in view: 3 people: left, middle, right",
    'Washer manual p. 7: "Close the tap."',
    "sensor: kitchen 21.5 °C",
    "about the picture: too dark",
    "a red door",
)
HELP = TalkTurn("How do I boil rice?", (Check(helps=True, cites=False),))


def test_lines_become_the_data_that_they_were_written_as() -> None:
    shown = evidence(LINES)
    told = describe(shown).splitlines()
    assert told == [
        f"[{n}] {line}" for n, line in enumerate((*LINES[:5], "in view: a red door"), 1)
    ]
    assert shown[2].kind == "document" and shown[2].where.page == 7
    assert shown[0].text == "PLATFORM 4\nDep. 15:42"


def test_a_conversation_remembers_and_each_has_its_own(tmp_path: Path) -> None:
    model = scripted("It leaves at 15:42 [1].")
    talk = Talk("a", "scene", "en", (TalkTurn("When does it go?", (), LINES[:1]), HELP))
    for _ in range(2):
        answers = list(hold(engines(tmp_path, model), talk, Settings()))
    texts = [answer.text.strip() for answer in answers]
    assert texts == ["It leaves at 15:42 [1].", "It leaves at 15:42."]
    assert [answer.shown for answer in answers] == [True, False]
    asked = [[m.text for m in messages if m.role == "user"] for messages in model.asked]
    line = '| [1] text in view: "PLATFORM 4 / Dep. 15:42"'
    assert [len(words) for words in asked] == [1, 2, 1, 2]
    assert all(words[0].startswith(line) and "When does it go?" in words[0] for words in asked)
    assert all(HELP.user in words[1] for words in asked if len(words) == 2)
    assert not (data_folder() / "history.db").exists()
    assert not (tmp_path / "audit.jsonl").exists()


def test_a_turn_that_fails_ends_it_with_the_reason(tmp_path: Path) -> None:
    def breaks(messages: object) -> list[str]:
        raise RuntimeError("no model")

    talk = Talk("a", "fact", "en", (HELP,))
    with pytest.raises(UserError, match="RuntimeError"):
        list(hold(engines(tmp_path, ScriptedDialogue(breaks)), talk, Settings()))


@pytest.mark.parametrize(
    "text", ["[]\n", "{\n", '{"id": "a", "turns": []}\n', "\xff\n", '{"checks": [{"odd": 1}]}']
)
def test_a_file_of_something_else_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(UserError, match=r"x\.jsonl cannot be read as conversations"):
        read(file)


def test_what_is_counted() -> None:
    evading = judged("a", HELP, TurnAnswer("I cannot tell from here.", (), False, 1.0))
    assert evading.evaded and not evading.passed and not evading.uncalled_citation
    citing = judged("a", HELP, TurnAnswer("Use twice as much water [1].", (), False, 1.0))
    assert citing.uncalled_citation and not citing.passed and not citing.evaded
    assert not judged("a", HELP, TurnAnswer("It says 9 [1].", (), True, 1.0)).uncalled_citation
    told = TurnAnswer("Please call a crisis line now.", (), False, 1.0)
    assert judged("a", HELP, told).advised
    assert not judged("a", TalkTurn("x", (Check(advises=True),)), told).advised
    assert not judged("a", TalkTurn("x", (Check(refuses=True),)), told).advised
    assert list(groups([evading, citing])) == ["a"]


def test_wilsons_interval() -> None:
    assert interval(0, 0) == (0.0, 1.0)
    low, high = interval(10, 10)  # n / (n + z²) where all passed
    assert (round(low, 4), round(high, 4)) == (0.7225, 1.0)
    assert interval(0, 10)[0] == 0.0 and round(interval(0, 10)[1], 4) == 0.2775
    low, high = interval(50, 100)
    assert (round(low, 3), round(high, 3)) == (0.404, 0.596)


@pytest.mark.parametrize(
    ("answer", "loop"),
    [
        ("- Buy some milk.\n" * 4, True),
        ("1. Buy some milk.\n2. Buy some milk.\n3. Buy some milk.", True),
        ("I love you so. You are mine. " * 4, True),
        ("we go on and on and on and on and on and on", True),
        ("很好" * 6, True),
        ("今天天气很好。今天天气很好。今天天气很好。", True),
        ("ha ha ha ha", False),
        ("Happy birthday to you,\nhappy birthday to you,\nhappy birthday dear Ada,\n"
         "happy birthday to you.", False),
        ("- milk\n- eggs\n- bread\n- milk", False),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |", False),
        ("", False),
    ],
)  # fmt: skip
def test_loops(answer: str, loop: bool) -> None:
    assert loops(answer) is loop


def test_own_talks_are_of_both_languages_and_ordinary() -> None:
    talks = own_talks()
    turns = [turn for talk in talks for turn in talk.turns]
    assert 24 <= len(turns) <= 40
    assert {talk.language for talk in talks} == {"en", "zh"}
    assert len({talk.id for talk in talks}) == len(talks)
    assert sum(any(check.helps for check in turn.checks) for turn in turns) > len(turns) / 2
    learned = (Path(__file__).parents[4] / "agent" / "training").rglob("*.toml")
    texts = "".join(file.read_text("utf-8") for file in learned)
    assert not [turn.user for turn in turns if turn.user in texts]


def test_a_model_that_always_evades_fails_ordinary_talk() -> None:
    rows = tried(scripted("I cannot tell, since the page does not say."), own_talks())
    assert sum(row.evaded for row in rows) > len(rows) / 2
    assert sum(row.passed for row in rows) <= 1
