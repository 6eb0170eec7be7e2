"""The PIN of the kiosk, its waits, and the page on which it is entered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.kiosk.admin.exit_page import AdminExit, ask_admin
from desktop.kiosk.admin.pin import LONGEST_WAIT_S, KioskPin, open_pin, wait_after
from perception.types import UserError


@dataclass
class Clock:
    """A clock that a test moves."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pin(tmp_path: Path, clock: Callable[[], float]) -> KioskPin:
    made = KioskPin(tmp_path / "pin.json", "boot-1", clock)
    made.set_pin("2468")
    return made


def test_the_pin_is_kept_as_a_hash_alone(pin: KioskPin) -> None:
    assert pin.is_set and pin.try_pin("2468").right
    assert b"2468" not in pin.file.read_bytes()
    assert pin.file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("unfit", ["", "123", "12a4", "１２３４", "1" * 65])
def test_an_unfit_pin_is_refused_and_the_old_one_holds(pin: KioskPin, unfit: str) -> None:
    with pytest.raises(UserError):
        pin.set_pin(unfit)
    assert pin.try_pin("2468").right


def test_waits_double_up_to_a_quarter_of_an_hour() -> None:
    assert [wait_after(n) for n in range(5)] == [0, 1, 2, 4, 8]
    assert wait_after(11) == wait_after(5000) == LONGEST_WAIT_S


def test_the_right_pin_does_not_count_before_its_time(pin: KioskPin, clock: Clock) -> None:
    for wait in (1.0, 2.0, 4.0):
        assert pin.try_pin("1357").wait_s == wait
        clock.now += wait - 0.5
        assert not pin.try_pin("2468").right
        clock.now += 0.5
    assert pin.try_pin("2468").right and pin.wait_s() == 0


def test_a_wait_is_kept_over_a_restart_and_begins_anew_with_the_computer(
    pin: KioskPin, clock: Clock
) -> None:
    for _ in range(4):
        pin.try_pin("1357")
        clock.now += pin.wait_s()
    pin.try_pin("1357")
    clock.now += 6
    assert replace(pin).wait_s() == 10  # another process
    after = replace(pin, boot="boot-2")
    clock.now = 3  # the monotonic clock begins anew too
    assert after.wait_s() == 16 and not after.try_pin("2468").right
    clock.now += 16
    assert after.try_pin("2468").right


@pytest.mark.parametrize("broken", [b"", b"{}", b"\xff", b'{"hash": 5}', b'{"hash": "md5:00:00"}'])
def test_a_broken_file_lets_nobody_out(pin: KioskPin, broken: bytes) -> None:
    pin.file.write_bytes(broken)
    assert not pin.try_pin("2468").right and not pin.try_pin("").right


def test_no_pin_lets_nobody_out(tmp_path: Path) -> None:
    none = KioskPin(tmp_path / "none.json", "boot-1")
    assert not none.is_set and not none.try_pin("").right and not none.file.exists()


def test_the_owner_leaves_by_touch(qapp: QApplication, pin: KioskPin, clock: Clock) -> None:
    page, left = AdminExit(pin), list[str]()
    page.unlocked.connect(lambda: left.append("unlocked"))
    for digit in "1357":
        QTest.mouseClick(page.keys[digit], Qt.MouseButton.LeftButton)
    page.enter_pin()
    assert left == [] and not page.keys["2"].isEnabled() and "1" in page.said.text()
    clock.now += 1
    page.start_again()
    for digit in "24688":
        QTest.mouseClick(page.keys[digit], Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.delete, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.enter, Qt.MouseButton.LeftButton)
    assert left == ["unlocked"]


def test_the_owner_leaves_by_keys_and_escape_goes_back(qapp: QApplication, pin: KioskPin) -> None:
    page, left = AdminExit(pin), list[str]()
    page.unlocked.connect(lambda: left.append("unlocked"))
    page.cancelled.connect(lambda: left.append("cancelled"))
    QTest.keyClicks(page, "2468x")
    assert page.shown.text() == "••••"
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert left == ["unlocked", "cancelled"]


def test_the_pin_is_asked_for_over_a_window(qapp: QApplication) -> None:
    open_pin().set_pin("2468")
    window = QWidget()
    window.show()

    def answer(*digits: str) -> None:
        modal = QApplication.activeModalWidget()
        page = modal.findChild(AdminExit) if modal else None
        assert page is not None
        for digit in digits:
            page.press_digit(digit)
        page.enter_pin() if digits else page.cancelled.emit()

    QTimer.singleShot(0, answer)
    assert not ask_admin(window)
    QTimer.singleShot(0, lambda: answer(*"2468"))
    assert ask_admin(window)


def test_without_a_pin_the_page_says_how_to_set_one(qapp: QApplication, tmp_path: Path) -> None:
    page = AdminExit(KioskPin(tmp_path / "none.json", "boot-1"))
    assert "candor kiosk pin" in page.said.text() and not page.keys["1"].isEnabled()
