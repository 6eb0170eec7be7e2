"""The orb: a word and a shape for each phase, and no work when nothing moves."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.settings import Settings
from desktop import theme
from desktop.orb import Orb
from desktop.pose import Pose
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
