"""`candor models` from the words on the command line to the exit code."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.cli.main import main

Models = Callable[[str], Path]


@pytest.fixture
def stick(tmp_path: Path, models: Models) -> Path:
    """A folder with one small model, as `candor models bundle` would make it."""
    shutil.copytree(models("silero-vad"), tmp_path / "stick" / "silero-vad")
    return tmp_path / "stick"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stick: Path) -> Path:
    """An empty store of its own; only the stick can be asked."""
    monkeypatch.setenv("CANDOR_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    return tmp_path / "models"


def get(stick: Path) -> int:
    return main(["models", "get", "silero-vad", "--from", str(stick)])


def test_get_verify_remove(folder: Path, stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert get(stick) == 0
    assert main(["models", "verify"]) == 0
    assert "All as they should be: silero-vad." in capsys.readouterr().out
    assert main(["models", "remove", "silero-vad"]) == 0
    assert "2 MB are free again" in capsys.readouterr().out
    assert not (folder / "silero-vad").exists()


def test_a_damaged_file_is_named_with_what_mends_it(
    folder: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    get(stick)
    file = folder / "silero-vad" / "model.onnx"
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    assert main(["models", "verify", "silero-vad"]) == 1
    assert "is damaged; mend it with: candor models get silero-vad" in capsys.readouterr().out
    assert get(stick) == 0
    assert "is damaged and is fetched again" in capsys.readouterr().err
    assert main(["models", "verify", "silero-vad"]) == 0


def test_list_says_what_is_here(
    folder: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    get(stick)
    capsys.readouterr()
    assert main(["models", "list", "--json"]) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["silero-vad"]["state"] == "yes"
    assert rows["minilm"]["state"] == "no"
    assert main(["models"]) == 0
    assert f"folder: {folder}" in capsys.readouterr().out.replace("\n", "")


def test_bundle_fills_a_folder(folder: Path, stick: Path, tmp_path: Path) -> None:
    get(stick)
    assert main(["models", "bundle", str(tmp_path / "usb"), "silero-vad"]) == 0
    copied = (tmp_path / "usb" / "silero-vad" / "model.onnx").read_bytes()
    assert copied == (folder / "silero-vad" / "model.onnx").read_bytes()


def test_nothing_to_be_had_is_one_sentence_and_a_hint(
    folder: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "get", "centerface", "--from", str(stick)]) == 1
    error = capsys.readouterr().err
    assert "The model centerface could not be fetched" in error
    assert "candor models get centerface" in error


def test_bundling_what_is_not_here(folder: Path, tmp_path: Path) -> None:
    assert main(["models", "bundle", str(tmp_path / "usb"), "minilm"]) == 1


@pytest.mark.parametrize("words", [["models", "remove"], ["models", "nonsense"]])
def test_wrong_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2


@pytest.mark.parametrize("action", ["list", "get", "verify", "remove", "bundle"])
def test_every_action_has_an_example(action: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["models", action, "--help"])
    assert caught.value.code == 0
    assert f"candor models {action}" in capsys.readouterr().out.partition("examples:")[2]
