"""Settings: every control changes its own, at once."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QKeySequenceEdit, QLineEdit
from pytestqt.qtbot import QtBot

from agent import settings as stored
from agent.settings import Settings
from desktop import theme
from desktop.settings.dialog import SettingsDialog
from desktop.settings.fields import Choice, Number, Switch
from desktop.settings.text_field import TextField
from desktop.widgets.slider import NumberSlider
from perception.audio.ipc.messages import Devices
from tests.desktop import reading

DEVICES = Devices(
    ("USB microphone",), ("Headphones", "Loudspeaker"), "USB microphone", "Headphones"
)


@pytest.fixture
def dialog(qapp: QApplication, qtbot: QtBot) -> SettingsDialog:
    theme.apply(qapp, Settings())
    made = SettingsDialog(Settings(), DEVICES)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(dialog: SettingsDialog, setting: str, index: int) -> None:
    control = dialog.controls[setting]
    assert isinstance(control, Choice)
    control.setCurrentIndex(index)
    control.activated.emit(index)


@pytest.mark.parametrize(
    ("setting", "index", "value"),
    [
        ("theme", 2, "dark"),
        ("interface_language", 2, "zh"),
        ("microphone", 1, "USB microphone"),
        ("speaker", 2, "Loudspeaker"),
        ("camera", 1, "camera:0"),
        ("dialogue_engine", 1, "gguf"),
        ("dialogue_model", 1, "qwen2.5-coder-1.5b-instruct"),
        ("profile", 0, "clinic"),
    ],
)
def test_a_choice_changes_its_setting(
    dialog: SettingsDialog, qtbot: QtBot, setting: str, index: int, value: str
) -> None:
    with qtbot.waitSignal(dialog.changed) as heard:
        choose(dialog, setting, index)
    assert heard.args is not None
    assert getattr(heard.args[0], setting) == value


@pytest.mark.parametrize("setting", ["speak_answers", "captions", "reduce_motion"])
def test_a_switch_changes_its_setting(dialog: SettingsDialog, qtbot: QtBot, setting: str) -> None:
    control = dialog.controls[setting]
    assert isinstance(control, Switch)
    before = getattr(dialog.settings, setting)
    with qtbot.waitSignal(dialog.changed):
        control.click()
    assert getattr(dialog.settings, setting) is not before


def test_text_size_moves_in_tenths(dialog: SettingsDialog, qtbot: QtBot) -> None:
    control = dialog.controls["text_scale"]
    assert isinstance(control, NumberSlider)
    with qtbot.waitSignal(dialog.changed):
        QTest.keyClick(control.slider, Qt.Key.Key_Right)
    assert dialog.settings.text_scale == pytest.approx(1.1)
    assert "110%" in reading.words(control)


def test_threads_key_and_server(dialog: SettingsDialog, qtbot: QtBot) -> None:
    threads = dialog.controls["threads"]
    hold = dialog.controls["hold_key"]
    server = dialog.controls["dialogue_server"]
    assert isinstance(threads, Number)
    assert isinstance(hold, QKeySequenceEdit)
    assert isinstance(server, QLineEdit)
    assert threads.text() == "Choose for me"
    threads.setValue(2)
    hold.setKeySequence(QKeySequence("F9"))
    hold.editingFinished.emit()
    server.setText("  http://host:8000/v1 ")
    server.editingFinished.emit()
    now = dialog.settings
    assert (now.threads, now.hold_key, now.dialogue_server) == (2, "F9", "http://host:8000/v1")


def test_the_server_is_asked_for_only_where_one_is_used(dialog: SettingsDialog) -> None:
    server = dialog.fields["dialogue_server"]
    assert server.isHidden()
    choose(dialog, "dialogue_engine", 3)
    assert dialog.settings.dialogue_engine == "remote"
    assert not server.isHidden()


def test_what_is_the_same_is_not_told(dialog: SettingsDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dialog.changed):
        choose(dialog, "theme", 0)


def test_other_devices_are_offered_and_a_lost_one_is_kept(qapp: QApplication, qtbot: QtBot) -> None:
    dialog = SettingsDialog(Settings(microphone="Gone"), DEVICES)
    qtbot.addWidget(dialog)
    control = dialog.controls["microphone"]
    assert isinstance(control, Choice)
    assert control.value == "Gone"
    dialog.set_devices(Devices(("New",), (), "New", ""))
    assert [control.itemData(i) for i in range(control.count())] == ["", "New", "Gone"]
    assert control.value == "Gone"


def test_a_wheel_that_scrolls_the_page_changes_nothing(dialog: SettingsDialog) -> None:
    control = dialog.controls["theme"]
    control.clearFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(control, wheel)
    assert isinstance(control, Choice)
    assert control.value == "system"


def test_every_setting_can_be_set(dialog: SettingsDialog) -> None:
    assert {field.name for field in fields(Settings)} == set(dialog.controls)


def test_what_was_changed_can_be_kept_and_read_again(
    dialog: SettingsDialog, tmp_path: Path
) -> None:
    choose(dialog, "theme", 3)
    file = tmp_path / "settings.toml"
    stored.save(dialog.settings, file)
    assert stored.load(file).theme == "contrast"


@pytest.mark.parametrize("group", range(7))
def test_everything_has_a_name_and_a_size(dialog: SettingsDialog, group: int) -> None:
    choose(dialog, "dialogue_engine", 3)
    dialog.show_group(group)
    assert reading.nameless(dialog) == []
    assert reading.too_small(dialog) == []


def test_names_and_hints_reach_the_screen_reader(dialog: SettingsDialog) -> None:
    assert reading.spoken(dialog.controls["theme"]) == "Colours"
    assert dialog.controls["captions"].accessibleDescription().startswith("Shows what")


def test_custom_instructions_are_kept_when_the_field_is_left_and_bounded(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, Settings())
    dialog = SettingsDialog(Settings())
    qtbot.addWidget(dialog)
    dialog.show_page("Custom instructions")
    dialog.show()
    field = dialog.controls["wishes"]
    assert isinstance(field, TextField)
    field.edit.setFocus()
    field.edit.setPlainText("z" * 1500)
    assert dialog.settings.wishes == ""
    dialog.close()
    assert dialog.settings.wishes == "z" * 1000


def test_custom_instructions_are_off_in_a_kiosk(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, Settings())
    dialog = SettingsDialog(Settings(profile="kiosk"))
    qtbot.addWidget(dialog)
    assert not dialog.controls["call_me"].isEnabled()
