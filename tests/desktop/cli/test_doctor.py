"""`candor doctor`: one account, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.cli import offline
from desktop.cli.main import main
from desktop.cli.proof.types import Contact, Proof

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
    assert "There is no engine called magic." in capsys.readouterr().out


def test_what_an_earlier_version_left_is_told_and_removed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    models: Callable[[str], Path],
) -> None:
    models("minilm")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    file = tmp_path / "Microsoft" / "DeveloperTools" / ".onnxruntime" / "deviceid"
    file.parent.mkdir(parents=True)
    file.touch()
    main(["doctor"])
    assert f"Left behind:  {file}" in capsys.readouterr().out
    assert main(["doctor", "--clean"]) == 0
    said = capsys.readouterr().out
    assert f"Removed:      {file}" in said
    assert "Left behind" not in said
    assert not file.exists()


@pytest.mark.parametrize("found", [True, False])
def test_the_verdict_names_process_host_and_proof(
    found: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    models: Callable[[str], Path],
) -> None:
    models("minilm")
    contacts = (Contact(7, "look-up of the name", "home.test", "tool -x"),) if found else ()
    proof = Proof(("ask",), 0, "", "namespace", "all of it", "nothing", 3, contacts)
    monkeypatch.setattr(offline, "turns", lambda folder: [("ask",)])
    monkeypatch.setattr(offline, "prove", lambda command: proof)
    assert main(["doctor", "--offline"]) == int(found)
    said = capsys.readouterr().out
    assert ("NO: process 7 (tool -x): look-up of the name home.test" in said) is found
    assert ("Offline:      yes." in said) is not found
    assert "It sees all of it." in said and "It cannot see nothing." in said
