"""Sliders in words, and lists that are ticked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.settings import Settings
from desktop import theme
from desktop.settings.check_list import CheckList
from desktop.settings.dialog import SettingsDialog
from desktop.settings.pages.talking import languages
from desktop.widgets.search_field import SearchField
from desktop.widgets.slider import NumberSlider
from perception.audio.ipc.messages import Devices
from tests.desktop import reading


@pytest.fixture
def ticks(qapp: QApplication, qtbot: QtBot) -> CheckList:
    theme.apply(qapp, Settings())
    made = CheckList([("de", "Deutsch"), ("en", "English"), ("fr", "Français")], ("fr", "tlh"))
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_is_ticked_stands_first_and_the_unknown_is_kept(ticks: CheckList) -> None:
    names = [ticks.item(row).text() for row in range(ticks.count())]
    assert names == ["Français", "tlh", "Deutsch", "English"]
    assert ticks.value == ("fr", "tlh")


def test_space_and_the_mouse_tick(ticks: CheckList, qtbot: QtBot) -> None:
    ticks.setFocus()
    ticks.setCurrentRow(3)
    with qtbot.waitSignal(ticks.chosen) as told:
        QTest.keyClick(ticks, Qt.Key.Key_Space)
    assert told.args == [("fr", "tlh", "en")]
    name = ticks.visualItemRect(ticks.item(0)).center()
    QTest.mouseClick(ticks.viewport(), Qt.MouseButton.LeftButton, pos=name)
    assert ticks.value == ("tlh", "en")
    box = QPoint(ticks.visualItemRect(ticks.item(1)).left() + 20, name.y())
    box.setY(ticks.visualItemRect(ticks.item(1)).center().y())
    QTest.mouseClick(ticks.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert list(ticks.value) == ["en"]


def test_every_language_has_a_name() -> None:
    known = dict(languages())
    assert len(known) == 99
    assert known["de"] == "Deutsch (German)"
    assert known["zh"] == "中文 (Chinese)"
    assert all(len(name) > 2 for name in known.values())


@pytest.mark.parametrize(
    ("value", "words", "meaning"),
    [
        (0.0, "as usual", "as soon as"),
        (1.0, "1.0 s more", "a moment to think"),
        (2.5, "2.5 s more", "slow speech"),
        (5.0, "5.0 s more", "stuttering"),
    ],
)
def test_patience_is_explained_in_words(
    qapp: QApplication, qtbot: QtBot, value: float, words: str, meaning: str
) -> None:
    theme.apply(qapp, Settings())
    dialog = SettingsDialog(Settings(patience=value), Devices((), (), "", ""))
    qtbot.addWidget(dialog)
    control = dialog.controls["patience"]
    assert isinstance(control, NumberSlider)
    assert words in reading.words(control)
    assert meaning in control.slider.accessibleDescription()


def test_rate_pitch_and_wake_word_are_set(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, Settings())
    dialog = SettingsDialog(Settings(), Devices((), (), "", ""))
    qtbot.addWidget(dialog)
    for setting, steps, value in (("speech_rate", -5, 0.5), ("speech_pitch", -4, -4.0)):
        control = dialog.controls[setting]
        assert isinstance(control, NumberSlider)
        for _ in range(-steps + 2):
            QTest.keyClick(control.slider, Qt.Key.Key_Left)
        assert getattr(dialog.settings, setting) == pytest.approx(value)
    assert dialog.fields["wake_word"].isHidden()
    dialog._set(talk_mode="wake")
    assert not dialog.fields["wake_word"].isHidden()


def test_a_long_list_of_languages_is_searched_with_the_ticked_on_top(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, Settings())
    made = SettingsDialog(Settings(spoken_languages=("de", "zh")))
    qtbot.addWidget(made)
    control = made.controls["spoken_languages"]
    assert isinstance(control, CheckList)
    assert control.value == ("de", "zh")
    assert [control.item(row).checkState() for row in range(3)] == [
        Qt.CheckState.Checked,
        Qt.CheckState.Checked,
        Qt.CheckState.Unchecked,
    ]
    search = made.fields["spoken_languages"].findChild(SearchField)
    assert search is not None
    for typed in ("french", "franç", "FR"):
        search.line.setText(typed)
        assert any("français" in name.lower() for name in control.shown), typed
        assert len(control.shown) < 12
    search.line.setText("no such language")
    assert control.shown == []
    search.clear.click()
    assert len(control.shown) > 50 and control.value == ("de", "zh")
