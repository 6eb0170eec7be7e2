"""The options before the command: --debug, --trace, --home."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from agent.settings import config_folder, data_folder, models_folder
from desktop.cli.main import main
from desktop.cli.options import add_options, apply_options
from perception.logs import DEBUG
from perception.trace import TRACE
from perception.types import UserError

ROOT = Path(__file__).parents[3]
SMALL = "smollm2-135m-instruct"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the options set is taken back."""
    for name in (DEBUG, TRACE, "CANDOR_HOME", "CANDOR_MODELS"):
        monkeypatch.setenv(name, os.environ.get(name, ""))


def use(*words: str) -> None:
    parser = argparse.ArgumentParser()
    add_options(parser)
    apply_options(parser.parse_args(words))


def test_a_home_holds_everything_but_the_models(tmp_path: Path) -> None:
    before = models_folder()
    use("--home", str(tmp_path / "trial"))
    assert data_folder() == config_folder() == tmp_path / "trial"
    assert (tmp_path / "trial").is_dir() and models_folder() == before


def test_a_home_with_models_of_its_own_uses_them(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    use("--home", str(tmp_path))
    assert models_folder() == tmp_path / "models"


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be made"):
        use("--home", str(tmp_path / "file" / "home"))


def test_topics_reach_the_environment_of_the_children(capsys: pytest.CaptureFixture[str]) -> None:
    use("--debug", "turn,models")
    assert os.environ[DEBUG] == "turn,models"
    with pytest.raises(SystemExit):
        main(["--debug", "weather", "doctor"])
    assert "weather is no topic" in capsys.readouterr().err


def test_the_trace_has_a_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    use("--trace", "run.jsonl")
    assert os.environ[TRACE] == str(tmp_path / "run.jsonl")
    assert (tmp_path / "run.jsonl").read_bytes() == b""


def _candor(*words: str, given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "desktop.cli.main", *words],
        input=given,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.mark.parametrize("command", ["ask", "chat"])
def test_a_run_can_be_followed(command: str, models: Callable[[str], Path], tmp_path: Path) -> None:
    models(SMALL)
    trace, home = tmp_path / "trace.jsonl", tmp_path / "home"
    before = ("--home", str(home), "--trace", str(trace), "--debug", "turn,models")
    words = (
        ("ask", "--model", SMALL, "Say yes.") if command == "ask" else ("chat", "--model", SMALL)
    )
    errors = _candor(*before, *words, given="Say yes.\n" if command == "chat" else "")
    told = [json.loads(line) for line in trace.read_text("utf-8").splitlines()]
    ways = {(line["from"], line["to"], line["kind"]) for line in told}
    assert ("desktop", "mind", "Question") in ways
    assert {("mind", "desktop", "Asked"), ("mind", "desktop", "Reply")} <= ways
    # Two threads may write at once, so one line may stand a moment before an earlier one.
    assert all(one["at"] < two["at"] + 0.05 for one, two in pairwise(told))
    assert "candor.models: chosen" in errors and "candor.turn: " in errors
    assert (home / "history.db").exists()
