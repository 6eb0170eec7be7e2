"""A model's speed, measured in a child and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.codes import AgentCode
from agent.engines.speed import Speed, Speeds, measure
from perception.types import UserError
from tests.tiny_models import make


def test_a_model_is_measured(tmp_path: Path) -> None:
    speed = measure(make(tmp_path / "tiny.gguf", "qwen35"), 1)
    assert speed.answer > 10
    assert speed.prompt > 10


def test_what_cannot_be_used_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        measure(make(tmp_path / "tiny.gguf", "qwen3", template=""))
    assert told.value.code == AgentCode.FILE_HAS_NO_TEMPLATE


def test_speeds_are_kept_and_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "own" / "speeds.json"
    Speeds(file).keep("one", Speed(12.5, 60.0))
    Speeds(file).keep("two", Speed(3.0, 9.0))
    Speeds(file).keep("one", None)
    assert Speeds(file).known() == {"two": Speed(3.0, 9.0)}


@pytest.mark.parametrize("text", ["", "{", '{"speeds": {"a": 1}}', "[]"])
def test_a_broken_file_is_no_speed(tmp_path: Path, text: str) -> None:
    file = tmp_path / "speeds.json"
    file.write_text(text)
    assert Speeds(file).known() == {}
