"""Commands are found by their files and by entry points."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from desktop.cli.main import main
from perception import discovery

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Entry points of `candor.command`; modules may be written into `tmp_path`."""
    values = list[str]()

    def entry_points(group: str) -> Sequence[EntryPoint]:
        return [EntryPoint(value, value, group) for value in values]

    monkeypatch.setattr(discovery, "entry_points", entry_points)
    monkeypatch.syspath_prepend(str(EXAMPLES))
    monkeypatch.syspath_prepend(str(tmp_path))
    return values


def test_the_example_is_a_command_like_any_other(
    installed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    installed.append("hello_command:register")
    assert main(["hello", "Ada"]) == 0
    assert capsys.readouterr().out == "Hello Ada.\n"
    assert main(["hello", " "]) == 1
    assert "There is nobody to greet." in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "raise RuntimeError('no such command')",
        "register = None",
        "def register(commands):\n    commands.add_parser('ask')",
    ],
)
def test_one_that_is_broken_is_named_and_left_out(
    installed: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    text: str,
) -> None:
    module = f"broken_command_{len(text)}"
    (tmp_path / f"{module}.py").write_text(text, encoding="utf-8")
    installed.extend([f"{module}:register", "hello_command:register"])
    assert main(["hello", "Ada"]) == 0
    assert capsys.readouterr().out == "Hello Ada.\n"
    assert f"the command of {module}:register is left out" in caplog.text


def test_import_takes_over_chats_and_lists_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    message = {"id": "a", "role": "user", "content": "Hi"}
    chats = [{"id": "c", "title": "Greeting", "messages": [message, 7]}]
    file = tmp_path / "export.json"
    file.write_text(json.dumps(chats))
    assert main(["import", str(file)]) == 0
    said = capsys.readouterr().out
    assert "Imported chats: 1, questions with answers: 1." in said
    assert "1 × damaged message in “Greeting”" in said
    assert main(["import", str(tmp_path / "none.json")]) == 1
