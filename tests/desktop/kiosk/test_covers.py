"""Several screens: each is covered, also one that comes and one that goes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PROGRAM = """
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from desktop.kiosk.covers import Covers
from desktop.kiosk.window import KioskWindow
app = QApplication([])
window = KioskWindow(("en",))
covers = Covers(window, QLabel)
window.open()
there = QGuiApplication.screens()
def show(screens):
    QGuiApplication.screens = staticmethod(lambda: screens)
    covers.follow()
    print(sorted(each.geometry().getRect() for each in [window, *covers.shown]))
show(there[:1])
show(there)
show(there[:1])
window.leave()
"""


def test_each_screen_is_covered_as_it_comes_and_goes(tmp_path: Path) -> None:
    screens = [
        {"name": name, "x": x, "y": 0, "width": 800, "height": 480, "logicalDpi": 96, "dpr": 1}
        for name, x in (("one", 0), ("two", 800))
    ]
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": screens}), "utf-8")
    platform = f"offscreen:configfile={config}"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "QT_QPA_PLATFORM": platform, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    first, second = (0, 0, 800, 480), (800, 0, 800, 480)
    assert done.stdout.splitlines() == [str([first]), str([first, second]), str([first])]
