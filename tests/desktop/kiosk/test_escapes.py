"""The real kiosk on a real X server with openbox: what a visitor may try, and none of it leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from tests.screen import display, xdotool
from tests.waiting import until

__all__ = ["display"]

ROOT = Path(__file__).parents[3]
WHOLE = "1280x800+0+0"
PROGRAM = """
import sys
from desktop.kiosk import app
from desktop.session import children
actor, notes = sys.argv.pop(), sys.argv.pop()
command = lambda module: [sys.executable, actor, module, "links", notes]
children.Children.__init__.__defaults__ = (command, children.time.monotonic, None)
sys.exit(app.run_kiosk("museum"))
"""
KEYS = """
Escape alt+F4 alt+Tab alt+shift+Tab super Super_L super+d super+e super+r super+l super+space
super+F1 super+F4 ctrl+alt+t ctrl+alt+Left ctrl+alt+Right ctrl+alt+Up ctrl+alt+Down ctrl+o
ctrl+p ctrl+s ctrl+q ctrl+w ctrl+n ctrl+t ctrl+k ctrl+f ctrl+h ctrl+j ctrl+l ctrl+comma
ctrl+shift+i ctrl+shift+m ctrl+shift+n ctrl+shift+Escape ctrl+Escape alt+Escape alt+space alt+F1
alt+F2 alt+F3 alt+F7 alt+F8 alt+F9 alt+F10 alt+Home alt+Left alt+d F1 F2 F3 F4 F5 F6 F7 F10 F11
F12 shift+F1 shift+F10 ctrl+F10 Print alt+Print ctrl+Print Menu XF86HomePage XF86Mail
XF86Explorer XF86WWW Help ctrl+c ctrl+v ctrl+x ctrl+shift+v shift+Insert ctrl+z ctrl+plus
ctrl+minus ctrl+0 ctrl+Tab
""".split()  # noqa: SIM905
"""Keys that leave, open or bring in something anywhere else."""

PLACES = ["3 3", "1276 3", "3 796", "1276 796", "640 400", "640 200", "300 300", "640 740"]
POINTER = {
    **{f"right click at {at}": f"mousemove {at} click 3" for at in PLACES},
    **{f"middle click at {at}": f"mousemove {at} click 2" for at in PLACES[:5]},
    "move the window": "mousemove 640 300 keydown alt mousedown 1 mousemove 900 500 mouseup 1 "
    "keyup alt",
    "resize the window": "mousemove 640 300 keydown alt mousedown 3 mousemove 900 500 mouseup 3 "
    "keyup alt",
    "lower the window": "mousemove 640 300 keydown alt click 2 keyup alt",
    "another desktop by wheel": "mousemove 640 300 keydown alt click 4 click 5 keyup alt",
    "zoom by wheel": "mousemove 640 300 keydown ctrl click 4 click 5 keyup ctrl",
    "long press": "mousemove 640 300 mousedown 1 sleep 1.2 mouseup 1",
    "drag of an answer out": "mousemove 300 260 mousedown 1 mousemove 700 300 "
    "mousemove 1279 799 mouseup 1",
    "back button": "mousemove 640 300 click 8 click 9",
    "links in the answer": " ".join(
        f"mousemove {x} {y} click 1" for x in (60, 130, 200, 280, 360, 480) for y in (170, 200, 240)
    ),
    "a path and an address in the field": "type --delay 2 file:///etc/passwd",
    "many keys held": "keydown a keydown ctrl keydown alt keydown Delete keyup Delete keyup alt "
    "keyup ctrl keyup a",
    "closing it from outside": "search --onlyvisible --name Candor windowquit",
    "minimising it from outside": "search --onlyvisible --name Candor windowminimize",
    "another desktop from outside": "set_desktop 1",
}
STARTS = [
    [],
    ["window"],
    ["quick"],
    ["kiosk", "--profile", "museum"],
    ["kiosk", "--profile", "clinic"],
]
"""Second starts of the program, with arguments."""


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


def _windows(environment: Mapping[str, str]) -> set[bytes]:
    """The windows that are seen."""
    return set(xdotool(environment, "search", "--onlyvisible", "--name", ".").stdout.split())


def _stands(environment: Mapping[str, str], window: bytes) -> bool:
    """Whether the kiosk alone is seen, over the whole screen, with the keyboard."""
    told = xdotool(environment, "getwindowgeometry", "--shell", window.decode()).stdout.decode()
    values = dict(line.split("=", 1) for line in told.splitlines() if "=" in line)
    place = "{WIDTH}x{HEIGHT}+{X}+{Y}".format_map(values) if "WIDTH" in values else ""
    focused = xdotool(environment, "getwindowfocus").stdout.strip()
    alone = _windows(environment) == {window}
    return alone and place == WHOLE and focused == window


def _processes() -> set[int]:
    """All that this test and what it started have started: openbox's too."""
    return {each.pid for each in psutil.Process().children(recursive=True)}


@pytest.mark.slow
def test_no_attempt_leaves_the_kiosk(environment: dict[str, str], tmp_path: Path) -> None:
    notes, actor = tmp_path / "notes", Path(__file__).parents[1] / "children_actor.py"
    words = [sys.executable, "-c", PROGRAM, str(notes), str(actor)]
    kiosk = subprocess.Popen(words, env=environment, cwd=ROOT)
    try:
        assert until(lambda: len(_windows(environment)) == 1, 60), "no window came"
        (window,) = _windows(environment)
        assert until(lambda: notes.exists() and "perception" in notes.read_text(), 60)
        assert until(lambda: _stands(environment, window))
        _enter_session(environment, notes)
        before = _processes()
        left = [each for each in _attempts(environment) if not _held(environment, window, before)]
        assert not left
        assert kiosk.poll() is None
    finally:
        kiosk.terminate()
        assert kiosk.wait(30) == 0


def test_there_are_enough_attempts() -> None:
    assert len(KEYS) + len(POINTER) + len(STARTS) >= 60


def _enter_session(environment: Mapping[str, str], notes: Path) -> None:
    """Begin a visit, say Yes twice, ask something that is answered with links."""
    xdotool(environment, "mousemove", "640", "300", "click", "1")

    def asked() -> bool:
        xdotool(environment, "key", "Return")
        xdotool(environment, "type", "--delay", "15", "where are the links")
        xdotool(environment, "key", "Return")
        return until(lambda: "where are the links" in notes.read_text(), 1)

    assert until(asked), notes.read_text()


def _attempts(environment: Mapping[str, str]) -> Iterator[str]:
    """Try one after the other; yields what was tried."""
    for key in KEYS:
        xdotool(environment, "key", key)
        yield key
    for name, steps in POINTER.items():
        xdotool(environment, *steps.split())
        yield name
    for words in STARTS:
        program = [sys.executable, "-m", "desktop", *words]
        subprocess.run(program, env=environment, cwd=ROOT, capture_output=True, check=False)
        yield f"candor {' '.join(words)}"


def _held(environment: Mapping[str, str], window: bytes, before: set[int]) -> bool:
    return until(lambda: _stands(environment, window) and _processes() <= before, 5)
