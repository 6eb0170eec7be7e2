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
from tests.desktop.windowing import (
    button,
    composer_of,
    notice_of,
    status_of,
)


def test_status_says_where_with_what_and_why(window: Window, script: Script) -> None:
    script.tell(State(Phase.LOADING, "", "Loading the dialogue model"))
    assert "Loading the dialogue model" in status_of(window)
    script.tell(Ready("Qwen2.5 1.5B", "CPU (2 threads)", "It fits."), State(Phase.IDLE, "", ""))
    assert status_of(window) == ("On this machine · Qwen2.5 1.5B on CPU (2 threads) · offline")
    window.follow(Settings(dialogue_engine="remote", dialogue_server="http://box:8000"))
    assert "offline" not in status_of(window)
    assert "http://box:8000" in status_of(window)


def test_camera_on_and_off(window: Window, script: Script) -> None:
    composer_of(window).camera.click()
    assert script.mind[-1] == SetCamera("camera:0")
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    script.tell(Preview(encode(image), None))
    composer_of(window).camera.click()
    assert script.mind[-1] == SetCamera("")


def test_children_in_trouble_are_said_with_what_can_be_done(
    qtbot: QtBot, window: Window, script: Script
) -> None:
    script.tell(Stalled("t"))
    QTest.mouseClick(button(window, "Start it again"), Qt.MouseButton.LeftButton)
    assert script.revived == ["mind"]
    script.tell(Restarting("mind"))
    assert "Starting again" in status_of(window)
    script.tell(GaveUp("mind", "/logs/mind.log"))
    assert "again and again" in notice_of(window)
    script.tell(Trouble("The microphone is gone.", "Plug it in."))
    assert notice_of(window) == "The microphone is gone."


def test_settings_are_saved_and_the_mind_is_told(
    window: Window, script: Script, tmp_path: Path
) -> None:
    window.actions_.read_aloud(False)
    assert script.mind[-1] == Apply()
    assert user_settings.load(tmp_path / "settings.toml").speak_answers is False
    window.parts.chats.profile.chosen.emit("health")
    assert user_settings.load(tmp_path / "settings.toml").profile == "health"
