"""What our training data promises: seeded, honest about its evidence, apart from the tests."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from agent.tools.types import parsed
from agent.training.shipped import held_out
from agent.training.shipped.compose import Shares, groups, messages
from agent.training.shipped.data import (
    calls,
    identity,
    refusals,
    rehearsal,
)
from agent.training.shipped.pages import documents
from agent.training.shipped.scenes import scenes
from agent.training.shipped.scenes.scene_words import words
from agent.training.shipped.types import HELD_OUT, TRAIN, Exchange
from perception.types import UserError

_SHARES = Shares(12, 4, 6, 12, 4, 3, 5, 10, 1)
_PAGE = (
    "Squash is a sport that is played in a court with four walls. The World Squash Federation was "
    "founded in 1967 by Ronald Clay in London. Two players hit a small rubber ball with rackets. "
    "In 1998 the sport came to the Asian Games. The ball was invented by Hannah Pell near Harrow."
)


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    rows = [(f"What is the sport number {n}?", _PAGE.replace("four", str(n))) for n in range(8)]
    rows += [(f"What is {n} plus {n}?", f"It is {n + n}.") for n in range(30)]
    file = tmp_path / "pairs.jsonl"
    lines = [
        {"messages": [{"role": "user", "content": a}, {"role": "assistant", "content": b}]}
        for a, b in rows
    ]
    text = "\n".join(json.dumps({**line, "source": "x"}) for line in lines)
    # Some texts hold a separator that only Python takes for the end of a line.
    file.write_text(text.replace("rackets", "rackets\u2028"), encoding="utf-8")
    return file


def test_the_same_seed_gives_the_same_data(pairs: Path) -> None:
    first = groups([pairs], _SHARES, 1)
    assert first == groups([pairs], _SHARES, 1)
    assert first != groups([pairs], _SHARES, 2)
    kinds = {example.kind for group in first for example in group}
    assert {"document", "passage", "scene", "call", "rehearsal", "identity", "refusal"} <= kinds


def test_each_exchange_is_in_the_products_own_format(pairs: Path) -> None:
    for group in groups([pairs], _SHARES, 1):
        for example in group:
            first, *_, asked, told = messages(example)
            assert first.role == "system" and first.text.startswith("You are Candor")
            assert asked.text.endswith(example.words.splitlines()[-1]) and told.role == "assistant"
            shown = [line for line in asked.text.splitlines() if line.startswith("| ")]
            assert len(shown) == len(example.data.splitlines())


def _all(split: str) -> list[Exchange]:
    rng = random.Random(5)
    made = [
        *scenes.groups(rng, split, "en", 80),
        *scenes.groups(rng, split, "zh", 40),
        *documents.pages(rng, split, "en", 80),
        *documents.pages(rng, split, "zh", 20),
    ]
    return [example for group in made for example in group]


@pytest.mark.parametrize("split", [TRAIN, HELD_OUT])
def test_what_is_cited_is_there(split: str) -> None:
    for example in _all(split):
        cited = {int(number) for number in re.findall(r"\[(\d+)\]", example.answer)}
        there = {int(number) for number in re.findall(r"^\[(\d+)\]", example.data, re.MULTILINE)}
        assert cited <= there, example


@pytest.mark.parametrize("split", [TRAIN, HELD_OUT])
def test_what_a_page_tells_is_on_it_and_in_the_answer(split: str) -> None:
    rng = random.Random(6)
    for group in documents.pages(rng, split, "en", 60):
        assert any(example.accepted for example in group)
        assert any(not example.accepted for example in group)
        for example in group:
            for accepted in example.accepted:
                assert accepted.lower() in example.data.lower()
                assert accepted.lower() in example.answer.lower()


def test_no_line_is_left_half_filled() -> None:
    made = [*_all(TRAIN), *_all(HELD_OUT), *identity.examples(random.Random(0))]
    for example in [*made, *refusals.examples(random.Random(0))]:
        assert "{" not in example.words + example.answer + example.data, example


def test_the_held_out_part_shares_no_words_with_training() -> None:
    assert not words().things[TRAIN].keys() & words().things[HELD_OUT].keys()
    trained = {example.words for example in _all(TRAIN)}
    assert not trained & {example.words for example in held_out.scene_examples(200)}
    for ways in words().ways.values():
        for way in ways.values():
            assert not set(way.ask) & set(way.ask_held_out)
    kinds = {domain.name for domain in documents.domains() if domain.split == TRAIN}
    assert not kinds & {d.name for d in documents.domains() if d.split == HELD_OUT}


def test_held_out_calls_are_worded_anew_and_many_are_of_new_tools() -> None:
    rng = random.Random(1)
    tools = [taught for taught in calls.taught() if taught.split == TRAIN]
    trained = {e.words for e in calls.examples(rng, tools, TRAIN, 3000)}
    found = held_out.call_examples(200)
    new = {taught.tool.name for taught in calls.taught()} - {t.tool.name for t in tools}
    assert len(found) == 200 and not trained & {example.words for example in found}
    assert sum(json.loads(e.answer)["name"] in new for e in found) > 80


@pytest.mark.parametrize("split", [TRAIN, HELD_OUT])
def test_each_call_fits_its_tool(split: str) -> None:
    rng = random.Random(2)
    for _ in range(40):
        for example in calls.examples(rng, calls.toolset(rng, split), split, 8):
            assert parsed(example.answer, example.tools) is not None


def test_harmful_requests_get_the_policys_words() -> None:
    made = list(refusals.examples(random.Random(0)))
    refused = [example for example in made if example.kind == "refusal"]
    said = "I can explain the law, the risks"
    assert all(said in e.answer for e in refused if "bomb" in e.words)
    assert any(example.kind == "harmless" for example in made)


def test_a_file_that_holds_no_pairs_is_named(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text('{"prompt": "x"}', encoding="utf-8")
    with pytest.raises(UserError, match=r"pairs\.jsonl cannot be read"):
        rehearsal.read([file])
