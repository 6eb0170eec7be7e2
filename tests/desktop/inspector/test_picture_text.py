"""The text of a picture: selected by mouse and keyboard, copied, read out, and said to be none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.inspector.text_layer import TextLayer, TextPlace
from desktop.inspector.viewer import PictureViewer
from perception.types import Box, Item, Quality, Scene

LINES = (
    ("400 mg", Box(0.6, 0.1, 0.3, 0.1)),
    ("Take one tablet", Box(0.1, 0.5, 0.6, 0.1)),
    ("Ibuprofen", Box(0.1, 0.11, 0.4, 0.1)),
)


def scene(*lines: tuple[str, Box]) -> Scene:
    texts = tuple(Item(text, box, 0.9, "ocr") for text, box in lines)
    return Scene((), (), texts, (), (), "", Quality(0.5, 1.0, None), 0.0)


def viewer_of(qtbot: QtBot, seen: Scene | None) -> PictureViewer:
    image = QImage(600, 400, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    viewer = PictureViewer(image, seen)
    qtbot.addWidget(viewer)
    viewer.show()
    return viewer


def pixel(viewer: PictureViewer, x: float, y: float) -> QPoint:
    frame = viewer.picture.frame()
    return QPointF(frame.x() + x * frame.width(), frame.y() + y * frame.height()).toPoint()


def test_lines_stand_in_reading_order() -> None:
    assert TextLayer(scene(*LINES)).text == "Ibuprofen\n400 mg\nTake one tablet"


def test_a_drag_selects_from_letter_to_letter_over_lines(qtbot: QtBot) -> None:
    viewer = viewer_of(qtbot, scene(*LINES))
    picture = viewer.picture
    left = Qt.MouseButton.LeftButton
    assert not viewer.copy_selected.isEnabled()
    QTest.mousePress(picture, left, pos=pixel(viewer, 0.1, 0.16))
    QTest.mouseMove(picture, pixel(viewer, 0.46, 0.55))
    QTest.mouseRelease(picture, left, pos=pixel(viewer, 0.46, 0.55))
    assert picture.layer.selected == "Ibuprofen\n400 mg\nTake one "
    viewer.copy_selected.click()
    assert QGuiApplication.clipboard().text() == "Ibuprofen\n400 mg\nTake one "
    QTest.mouseDClick(picture, left, pos=pixel(viewer, 0.6, 0.55))
    assert picture.layer.selected == "tablet"


def test_the_keyboard_alone_selects_and_copies(qtbot: QtBot) -> None:
    viewer = viewer_of(qtbot, scene(*LINES))
    picture = viewer.picture
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(picture, Qt.Key.Key_End, shift)
    assert picture.layer.selected == "Ibuprofen"
    QTest.keyClick(picture, Qt.Key.Key_Down)
    QTest.keyClick(picture, Qt.Key.Key_Home)
    for _ in range(3):
        QTest.keyClick(picture, Qt.Key.Key_Right, shift)
    QTest.keyClick(picture, Qt.Key.Key_C, control)
    assert QGuiApplication.clipboard().text() == "400"
    QTest.keyClick(picture, Qt.Key.Key_A, control)
    assert picture.layer.selected == picture.layer.text


def test_all_text_is_copied_and_read_to_a_screen_reader(qtbot: QtBot) -> None:
    viewer = viewer_of(qtbot, scene(*LINES))
    viewer.copy_text.click()
    assert QGuiApplication.clipboard().text() == "Ibuprofen\n400 mg\nTake one tablet"
    assert "Take one tablet" in viewer.picture.accessibleDescription()


def test_no_text_is_said(qtbot: QtBot) -> None:
    viewer = viewer_of(qtbot, scene())
    assert viewer.state.text() == "No text was found in this picture."
    assert not viewer.copy_text.isEnabled()
    viewer = viewer_of(qtbot, None)
    assert "Not looked at" in viewer.state.text()


@pytest.mark.parametrize("lines", [1, 3])
def test_the_caret_stays_inside(lines: int) -> None:
    layer = TextLayer(scene(*LINES[:lines]))
    for _ in range(60):
        layer.move(1, select=False)
    end = layer.caret
    assert end == TextPlace(lines - 1, len(layer.lines[-1].text))
    for _ in range(60):
        layer.move(-1, select=True)
    assert layer.caret == TextPlace(0, 0) and layer.selected == layer.text
