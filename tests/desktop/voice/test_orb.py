"""The orb: a word and a shape for each phase, and no work when nothing moves."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.settings import Settings
from desktop import theme
from desktop.session.pose import Pose
from desktop.voice.orb import Orb
from tests.desktop import reading


@pytest.fixture
def orb(qapp: QApplication, qtbot: QtBot) -> Orb:
    theme.apply(qapp, Settings())
    made = Orb(units=20)
    qtbot.addWidget(made)
    made.show()
    return made


def test_each_pose_has_a_word_and_a_shape(qapp: QApplication, orb: Orb) -> None:
    theme.apply(qapp, Settings(reduce_motion=True))
    shapes, names = set(), set()
    for pose in Pose:
        orb.set_pose(pose)
        names.add(reading.spoken(orb))
        shapes.add(bytes(orb.grab().toImage().constBits()))
    assert len(names) == len(Pose)
    assert len(shapes) == len(Pose)


def test_nothing_runs_while_nothing_moves(orb: Orb, qtbot: QtBot) -> None:
    orb.set_pose(Pose.THINKING)
    assert orb.moving
    orb.set_pose(Pose.IDLE)
    qtbot.waitUntil(lambda: not orb.moving)
    orb.set_level(0.9)
    assert not orb.moving


def test_hidden_it_does_not_run(orb: Orb, qtbot: QtBot) -> None:
    orb.set_pose(Pose.HEARING)
    orb.hide()
    assert not orb.moving
    orb.show()
    assert orb.moving


def test_it_follows_the_voice(orb: Orb, qtbot: QtBot) -> None:
    orb.set_pose(Pose.HEARING)
    orb.set_level(1.0)
    edge = (orb.width() * 9 // 10, orb.height() // 2)
    qtbot.waitUntil(lambda: orb.grab().toImage().pixelColor(*edge) != theme.color("surface"))
    orb.set_pose(Pose.IDLE)
    qtbot.waitUntil(lambda: not orb.moving)
    assert orb.grab().toImage().pixelColor(*edge) == theme.color("surface")


def test_reduced_motion_stands_still(qapp: QApplication, orb: Orb, qtbot: QtBot) -> None:
    theme.apply(qapp, Settings(reduce_motion=True))
    for pose in Pose:
        orb.set_pose(pose)
        orb.set_level(0.5)
        first = orb.grab().toImage()
        qtbot.wait(80)
        assert not orb.moving
        assert orb.grab().toImage() == first


def test_a_face_stands_where_it_can_be_read(qapp: QApplication, qtbot: QtBot, orb: Orb) -> None:
    disc = orb.grab().toImage()
    small = Orb(units=6)
    qtbot.addWidget(small)
    theme.apply(qapp, Settings(avatar="face"))
    assert orb.has_face
    assert not small.has_face
    assert orb.grab().toImage() != disc


def test_each_face_has_its_own_look(qapp: QApplication, orb: Orb) -> None:
    theme.apply(qapp, Settings(avatar="face", reduce_motion=True))
    looks = set()
    for pose in Pose:
        orb.set_pose(pose)
        looks.add(bytes(orb.grab().toImage().constBits()))
    assert len(looks) == len(Pose)
    assert not orb.moving


def test_the_face_blinks_slowly_and_never_with_reduced_motion(
    qapp: QApplication, orb: Orb, qtbot: QtBot
) -> None:
    theme.apply(qapp, Settings(avatar="face"))
    orb.hide()
    orb.show()
    qtbot.waitUntil(lambda: not orb.moving)
    opened = orb.grab().toImage()
    assert orb._blinks.isActive()
    orb._blinks.timeout.emit()
    assert orb.moving
    qtbot.waitUntil(lambda: orb.grab().toImage() != opened)
    qtbot.waitUntil(lambda: not orb.moving)
    assert orb.grab().toImage() == opened
    theme.apply(qapp, Settings(avatar="face", reduce_motion=True))
    orb.hide()
    orb.show()
    assert not orb._blinks.isActive()


@pytest.mark.parametrize("avatar", ["orb", "face"])
def test_the_lips_follow_the_sound_while_it_speaks(
    qapp: QApplication, orb: Orb, qtbot: QtBot, avatar: str
) -> None:
    theme.apply(qapp, Settings(avatar=avatar))
    orb.set_pose(Pose.SPEAKING)
    shapes = set()
    for opened, wide in ((0.0, 0.5), (1.0, 0.0), (1.0, 1.0)):
        orb.set_mouth(opened, wide)
        qtbot.waitUntil(lambda: not orb.moving)
        shapes.add(bytes(orb.grab().toImage().constBits()))
    assert len(shapes) == 3
    orb.set_pose(Pose.IDLE)
    orb.set_mouth(1.0, 1.0)
    qtbot.waitUntil(lambda: not orb.moving)
    assert bytes(orb.grab().toImage().constBits()) not in shapes


def test_a_quiet_room_draws_nothing(orb: Orb, qtbot: QtBot) -> None:
    orb.set_pose(Pose.LISTENING)
    qtbot.waitUntil(lambda: not orb.moving)
    for noise in (0.0004, 0.0002, 0.0005):
        orb.set_level(noise)
    assert not orb.moving
