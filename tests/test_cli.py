"""The command line as its users meet it: help, exit codes, one JSON object, pipes, Control-C."""

from __future__ import annotations

import json
import os
import pkgutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from desktop.cli import commands

pytestmark = pytest.mark.slow

SMALL = "smollm2-135m-instruct"
COMMANDS = (
    (),
    # `import` is no name that a module may have.
    *((module.name.removesuffix("_chats"),) for module in pkgutil.iter_modules(commands.__path__)),
    *(("models", action) for action in ("list", "get", "verify", "remove", "bundle")),
)
FIELDS = {"heard", "scene", "reply", "sentences", "why", "timings_ms", "model", "device", "server"}


def start(*words: str, **more: str) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-m", "desktop.cli.main", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": root, **more},
    )


def candor(*words: str, given: bytes = b"", **more: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one command."""
    with start(*words, **more) as process:
        out, err = process.communicate(given, timeout=240)
    return process.returncode, out.decode(), err.decode()


def turns() -> list[tuple[str, str]]:
    with sqlite3.connect(Path(os.environ["CANDOR_HOME"]) / "history.db") as history:
        return history.execute("SELECT asked, ended FROM turns").fetchall()


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(words: Sequence[str]) -> None:
    code, out, _ = candor(*words, "--help")
    assert code == 0
    assert "examples:" in out
    assert f"candor {words[0] if words else 'ask'}" in out.partition("examples:")[2]


@pytest.mark.parametrize("words", [("nonsense",), ("ask", "--nonsense"), ("models", "remove")])
def test_wrong_usage_is_2(words: Sequence[str]) -> None:
    code, out, err = candor(*words)
    assert (code, out) == (2, "")
    assert "usage:" in err


def test_json_is_one_object_with_the_promised_fields(models: Callable[[str], Path]) -> None:
    models(SMALL)
    code, out, _ = candor("ask", "--model", SMALL, "--json", "Say yes.")
    told = json.loads(out)
    assert code == 0 and told.keys() == FIELDS
    assert told["heard"] is None and told["scene"] is None
    assert told["reply"].keys() == {"text", "ended"} and told["reply"]["ended"] == "done"
    assert told["sentences"][0].keys() == {"text", "verdict", "evidence", "confidence"}
    assert told["model"] == SMALL and told["device"] == "cpu"
    times = told["timings_ms"]
    assert 0 < times["first_token"] <= times["total"] and times["loading"] > 0


def test_a_failed_turn_is_one_object_too(models: Callable[[str], Path], tmp_path: Path) -> None:
    models(SMALL)
    (tmp_path / "picture.jpg").write_text("this is text")
    picture = str(tmp_path / "picture.jpg")
    code, out, err = candor("ask", "--model", SMALL, "--json", "What is it?", "--look", picture)
    told = json.loads(out)
    assert code == 1 and told.keys() == FIELDS | {"errors"}
    assert told["reply"] == {"text": "", "ended": "failed"}
    assert told["why"]["message"] == "The picture is not a picture that can be read."
    assert told["why"]["message"] in err and "Traceback" not in err
    assert turns() == [("What is it?", "failed")]


def test_a_turn_that_cannot_begin_is_one_object_too() -> None:
    code, out, err = candor("ask", "--json", "--profile", "nonsense", "hello")
    told = json.loads(out)
    assert code == 1 and told.keys() == FIELDS | {"errors"}
    assert "nonsense" in told["errors"][0]["message"] and "everyday" in err


@pytest.fixture
def heeding_control_c() -> Iterator[None]:
    """A shell's background job, as a build may be, would hand on that SIGINT is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeding_control_c")
def test_control_c_is_130_and_closes_the_turn(models: Callable[[str], Path]) -> None:
    models(SMALL)
    with start("ask", "--model", SMALL, "Tell me a very long story.") as process:
        assert process.stdout is not None
        process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.decode().strip() == "Cancelled."
    assert turns() == [("Tell me a very long story.", "interrupted")]


def test_a_reader_that_goes_away_gets_no_traceback(models: Callable[[str], Path]) -> None:
    models(SMALL)
    with start("ask", "--model", SMALL, "Tell me a very long story.") as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        err = process.stderr.read().decode()
        process.wait(60)
    assert (process.returncode, err) == (1, "")
    assert [ended for _, ended in turns()] == ["interrupted"]


def test_chat_reads_a_pipe(models: Callable[[str], Path], tmp_path: Path) -> None:
    models(SMALL)
    lines = b"/why\n/look\n/look /nowhere.jpg\nSay yes.\n/why\n/quit\nThis is never asked.\n"
    code, out, err = candor("chat", "--model", SMALL, given=lines)
    assert code == 0
    assert out.startswith("There is no answer yet.\n")
    assert "Nothing was changed." in out
    assert "No picture is named." in err and "/nowhere.jpg cannot be read" in err
    assert turns() == [("Say yes.", "done")]


def test_two_at_once_share_the_history(models: Callable[[str], Path]) -> None:
    from safety.audit import verify

    models(SMALL)
    began = time.time()
    both = [start("ask", "--model", SMALL, f"Say {word}.") for word in ("yes", "no")]
    for process in both:
        with process:
            _, err = process.communicate(timeout=240)
            assert (process.returncode, err.decode()) == (0, "")
    assert sorted(turns()) == [("Say no.", "done"), ("Say yes.", "done")]
    log = Path(os.environ["CANDOR_HOME"]) / "audit.jsonl"
    assert log.stat().st_mtime >= began - 1
    assert (verify(log).lines, verify(log).broken) == (2, 0)


def test_binary_in_a_chat_is_told() -> None:
    code, _, err = candor("chat", given=b"\xff\xfe\x00\x80 \n", LC_ALL="C", PYTHONUTF8="0")
    assert code == 1
    assert "Standard input is not text." in err and "Traceback" not in err
