"""The test of the devices: what is made of the loudest sample."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.settings import Settings
from desktop import theme
from desktop.settings.microphone_trial import DeviceTrial
from perception.audio.ipc.messages import Tried


@pytest.fixture
def trial(qapp: QApplication, qtbot: QtBot) -> DeviceTrial:
    theme.apply(qapp, Settings())
    made = DeviceTrial()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("peak", "verdict"),
    [
        (0.0, "Nothing was heard"),
        (0.03, "Too quiet"),
        (0.3, "Good"),
        (0.97, "Good"),
        (1.0, "Too loud"),
    ],
)
def test_the_result_is_said_with_what_to_do(trial: DeviceTrial, peak: float, verdict: str) -> None:
    trial.button.click()
    assert not trial.button.isEnabled()
    trial.show_result(Tried(peak))
    assert trial.text.startswith(verdict)
    assert trial.button.isEnabled()


def test_a_result_that_nobody_waits_for_says_nothing(trial: DeviceTrial) -> None:
    before = trial.text
    trial.show_result(Tried(0.5))
    trial.fail("The speaker is gone.", "")
    assert trial.text == before


def test_silence_of_the_ears_ends_it(trial: DeviceTrial) -> None:
    trial.button.click()
    trial._late.timeout.emit()
    assert "No answer" in trial.text
    assert trial.button.isEnabled()
