"""The window stands on the screen, whole."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.window.screens import ScreenWatch
from desktop.window.state import fitted, keep_on_screen, place

ROOM = QRect(0, 30, 1280, 770)


def test_a_window_is_no_larger_than_the_room_and_inside_it() -> None:
    assert fitted(QRect(0, 0, 1300, 900), ROOM) == ROOM
    assert fitted(QRect(-500, 900, 800, 400), ROOM) == QRect(0, 400, 800, 400)
    assert fitted(QRect(100, 100, 800, 400), ROOM) == QRect(100, 100, 800, 400)


def test_a_place_on_a_screen_that_is_gone_is_not_restored(qtbot: QtBot) -> None:
    left, again = QWidget(), QWidget()
    for window in (left, again):
        qtbot.addWidget(window)
    left.show()
    left.setGeometry(5000, 4000, 300, 200)
    place(again, bytes(left.saveGeometry().data()))
    again.show()
    room = again.screen().availableGeometry()
    assert room.contains(again.frameGeometry())
    again.move(5000, 4000)
    keep_on_screen(again)
    assert room.contains(again.frameGeometry())


def test_a_screen_that_goes_takes_no_window_along(qapp: QApplication, qtbot: QtBot) -> None:
    window, dialog = QWidget(), QDialog()
    for each in (window, dialog):
        qtbot.addWidget(each)
        each.show()
    ScreenWatch(window)
    room = window.screen().availableGeometry()
    window.setGeometry(5000, 4000, 3000, 2000)
    dialog.move(-900, -900)
    qapp.screenRemoved.emit(window.screen())
    qtbot.waitUntil(lambda: room.contains(window.frameGeometry()))
    assert room.contains(dialog.frameGeometry())
