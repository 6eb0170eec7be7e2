"""The real program on a real X server with a real window manager, typed into from outside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from agent.history import History

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from pathlib import Path
from desktop import app, dispatch, firstrun
import desktop.children
actor, notes = sys.argv.pop(), sys.argv.pop()
firstrun.FirstRun.needed = property(lambda self: False)
command = lambda module: [sys.executable, actor, module, "answer", notes]
desktop.children.Children.__init__.__defaults__ = (command, desktop.children.time.monotonic)
sys.exit(app.run())
"""


def _until(what: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    for tool in ("Xvfb", "openbox", "xdotool"):
        assert shutil.which(tool), f"{tool} is missing: apt install xvfb openbox xdotool"
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as number:
        name = f":{number.readline().strip()}"
    manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": name})
    yield name
    for process in (manager, server):
        process.terminate()
        process.wait()


@pytest.fixture
def environment(display: str, tmp_path: Path) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    return {
        **inherited,
        "DISPLAY": display,
        "CANDOR_HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(ROOT),
        "QT_ACCESSIBILITY": "0",
    }


def _open(
    environment: dict[str, str], notes: Path, errors: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    actor = Path(__file__).with_name("children_actor.py")
    words = [sys.executable, "-c", PROGRAM, str(notes), str(actor)]
    return subprocess.Popen(words, env=environment, cwd=ROOT, stderr=errors)


def _xdotool(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["xdotool", *words], env=environment, check=False, capture_output=True)


def test_typing_in_the_real_window_asks_and_closing_ends_everything(
    environment: dict[str, str], tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    window = _open(environment, notes)
    search = ("search", "--onlyvisible", "--name", "Candor")
    assert _until(lambda: bool(_xdotool(environment, *search).stdout)), "no window came"
    assert _until(lambda: notes.exists() and "perception" in notes.read_text())
    children = psutil.Process(window.pid).children(recursive=True)
    _xdotool(environment, *search, "windowactivate", "--sync")
    _xdotool(environment, "type", "--delay", "15", "hello there")
    _xdotool(environment, "key", "shift+Return")
    _xdotool(environment, "type", "--delay", "15", "two lines")
    _xdotool(environment, "key", "Return")
    asked = "text='hello there\\ntwo lines'"
    assert _until(lambda: asked in notes.read_text().replace("\\\\n", "\\n")), notes.read_text()
    second = _open(environment, notes, subprocess.PIPE)
    _, complaint = second.communicate(timeout=60)
    assert second.returncode != 0
    assert b"already open" in complaint
    _xdotool(environment, "type", "--delay", "15", "unsent words")
    _xdotool(environment, "key", "ctrl+q")
    assert window.wait(30) == 0
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive
    home = Path(environment["CANDOR_HOME"])
    assert "unsent words" in (home / "window.json").read_text()
    History(home / "history.db").close()


def test_no_display_is_one_sentence_with_what_to_do(environment: dict[str, str]) -> None:
    for display in ("", ":987"):
        told = subprocess.run(
            [sys.executable, "-m", "desktop"],
            env={**environment, "DISPLAY": display},
            cwd=ROOT,
            capture_output=True,
            check=False,
            text=True,
        )
        assert told.returncode == 1
        assert "display" in told.stderr
        assert "candor chat" in told.stderr
        assert "Traceback" not in told.stderr
