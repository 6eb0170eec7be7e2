"""`candor train`: help, clear errors and exit codes, without any training."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.cli.main import main


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("agent.adapters.store.SHIPPED", tmp_path / "none")


@pytest.mark.parametrize(
    "action",
    [
        "prepare",
        "run",
        "resume",
        "list",
        "estimate",
        "evaluate",
        "switch",
        "back",
        "export",
        "delete",
        "voice",
    ],
)
def test_each_action_has_help_with_examples(
    action: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["train", action, "--help"])
    assert ended.value.code == 0
    assert "candor train run examples.csv" in capsys.readouterr().out


def test_no_adapter_yet(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["train"]) == 0
    assert "There is no adapter yet." in capfd.readouterr().out
    assert main(["train", "list", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert (told["event"], told["adapters"], told["open"]) == ("listed", [], [])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["switch", "nothing"], "There is no adapter called nothing."),
        (["prepare"], "There is nothing to learn from."),
        (["prepare", "nowhere.csv"], "nowhere.csv is not there."),
        (["prepare", "--history"], "There is no history"),
        (["resume", "nothing"], "There is no training nothing whose options are known."),
        (["voice", "nowhere", "--name", "me"], "nowhere is no folder."),
        (["back", "--model", "some/model"], "No adapter is on for some/model."),
    ],
)
@pytest.mark.torch
def test_errors_are_sentences(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", *words]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.torch
def test_one_row_is_refused_with_advice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.csv").write_text("question,answer\nWho?,Me.\n")
    assert main(["train", "run", str(tmp_path / "one.csv"), "--name", "x"]) == 1
    told = capsys.readouterr().out
    assert "Different examples: 1" in told
    assert "Add more" in told
