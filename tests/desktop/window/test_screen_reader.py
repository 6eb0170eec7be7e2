"""The real window through AT-SPI, as Orca would meet it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.window.test_window_xvfb import PROGRAM, ROOT
from tests.screen import display, xdotool
from tests.waiting import until

__all__ = ["display"]

SEARCH = ("search", "--onlyvisible", "--name", "Candor")
# The bus must stand before the program begins, or Qt does not join it.
SESSION = """
/usr/libexec/at-spi-bus-launcher --launch-immediately & launcher=$!
sleep 1
/usr/bin/python3 "$READER" > "$MET" 2>"$MET.errors" & reader=$!
"$@" & program=$!
wait $program
kill $reader $launcher
"""


@pytest.fixture
def met(display: str, tmp_path: Path) -> Iterator[Path]:
    """The file in which the reader writes what it meets in a running Candor."""
    here = Path(__file__).parents[1]
    notes = tmp_path / "met"
    inherited = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    environment = {
        **inherited,
        "DISPLAY": display,
        "CANDOR_HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(ROOT),
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "READER": str(here / "reader.py"),
        "MET": str(notes),
    }
    actor = str(here / "children_actor.py")
    program = [sys.executable, "-c", PROGRAM, str(tmp_path / "notes"), actor]
    session = subprocess.Popen(
        ["dbus-run-session", "--", "bash", "-c", SESSION, "session", *program],
        env=environment,
        cwd=ROOT,
    )
    assert until(lambda: bool(xdotool(environment, *SEARCH).stdout), 60), "no window came"
    xdotool(environment, *SEARCH, "windowactivate", "--sync")
    yield notes
    xdotool(environment, "key", "ctrl+q")
    assert session.wait(30) == 0


def _lines(met: Path) -> set[tuple[str, ...]]:
    text = met.read_text(encoding="utf-8") if met.exists() else ""
    return {tuple(line.split("|")) for line in text.splitlines()}


def _answers(met: Path) -> set[str]:
    return {line[2].strip() for line in _lines(met) if line[:2] == ("label", "Candor answered")}


def _misplaced(met: Path) -> list[str]:
    """What is out of order at the last look that is over."""
    looks = met.read_text(encoding="utf-8").split("\nlook\n")
    return [line for line in looks[-2].splitlines() if line.startswith("order|")]


def test_a_screen_reader_meets_names_and_hears_the_answer(met: Path, display: str) -> None:
    def named(role: str, name: str) -> bool:
        return any(line[:2] == (role, name) for line in _lines(met))

    assert until(lambda: named("text", "Your question"), 30), "\n".join(
        map(str, sorted(_lines(met)))
    )
    assert until(lambda: named("button", "Talk") or named("push button", "Talk"), 30)
    environment = {**os.environ, "DISPLAY": display}
    xdotool(environment, "type", "--delay", "15", "hello")
    xdotool(environment, "key", "Return")
    assert until(lambda: ("said", "So far.") in _lines(met), 30), "\n".join(
        map(str, sorted(_lines(met)))
    )
    assert until(lambda: "So far." in _answers(met), 30), "\n".join(map(str, sorted(_lines(met))))
    for key, title in (("F1", "All actions and keys"), ("ctrl+comma", "Settings")):
        assert until(lambda: _misplaced(met) == [], 20), _misplaced(met)
        xdotool(environment, "key", key)
        assert until(lambda title=title: named("dialog", title), 20), title  # type: ignore[misc]
        assert until(lambda: _misplaced(met) == [], 20), _misplaced(met)
        xdotool(environment, "key", "Escape")
