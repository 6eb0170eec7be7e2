"""What the window says of its children, and how settings reach them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from agent import settings as user_settings
from agent.settings import Settings
from agent.types import (
    Apply,
    Phase,
    Preview,
    Ready,
    SetCamera,
    State,
)
from desktop.session.children import GaveUp, Restarting, Stalled
from desktop.session.pictures import encode
from desktop.window.main import Window
from perception.audio.ipc.messages import Trouble
from tests.desktop.window_script import Script
from tests.desktop.windowing import button


def test_status_says_where_with_what_and_why(window: Window, script: Script) -> None:
    script.tell(State(Phase.LOADING, "", "Loading the dialogue model"))
    assert "Loading the dialogue model" in window.parts.status.text
    script.tell(Ready("Qwen2.5 1.5B", "CPU (2 threads)", "It fits."), State(Phase.IDLE, "", ""))
    assert window.parts.status.text == (
        "On this machine · Qwen2.5 1.5B on CPU (2 threads) · offline"
    )
    window.follow(Settings(dialogue_engine="remote", dialogue_server="http://box:8000"))
    assert "offline" not in window.parts.status.text
    assert "http://box:8000" in window.parts.status.text


def test_camera_on_and_off(window: Window, script: Script) -> None:
    window.parts.middle.composer.camera.click()
    assert script.mind[-1] == SetCamera("camera:0")
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    script.tell(Preview(encode(image), None))
    window.parts.middle.composer.camera.click()
    assert script.mind[-1] == SetCamera("")


def test_children_in_trouble_are_said_with_what_can_be_done(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    script.tell(Stalled("t"))
    QTest.mouseClick(button(window, "Start it again"), Qt.MouseButton.LeftButton)
    assert script.revived == ["mind"]
    script.tell(Restarting("mind"))
    assert "Starting again" in window.parts.status.text
    script.tell(GaveUp("mind", "/logs/mind.log"))
    assert "again and again" in window.parts.middle.noticed
    script.tell(Trouble("The microphone is gone.", "Plug it in."))
    assert window.parts.middle.noticed == "The microphone is gone."


def test_settings_are_saved_and_the_mind_is_told(
    window: Window, script: Script, tmp_path: Path
) -> None:
    window.actions_.read_aloud(False)
    assert script.mind[-1] == Apply()
    assert user_settings.load(tmp_path / "settings.toml").speak_answers is False
    window.parts.chats.profile.chosen.emit("health")
    assert user_settings.load(tmp_path / "settings.toml").profile == "health"
