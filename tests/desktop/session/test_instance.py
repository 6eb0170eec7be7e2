"""One program a data folder: what a second start does while the first runs, closes or hangs."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from pytestqt.qtbot import QtBot

from desktop.codes import DesktopCode
from desktop.session.instance import OtherStarts, Wish, address, lock_or_ask
from perception.types import UserError

SECOND = """
import sys
from pathlib import Path
from desktop.session.instance import Wish, lock_or_ask
sys.exit(0 if lock_or_ask(Path(sys.argv[1]), Wish(sys.argv[2])) is None else 3)
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    return tmp_path / "data"


def test_a_second_start_brings_up_the_first(qtbot: QtBot, data: Path) -> None:
    lock = lock_or_ask(data, Wish.OPEN)
    assert lock is not None
    starts, wished = OtherStarts(data), list[object]()
    starts.wished.connect(wished.append)
    command = [sys.executable, "-c", SECOND, str(data), "quick"]
    with subprocess.Popen(command) as second:
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
        assert second.returncode == 0
    assert wished == [Wish.QUICK]
    starts.close()
    lock.unlock()


def test_a_second_start_takes_over_from_one_that_is_closing(qtbot: QtBot, data: Path) -> None:
    lock = lock_or_ask(data, Wish.OPEN)
    assert lock is not None
    closing = threading.Timer(0.3, lock.unlock)
    closing.start()
    second = lock_or_ask(data, Wish.OPEN, 20.0)
    closing.join()
    assert second is not None
    second.unlock()


def test_one_that_does_not_answer_is_told_with_its_process(qtbot: QtBot, data: Path) -> None:
    lock = lock_or_ask(data, Wish.OPEN)
    assert lock is not None
    hung = OtherStarts(data)  # nobody runs its event loop
    with pytest.raises(UserError) as told:
        lock_or_ask(data, Wish.OPEN, 0.3)
    assert told.value.notice.code == DesktopCode.ALREADY_OPEN
    process = QLockFile(str(data / "candor.lock")).getLockInfo()
    assert str(process[0]) in told.value.message
    hung.close()
    lock.unlock()


def test_what_a_killed_program_left_is_no_hindrance(qtbot: QtBot, data: Path) -> None:
    data.mkdir()
    Path(address(data)).write_bytes(b"")
    starts = OtherStarts(data)
    assert starts.listening
    starts.close()


def test_the_address_fits_whatever_the_folder_is_called(tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 60)
    assert len(address(deep)) <= 100
    assert address(deep) != address(tmp_path / ("long" * 61))
