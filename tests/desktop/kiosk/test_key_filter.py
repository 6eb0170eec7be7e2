"""Which keys and which events pass."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.kiosk.key_filter import KeyFilter, may_pass

NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
META, SHIFT = Qt.KeyboardModifier.MetaModifier, Qt.KeyboardModifier.ShiftModifier


def key(which: Qt.Key, held: Qt.KeyboardModifier = NONE, text: str = "") -> QKeyEvent:
    """A key that goes down."""
    return QKeyEvent(QEvent.Type.KeyPress, which, held, text)


@pytest.mark.parametrize(
    "event",
    [
        key(Qt.Key.Key_A, text="a"),
        key(Qt.Key.Key_A, SHIFT, "A"),
        key(Qt.Key.Key_unknown, text="馆"),
        key(Qt.Key.Key_Space, text=" "),
        key(Qt.Key.Key_Backspace, text="\b"),
        key(Qt.Key.Key_Tab, text="\t"),
        key(Qt.Key.Key_Return, text="\r"),
    ],
    ids=lambda event: event.key(),
)
def test_what_a_visitor_needs_passes(event: QKeyEvent) -> None:
    assert may_pass(event)


@pytest.mark.parametrize("held", [CTRL, ALT, META, CTRL | SHIFT, CTRL | ALT])
def test_nothing_passes_with_ctrl_alt_or_super(held: Qt.KeyboardModifier) -> None:
    for which, text in ((Qt.Key.Key_O, "o"), (Qt.Key.Key_F4, ""), (Qt.Key.Key_Tab, "\t")):
        assert not may_pass(key(which, held, text))


def test_keys_nobody_thought_of_are_shut() -> None:
    shut = set(Qt.Key) - {Qt.Key.Key_unknown}
    passed = {which for which in shut if may_pass(key(which))}
    assert Qt.Key.Key_Escape not in passed
    assert len(passed) == 16, passed


def test_menus_drops_and_other_buttons_end_here(qtbot: QtBot, qapp: QApplication) -> None:
    field, keys = QLineEdit(), KeyFilter()
    qtbot.addWidget(field)
    field.installEventFilter(keys)
    at, data = QPointF(1, 1), QMimeData()
    data.setText("file:///etc/passwd")
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    events = [
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(1, 1), QPoint(1, 1)),
        QDropEvent(at, copy, data, left, NONE),
        *(
            QMouseEvent(QEvent.Type.MouseButtonPress, at, at, which, which, NONE)
            for which in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)
        ),
    ]
    assert all(keys.eventFilter(field, event) for event in events)
    assert field.text() == ""
    press = QMouseEvent(QEvent.Type.MouseButtonPress, at, at, left, left, NONE)
    assert not keys.eventFilter(field, press)
