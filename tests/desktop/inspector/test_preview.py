"""The picture pane: what is in view, drawn and said, and met again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.events import Preview
from agent.settings import Settings
from desktop import theme
from desktop.inspector import in_view, sources
from desktop.inspector.preview import PreviewPane
from desktop.inspector.viewer import PictureViewer
from perception.messages import plain
from perception.types import (
    Box,
    Item,
    Quality,
    Scene,
    Where,
)
from tests.desktop import reading

CUP = Item("Coffee cup", Box(0.1, 0.6, 0.2, 0.2), 0.71, "objects")
LINE = Item("Ibuprofen 400 mg", Box(0.05, 0.05, 0.1, 0.05), 0.97, "reading")
FAINT = Item("three times", Box(0.05, 0.15, 0.1, 0.05), 0.31, "reading")


def scene(*, advice: str = "", people: int = 0) -> Scene:
    faces = tuple(
        Item("person", Box(0.4 + 0.2 * n, 0.1, 0.15, 0.3), 0.9, "faces") for n in range(people)
    )
    return Scene(
        faces,
        (CUP,),
        (LINE, FAINT),
        (),
        (),
        "",
        Quality(0.5, 200, plain(advice) if advice else None),
        0.0,
    )


def jpeg(width: int = 320, height: int = 240) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(120, 120, 120))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"jpeg")).write(image)
    return bytes(data.data())


@pytest.fixture
def pane(qapp: QApplication, qtbot: QtBot) -> PreviewPane:
    theme.apply(qapp, Settings(theme="light"))
    made = PreviewPane()
    qtbot.addWidget(made)
    made.resize(theme.gap(80), theme.gap(200))
    made.show()
    return made


def test_off_it_says_why_and_offers_the_camera(pane: PreviewPane, qtbot: QtBot) -> None:
    assert "The camera is off" in reading.words(pane)
    assert not pane.picture.isVisible()
    with qtbot.waitSignal(pane.source_chosen) as heard:
        QTest.mouseClick(pane.off.button, Qt.MouseButton.LeftButton)
    assert heard.args == [sources.FIRST]


def test_a_preview_is_told_in_words(pane: PreviewPane) -> None:
    pane.show_preview(Preview(jpeg(), scene(people=1)))
    assert pane.summary.text() == "1 person, text (2 lines), Coffee cup"
    rows = [pane.items.item(i).text() for i in range(pane.items.count())]
    assert rows == ["Person", "Coffee cup", "Ibuprofen 400 mg", "three times (unsure)"]
    assert not pane.off.isVisible()


def test_a_picture_of_a_question_stays_until_the_user_goes_back(pane: PreviewPane) -> None:
    pane.set_source("camera:0")
    pane.show_preview(Preview(jpeg(), scene()))
    pane.show_picture(jpeg(), scene(people=1))
    pane.show_preview(Preview(jpeg(), scene(people=2)))
    assert pane.summary.text().startswith("1 person")
    assert pane.whole.accessibleName() == "Back to the camera"
    pane.highlight(Where("picture", LINE.box))
    assert pane.whole.accessibleName() == "Whole picture"
    pane.whole.click()
    assert pane.whole.accessibleName() == "Back to the camera"
    pane.whole.click()
    assert pane.summary.text().startswith("2 people")
    assert not pane.whole.isVisible()


def test_a_picture_without_a_camera_is_closed(pane: PreviewPane) -> None:
    pane.show_picture(jpeg(), scene(people=1))
    assert pane.whole.accessibleName() == "Close the picture"
    pane.whole.click()
    assert pane.off.isVisible()
    assert pane.items.count() == 0


def test_several_people_are_counted(pane: PreviewPane) -> None:
    pane.show_preview(Preview(jpeg(), scene(people=2)))
    assert pane.summary.text().startswith("2 people, ")


def test_an_empty_scene_is_said() -> None:
    nothing = Scene((), (), (), (), (), "", Quality(0.5, 200), 0.0)
    assert in_view.summary(nothing) == "nothing that I recognise"


def test_tags_are_only_a_guess_and_only_without_better() -> None:
    guess = Item("espresso", Box(0, 0, 1, 1), 0.4, "tags")
    only = Scene((), (), (), (), (guess,), "", Quality(0.5, 200), 0.0)
    assert in_view.summary(only) == "perhaps espresso"
    both = Scene((), (CUP, CUP), (), (), (guess,), "", Quality(0.5, 200), 0.0)
    assert in_view.summary(both) == "Coffee cup × 2"


def test_advice_appears_and_goes(pane: PreviewPane) -> None:
    pane.show_preview(Preview(jpeg(), scene(advice="Turn on a light.")))
    assert pane.advice.isVisible()
    assert reading.spoken(pane.advice) == "Turn on a light."
    pane.show_preview(Preview(jpeg(), scene()))
    assert not pane.advice.isVisible()


def test_a_picture_without_a_scene_keeps_the_last_words(pane: PreviewPane) -> None:
    pane.show_preview(Preview(jpeg(), scene()))
    pane.show_preview(Preview(jpeg(), None))
    assert "Coffee cup" in pane.summary.text()


def test_what_is_no_picture_changes_nothing(pane: PreviewPane) -> None:
    pane.show_picture(b"not a picture", None)
    assert pane.off.isVisible()


def test_the_same_scene_does_not_lose_the_chosen_row(pane: PreviewPane) -> None:
    pane.show_preview(Preview(jpeg(), scene()))
    pane.items.setCurrentRow(1)
    pane.show_preview(Preview(jpeg(), scene(advice="Closer.")))
    assert pane.items.currentRow() == 1


def test_evidence_is_met_again_enlarged(pane: PreviewPane, qtbot: QtBot) -> None:
    pane.show_preview(Preview(jpeg(), scene()))
    plain = pane.picture.grab().toImage()
    pane.highlight(Where("camera", LINE.box))
    shown = pane.picture.place(LINE.box)
    assert pane.picture.view().width() < 0.5
    assert shown.width() > 2 * LINE.box.width * pane.picture.frame().width()
    assert pane.picture.frame().contains(shown)
    assert pane.picture.grab().toImage() != plain
    QTest.keyClick(pane, Qt.Key.Key_Escape)
    assert pane.picture.marked is None
    pane.highlight(Where("page", page=2))
    assert pane.picture.marked is None


@pytest.mark.parametrize(
    "box",
    [Box(0, 0, 0.01, 0.01), Box(0.99, 0.99, 0.01, 0.01), Box(0, 0, 1, 1), Box(0.2, 0.9, 0.7, 0.1)],
)
def test_the_enlarged_part_stays_inside_the_picture(pane: PreviewPane, box: Box) -> None:
    pane.show_preview(Preview(jpeg(), scene()))
    pane.highlight(Where("camera", box))
    view = pane.picture.view()
    assert view.left() >= 0
    assert view.top() >= 0
    assert view.right() <= 1.0001
    assert view.bottom() <= 1.0001
    assert not pane.picture.grab().isNull()


def test_pressing_a_thing_enlarges_it(pane: PreviewPane, qtbot: QtBot) -> None:
    pane.show_preview(Preview(jpeg(), scene()))
    qtbot.waitUntil(lambda: pane.picture.width() > theme.gap(40))
    point = pane.picture.place(CUP.box).center().toPoint()
    QTest.mouseClick(pane.picture, Qt.MouseButton.LeftButton, pos=point)
    assert pane.picture.marked == CUP.box
    assert pane.whole.isVisible()


def test_a_row_of_the_list_does_the_same_by_keyboard(pane: PreviewPane, qtbot: QtBot) -> None:
    pane.show_preview(Preview(jpeg(), scene()))
    pane.items.setCurrentRow(1)
    pane.items.itemActivated.emit(pane.items.currentItem())
    assert pane.picture.marked == LINE.box


def test_kinds_are_told_apart_by_shape(pane: PreviewPane) -> None:
    pictures = set()
    place = Box(0.2, 0.2, 0.5, 0.5)
    item = Item("x", place, 1.0, "test")
    for field in range(4):
        people, things, texts, codes = ((item,) if field == n else () for n in range(4))
        shown = Scene(people, things, texts, codes, (), "", Quality(0.5, 200), 0.0)
        pane.show_picture(jpeg(), shown)
        pictures.add(bytes(pane.picture.grab().toImage().constBits()))
    assert len(pictures) == 4


@pytest.mark.parametrize("size", [(1, 1), (2000, 10), (10, 2000)])
def test_odd_pictures_are_fitted(pane: PreviewPane, size: tuple[int, int]) -> None:
    pane.show_picture(jpeg(*size), scene())
    frame = pane.picture.frame()
    assert frame.width() <= pane.picture.width() + 0.5
    assert frame.height() <= pane.picture.height() + 0.5
    assert pane.picture.at(QPointF(-5, -5).x(), 0) is None


def test_the_source_is_chosen_from_a_menu(pane: PreviewPane, qtbot: QtBot) -> None:
    actions = [action for action in pane.source.menu().actions() if action.text()]
    with qtbot.waitSignal(pane.source_chosen) as heard:
        actions[2].trigger()
    assert heard.args == [sources.SECOND]
    assert pane.source.accessibleName() == "Picture from: Second camera"
    pane.set_source("file:/films/egg.mp4?loop=1")
    assert pane.source.accessibleName() == "Picture from: egg.mp4"
    pane.set_source("")
    assert pane.off.isVisible()


def test_everything_has_a_name_and_a_size(pane: PreviewPane) -> None:
    pane.show_preview(Preview(jpeg(), scene(people=1, advice="Closer.")))
    pane.highlight(Where("camera", LINE.box))
    assert reading.nameless(pane) == []
    assert reading.too_small(pane) == []
    assert reading.spoken(pane.items) == "What was recognised"


def test_a_picture_can_be_seen_large_and_copied(pane: PreviewPane, qtbot: QtBot) -> None:
    assert not pane.large.isVisible()
    pane.show_picture(jpeg(), scene(people=1))
    pane.large.click()
    viewer = pane.findChildren(PictureViewer)[0]
    assert viewer.isVisible() and viewer.picture.image == pane.picture.image
    viewer.copy.click()
    assert QGuiApplication.clipboard().image().size() == pane.picture.image.size()
    viewer.copy_text.click()
    told = f"{LINE.label}\n{FAINT.label}"
    assert QGuiApplication.clipboard().text() == told
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()
