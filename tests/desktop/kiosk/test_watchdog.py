"""The kiosk comes back after a death, a hang and a death at once, and goes with its owner."""

from __future__ import annotations

import os
import select
import socket
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.kiosk.heart import Heart
from desktop.kiosk.heartbeat import LEFT, VISITED, Pulse
from desktop.kiosk.limited_log import LimitedLog
from desktop.kiosk.systemd import Service
from desktop.kiosk.watchdog import Patience, Watchdog
from desktop.processes.child_log import KEPT, MOST_BYTES
from tests.waiting import until

pytestmark = pytest.mark.usefixtures("processes")
# Long enough for a loaded machine to beat, short enough for a test.
QUICK = Patience(beat=2.0, look=0.02, lived=0.0)
NOBODY = Service("")


@dataclass
class Kiosk:
    """A watchdog over `watched_child`."""

    folder: Path

    def watchdog(self, *plans: str, patience: Patience = QUICK) -> Watchdog:
        command = (sys.executable, "-m", "tests.desktop.kiosk.watched_child", str(self.notes))
        log = self.folder / "kiosk.log"
        return Watchdog((*command, *plans), log, patience=patience, service=NOBODY)

    @property
    def notes(self) -> Path:
        return self.folder / "notes"

    @property
    def lives(self) -> list[str]:
        lines = self.notes.read_text().splitlines() if self.notes.exists() else []
        return [line.split(" ", 1)[1] for line in lines]


@pytest.fixture
def kiosk(tmp_path: Path) -> Kiosk:
    return Kiosk(tmp_path)


def test_a_killed_kiosk_comes_back_and_is_told_of_the_cut_session(kiosk: Kiosk) -> None:
    watchdog = kiosk.watchdog("visited-kill", "kill", "leave")
    assert watchdog.keep_running() == LEFT and watchdog.restarts == 2
    assert kiosk.lives == ["visited-kill cut=", "kill cut=crash", "leave cut="]
    assert (kiosk.folder / "kiosk.log").read_text().count("printed") == 3


def test_a_hung_kiosk_comes_back(kiosk: Kiosk) -> None:
    assert kiosk.watchdog("visited-hang", "leave").keep_running() == LEFT
    assert kiosk.lives == ["visited-hang cut=", "leave cut=hang"]


def test_a_cut_is_told_until_a_life_has_heard_of_it(kiosk: Kiosk) -> None:
    assert kiosk.watchdog("visited-kill", "die", "leave").keep_running() == LEFT
    assert kiosk.lives == ["visited-kill cut=", "die cut=crash", "leave cut=crash"]


def test_one_that_dies_at_once_again_and_again_waits_behind_a_calm_page(kiosk: Kiosk) -> None:
    watchdog = kiosk.watchdog("die", "die", "die", "leave", patience=Patience(look=0.02))
    shown = kiosk.folder / "calm"
    script = f"open({str(shown)!r}, 'w').close(); import time; time.sleep(60)"
    watchdog.calm = (sys.executable, "-c", script)
    watchdog.patience = Patience(look=0.02, lived=60.0, longest_pause=2.0)
    assert watchdog.keep_running() == LEFT
    assert shown.exists() and len(kiosk.lives) == 4


def test_it_starts_anew_in_the_quiet_hour_once(kiosk: Kiosk) -> None:
    watchdog = kiosk.watchdog("stay")
    watchdog.rests = lambda now: True
    runner = threading.Thread(target=watchdog.keep_running)
    runner.start()
    assert until(lambda: len(kiosk.lives) == 2, 60)
    watchdog.stop()
    runner.join(30)
    assert not runner.is_alive() and kiosk.lives == ["stay cut=", "stay cut="]


def test_one_that_never_starts_under_somebody_s_eyes_ends_with_its_reason(
    kiosk: Kiosk, capfd: pytest.CaptureFixture[str]
) -> None:
    watchdog = kiosk.watchdog("die")
    watchdog.must_start = True
    assert watchdog.keep_running() == 1 and len(kiosk.lives) == 1
    assert "printed" in capfd.readouterr().err


def test_the_log_keeps_its_limit(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    log = LimitedLog(tmp_path / "kiosk.log", os.fdopen(reading, "rb"))
    with os.fdopen(writing, "wb") as stream:
        for _ in range(7 * MOST_BYTES // 100_000):
            stream.write(b"x" * 99_999 + b"\n")
    log.close(60)
    sizes = [file.stat().st_size for file in tmp_path.iterdir()]
    assert len(sizes) == KEPT and max(sizes) < 1.1 * MOST_BYTES


def test_the_window_s_heart_beats_with_its_event_loop_and_tells_of_an_orphan(
    qtbot: QtBot,
) -> None:
    reading, writing = os.pipe()
    owner, orphaned = QObject(), list[bool]()
    heart = Heart(Pulse(writing), lambda: True, owner)
    heart.orphaned.connect(lambda: orphaned.append(True))
    qtbot.waitUntil(lambda: bool(select.select([reading], [], [], 0)[0]), timeout=20_000)
    assert set(os.read(reading, 100)) == set(VISITED)
    os.close(reading)
    heart.beat()
    os.close(writing)
    assert orphaned == [True]


def test_stopping_ends_the_kiosk_too(kiosk: Kiosk) -> None:
    watchdog, codes = kiosk.watchdog("stay"), list[int]()
    runner = threading.Thread(target=lambda: codes.append(watchdog.keep_running()))
    runner.start()
    assert until(lambda: len(kiosk.lives) == 1, 60)
    watchdog.stop()
    runner.join(30)
    assert codes == [0] and len(kiosk.lives) == 1


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="systemd runs on Linux alone")
def test_systemd_is_told_that_it_lives(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(tmp_path / "notify"))
        heard.settimeout(10)
        Service(str(tmp_path / "notify")).notify("WATCHDOG=1")
        assert heard.recv(100) == b"WATCHDOG=1"
    service = Service(str(tmp_path / "gone"), str(tmp_path))
    service.notify("READY=1")
    service.note_left()
    assert (tmp_path / "left").exists()


def test_a_pulse_without_a_watchdog_goes_nowhere() -> None:
    assert Pulse(None).beat(visited=True)
