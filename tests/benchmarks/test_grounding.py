"""The benches of grounding and tools on a model that says what it is told to."""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from pathlib import Path

import pytest

from agent.dialogue import Sampling, Token
from agent.tools.types import Call, written
from agent.types import Message
from benchmarks import grounding, tools
from benchmarks.parts.tuned import Answerer
from perception.types import UserError


class _Parrot:
    """Answers each question by its last line."""

    name, device, reason, context = "parrot", "cpu", "", 4096
    control_tokens = frozenset[str]()

    def __init__(self, answers: dict[str, str]) -> None:
        self._answers = answers

    def generate(self, messages: Sequence[Message], sampling: Sampling) -> Generator[Token]:
        assert sampling.grammar and messages[0].role == "system"
        asked = messages[-1].text.splitlines()[-1]
        yield Token(self._answers.get(asked, "I cannot tell."), 1.0, "stop")

    def prefill(self, messages: Sequence[Message], growing: bool = False) -> Generator[None]:
        yield

    def count(self, text: str) -> int:
        return len(text)

    def close(self) -> None:
        pass


@pytest.fixture
def paragraphs(tmp_path: Path) -> Path:
    file = tmp_path / "p.jsonl"
    row = {
        "title": "Bridge",
        "context": "The bridge opened in 1887. It is red.",
        "qas": [
            {"question": "When did it open?", "answers": ["1887"], "is_impossible": False},
            {"question": "What colour is it?", "answers": ["red"], "is_impossible": False},
            {"question": "Who built it?", "answers": [], "is_impossible": True},
        ],
    }
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return file


def test_right_wrong_and_abstained_are_counted(paragraphs: Path) -> None:
    asked = grounding.paragraphs([paragraphs], 10)
    assert asked[0].data == '[1] Bridge p. 1: "The bridge opened in 1887. It is red."'
    base = _Parrot({"When did it open?": "In 1890.", "Who built it?": "Anna."})
    tuned = _Parrot({"When did it open?": "In 1887 [1].", "What colour is it?": "Blue."})
    rows = grounding.answered([Answerer("base", base), Answerer("adapter", tuned)], asked)
    found = grounding.summary(rows, ["base", "adapter"])["paragraphs"]
    shares = {
        name: [found[name][kind][judged]["value"] for kind in ("answerable", "unanswerable")
               for judged in ("right", "wrong", "abstained")]
        for name in ("base", "adapter")
    }  # fmt: skip
    assert shares == {"base": [0, 0.5, 0.5, 0, 1, 0], "adapter": [0.5, 0.5, 0, 0, 0, 1]}
    assert found["wrong_of_base"]["value"] == 0.5


def test_scenes_of_its_own_need_no_file() -> None:
    asked = grounding.scenes(50)
    assert len(asked) == 50 and all(item.data.startswith("[1]") for item in asked)
    assert 10 < sum(not item.accepted for item in asked) < 30


def test_a_file_of_something_else_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"a": 1}', encoding="utf-8")
    with pytest.raises(UserError, match=r"x\.jsonl cannot be read as paragraphs"):
        grounding.paragraphs([file], 5)
    with pytest.raises(UserError, match=r"x\.jsonl cannot be read as dialogues"):
        tools.outside(file)


def test_calls_are_judged_by_tool_and_arguments() -> None:
    asked = tools.own(10)[:10]
    right = {item.messages[-1].text: written(item.call) for item in asked if item.call}
    rows = tools.answered(
        [Answerer("base", _Parrot({})), Answerer("adapter", _Parrot(right))], asked
    )
    assert all(row.right == (False, True) and row.well_formed == (True, True) for row in rows)


def test_glaives_format(tmp_path: Path) -> None:
    schema = {"type": "object", "properties": {"items": {"type": "array"}}, "required": ["items"]}
    row = {
        "tools": json.dumps([{"name": "find", "description": "d", "parameters": schema}]),
        "messages": [
            {"role": "user", "content": "I have rice."},
            {"role": "tool_call", "content": '{"name": "find", "arguments": {"items": ["rice"]}}'},
        ],
    }
    file = tmp_path / "glaive.jsonl"
    file.write_text(json.dumps(row), encoding="utf-8")
    (item,) = tools.outside(file)
    assert item.call == Call("find", {"items": ["rice"]}) and item.tools[0].parameters[0].required


def test_guided_dialogues(tmp_path: Path) -> None:
    schema = {
        "service_name": "Alarm_1",
        "slots": [{"name": "at", "is_categorical": False, "possible_values": []}],
        "intents": [
            {"name": "Add", "description": "d", "required_slots": ["at"], "optional_slots": {}}
        ],
    }
    said = {"role": "user", "content": "At six.", "service": "Alarm_1", "intent": "Add"}
    row = {"services": ["Alarm_1"], "messages": [{**said, "slot_values": {"at": ["six"]}}]}
    vague = {"services": ["Alarm_1"], "messages": [{**said, "slot_values": {}}]}
    file = tmp_path / "sgd_dev.jsonl"
    file.write_text(f"{json.dumps(row)}\n{json.dumps(vague)}", encoding="utf-8")
    (tmp_path / "sgd_dev_schema.json").write_text(json.dumps([schema]), encoding="utf-8")
    (item,) = tools.outside(file)
    assert item.call == Call("Add", {"at": "six"})
