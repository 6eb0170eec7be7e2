"""A model file that cannot be used: one clear sentence each, and the answering one stays."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import psutil  # type: ignore[import-untyped]
import pytest

from agent.codes import AgentCode
from agent.dialogue import gguf
from agent.engines.probe import probe
from perception.types import UserError
from tests.tiny_models import make


def test_an_unknown_architecture_is_named(tmp_path: Path) -> None:
    file = make(tmp_path / "new.gguf", "tomorrow")
    with pytest.raises(UserError) as told:
        probe(file)
    assert told.value.code == AgentCode.ARCHITECTURE_UNKNOWN
    assert "tomorrow" in told.value.message
    assert file.exists()


def test_a_file_without_a_chat_template_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    file = make(tmp_path / "base.gguf", "qwen3", template="")
    with pytest.raises(UserError) as told:
        gguf.load(file, "cpu", 1)
    assert told.value.code == AgentCode.FILE_HAS_NO_TEMPLATE


def test_a_template_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    file = make(tmp_path / "odd.gguf", "qwen3", template="{% for %}")
    with pytest.raises(UserError) as told:
        gguf.load(file, "cpu", 1)
    assert told.value.code == AgentCode.TEMPLATE_UNREADABLE


def test_a_model_larger_than_memory_is_not_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make(tmp_path / "large.gguf", "qwen35")
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=1_000_000))
    with pytest.raises(UserError) as told:
        gguf.load(file, "cpu", 1)
    assert told.value.code == AgentCode.NOT_ENOUGH_MEMORY
