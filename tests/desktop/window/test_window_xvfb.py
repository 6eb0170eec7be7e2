"""The real program on a real X server with a real window manager, typed into from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from agent.memory.history import History
from tests.screen import display, xdotool
from tests.waiting import until

__all__ = ["display"]

ROOT = Path(__file__).parents[3]
TITLE_BAR = 18
PROGRAM = """
import sys
from pathlib import Path
from desktop import app
from desktop.session import children
from desktop.setup import first_run
actor, notes = sys.argv.pop(), sys.argv.pop()
first_run.FirstRun.needed = property(lambda self: False)
command = lambda module: [sys.executable, actor, module, "answer", notes]
children.Children.__init__.__defaults__ = (command, children.time.monotonic, None)
sys.exit(app.run_window())
"""


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
    actor = Path(__file__).parents[1] / "children_actor.py"
    words = [sys.executable, "-c", PROGRAM, str(notes), str(actor)]
    return subprocess.Popen(words, env=environment, cwd=ROOT, stderr=errors)


def test_typing_in_the_real_window_asks_and_closing_ends_everything(
    environment: dict[str, str], tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    window = _open(environment, notes)
    search = ("search", "--onlyvisible", "--name", "Candor")
    assert until(lambda: bool(xdotool(environment, *search).stdout)), "no window came"
    assert until(lambda: notes.exists() and "perception" in notes.read_text())
    _stands_on_the_screen(environment, search)
    children = psutil.Process(window.pid).children(recursive=True)
    xdotool(environment, *search, "windowactivate", "--sync")
    xdotool(environment, "type", "--delay", "15", "hello there")
    xdotool(environment, "key", "shift+Return")
    xdotool(environment, "type", "--delay", "15", "two lines")
    xdotool(environment, "key", "Return")
    asked = "text='hello there\\ntwo lines'"
    assert until(lambda: asked in notes.read_text().replace("\\\\n", "\\n")), notes.read_text()
    second = _open(environment, notes, subprocess.PIPE)
    _, complaint = second.communicate(timeout=60)
    assert second.returncode != 0
    assert b"already open" in complaint
    xdotool(environment, "type", "--delay", "15", "unsent words")
    xdotool(environment, "key", "ctrl+q")
    assert window.wait(30) == 0
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive
    home = Path(environment["CANDOR_HOME"])
    assert "unsent words" in (home / "window.json").read_text()
    History(home / "history.db").close()


@pytest.mark.slow
def test_a_window_comes_back_where_it_was(environment: dict[str, str], tmp_path: Path) -> None:
    search = ("search", "--onlyvisible", "--name", "Candor")
    places = list[list[bytes]]()
    for start in range(3):
        window = _open(environment, tmp_path / "notes")
        assert until(lambda: bool(xdotool(environment, *search).stdout)), "no window came"
        xdotool(environment, *search, "windowactivate", "--sync")
        if start == 0:
            xdotool(environment, *search, "windowsize", "--sync", "1270", "700")
            xdotool(environment, *search, "windowmove", "--sync", "4", "40")
        told = xdotool(environment, *search, "getwindowgeometry", "--shell").stdout
        wanted = (b"X=", b"Y=", b"WIDTH=", b"HEIGHT=")
        places.append([line for line in told.splitlines() if line.startswith(wanted)])
        xdotool(environment, "key", "ctrl+q")
        assert window.wait(30) == 0
    assert len(places[0]) == 4
    assert places[0] == places[1] == places[2]


def _stands_on_the_screen(environment: dict[str, str], search: tuple[str, ...]) -> None:
    told = xdotool(environment, *search, "getwindowgeometry", "--shell").stdout.decode()
    place = {k: int(v) for k, v in (line.split("=") for line in told.split())}
    assert place["WIDTH"] <= 1280
    assert place["HEIGHT"] <= 800 - TITLE_BAR, "its frame stands on the screen too"


def test_no_display_is_one_sentence_with_what_to_do(environment: dict[str, str]) -> None:
    for name in ("", ":987"):
        told = subprocess.run(
            [sys.executable, "-m", "desktop"],
            env={**environment, "DISPLAY": name},
            cwd=ROOT,
            capture_output=True,
            check=False,
            text=True,
        )
        assert told.returncode == 1
        assert "display" in told.stderr
        assert "candor chat" in told.stderr
        assert "Traceback" not in told.stderr
