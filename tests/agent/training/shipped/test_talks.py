"""Conversations written by hand become what the running agent would have read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from agent.training.shipped.data.talks import read, weighed
from perception.types import UserError

TALK = {
    "id": "one",
    "group": "unknowable",
    "language": "en",
    "now": "2027-03-16 14:05 Tuesday",
    "mode": "spoken",
    "turns": [
        {"user": "What does it say?", "data": ['text in view: "Exit"'], "assistant": "Exit [1]."},
        {
            "user": "Set a timer for 5 minutes.",
            "call": {"name": "timer", "arguments": {"minutes": 5}},
            "result": "set",
            "assistant": "Five minutes, starting now.",
        },
        {"user": "Will it rain tomorrow?", "assistant": "I cannot know that from here."},
    ],
}


def _file(folder: Path, *talks: Mapping[str, object]) -> Path:
    file = folder / "talks.jsonl"
    file.write_text("\n".join(json.dumps(talk) for talk in talks), encoding="utf-8")
    return file


def test_a_turn_is_as_the_agent_would_have_read_it(tmp_path: Path) -> None:
    (talk,) = read([_file(tmp_path, TALK)])
    assert [message.role for message in talk.messages[:3]] == ["system", "user", "assistant"]
    asked = talk.messages[1].text
    assert asked.startswith('| [1] text in view: "Exit"')
    assert "Tuesday, 16 March 2027, 14:05" in asked and "spoken" in asked
    assert "[1]" not in talk.messages[3].text


def test_what_a_tool_says_is_not_learned(tmp_path: Path) -> None:
    (talk,) = read([_file(tmp_path, TALK)])
    assert {talk.messages[place].text for place in talk.learned} == {
        "Exit [1].",
        "I cannot know that from here.",
    }


def test_facts_are_read_but_not_learned_and_hard_kinds_come_twice(tmp_path: Path) -> None:
    fact = TALK | {
        "group": "facts",
        "turns": [{"user": "Why is the sky blue?", "assistant": "Air."}],
    }
    talks = list(read([_file(tmp_path, TALK, fact)]))
    assert [talk.group for talk in weighed(talks)] == ["unknowable", "unknowable"]
    assert talks[1].learned == frozenset()


def test_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        list(read([_file(tmp_path, {"id": "x"})]))
    with pytest.raises(UserError):
        list(read([tmp_path / "nothing.jsonl"]))
