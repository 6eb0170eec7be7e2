"""`candor doctor`: one account, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.cli.main import main

DEFAULT = ("qwen2.5-coder-1.5b-instruct", "whisper-base", "minilm")


def test_all_is_well(capsys: pytest.CaptureFixture[str], models: Callable[[str], Path]) -> None:
    for name in DEFAULT:
        models(name)
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "because:      " in said
    assert said.endswith("All is well.\n")


def test_one_json_object(capsys: pytest.CaptureFixture[str], models: Callable[[str], Path]) -> None:
    for name in DEFAULT:
        models(name)
    assert main(["doctor", "--json"]) == 0
    account = json.loads(capsys.readouterr().out)
    assert account["choice"]["reason"]
    assert account["problems"] == []
    assert {model["id"] for model in account["models"]} >= {"whisper-base", "minilm"}


def test_missing_models_are_named_with_what_mends_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CANDOR_MODELS", str(tmp_path / "none"))
    assert main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert " models are missing or not whole. Run: candor models get qwen2.5-coder" in said


def test_a_setting_that_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path))
    (tmp_path / "settings.toml").write_text('dialogue_engine = "magic"\n')
    assert main(["doctor"]) == 1
    assert "There is no dialogue engine called magic." in capsys.readouterr().out
