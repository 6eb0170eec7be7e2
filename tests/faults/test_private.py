"""`--private` leaves nothing: neither the words nor the turn are in any file afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from agent.settings import (
    Settings,
    config_folder,
    data_folder,
    save,
)
from tests.faults.conftest import Record

ROOT = Path(__file__).parents[2]
_WORD = "zanzibarische"


@pytest.mark.parametrize("command", ["ask", "chat"])
def test_a_private_turn_leaves_no_trace(
    command: str, models: Callable[[str], Path], tmp_path: Path, record: Record
) -> None:
    models("smollm2-135m-instruct")
    small = replace(Settings(), dialogue_model="smollm2-135m-instruct", dialogue_engine="gguf")
    save(small, config_folder() / "settings.toml")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    question = f"Repeat after me: {_WORD} Gewürze."
    words = ["ask", question, "--private", "--json"] if command == "ask" else ["chat", "--private"]
    done = subprocess.run(
        [sys.executable, "-m", "desktop", *words],
        input="" if command == "ask" else question + "\n",
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(temporary),
            "HOME": str(tmp_path),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        },
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    files = [path for place in (data_folder(), tmp_path) for path in place.rglob("*")]
    told = [path for path in files if path.is_file() and _WORD.encode() in path.read_bytes()]
    names = {path.name for path in files}
    assert not names & {"history.db", "audit.jsonl", "audit.head", "prompts"}, names
    assert {path.name for path in data_folder().rglob("*") if path.is_file()} <= {"settings.toml"}
    record(f"{command} --private", 1, len(told), "nothing is left on the disk")
