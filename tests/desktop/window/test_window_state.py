"""What the window says of its children, and how settings reach them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from agent import settings as user_settings
from agent.commands import Apply, SetCamera
from agent.engines.choice import choose
from agent.engines.hardware import examine
from agent.events import AssistantState, Preview, Ready
from agent.models import catalog
from agent.models.store import ModelStore
from agent.settings import Settings, models_folder
from agent.types import Phase
from desktop.session.children import GaveUp, Restarting, Stalled
from desktop.session.pictures import encode
from desktop.window.main import Window
from perception.audio.ipc.messages import Mode, Trouble
from perception.messages import plain
from tests.desktop.reading import words
from tests.desktop.window_script import Script
from tests.desktop.windowing import (
    button,
    composer_of,
    notice_of,
    status_of,
)


def test_status_says_where_with_what_and_why(window: Window, script: Script) -> None:
    script.tell(AssistantState(Phase.LOADING, "", plain("Loading the dialogue model")))
    assert "Loading the dialogue model" in status_of(window)
    script.tell(
        Ready("Qwen2.5 1.5B", "CPU (2 threads)", plain("It fits.")), AssistantState(Phase.IDLE, "")
    )
    assert window.parts.status.text == ("On this computer · not connected")


@pytest.mark.parametrize("engine", ["", "gguf", "local", "remote"])
@pytest.mark.parametrize("kept", ["", "http://box:8000/v1"])
def test_status_and_promises_are_what_the_mind_chose(
    window: Window, script: Script, engine: str, kept: str
) -> None:
    settings = Settings(
        dialogue_engine=engine, dialogue_server=kept, dialogue_model="" if engine == "" else "big/b"
    )
    window.follow(settings)
    status, empty = window.parts.status, window.parts.conversation.empty
    assert "not connected" not in status.text  # nobody has said so yet
    assert "stay" not in " ".join(words(empty))
    if engine == "remote" and not kept:
        return  # such a choice is refused
    store = ModelStore(models_folder(), catalog.load())
    choice = choose(examine(), settings, store)
    script.tell(Ready("m", choice.device, choice.reason, choice.server))
    said, promised = status.text, " ".join(words(empty))
    camera = window.parts.inspector.preview.off.toolTip()
    if engine == "remote":
        assert said == f"On the server {kept}"
        assert f"What you say and show is sent as text to {kept}." in promised
        assert f"What is seen in them is sent as text to {kept}." in camera
        assert "stays on this computer" not in promised
    else:
        assert said == "On this computer · not connected"
        assert "What you say and show stays on this computer." in promised
        assert "Pictures stay on this computer." in camera
        assert "sent" not in promised + camera


def test_nothing_is_promised_while_it_is_loaded_anew(window: Window, script: Script) -> None:
    script.tell(Ready("m", "cpu", None))
    script.tell(AssistantState(Phase.LOADING, "", plain("Loading the models")))
    assert window.parts.status.text == "Loading the models"
    script.tell(AssistantState(Phase.IDLE, ""))
    assert window.parts.status.text == "No model is loaded"


def test_fetching_is_not_offline(window: Window, script: Script) -> None:
    script.tell(Ready("m", "cpu", None))
    window.parts.facts.set_fetching(True)
    assert window.parts.status.text == "On this computer · fetching models from the network"
    window.parts.facts.set_fetching(False)
    assert window.parts.status.text == "On this computer · not connected"


@pytest.mark.parametrize("mode", [Mode.OPEN, Mode.WAKE])
def test_an_open_microphone_promises_what_is_true(
    window: Window, script: Script, mode: Mode
) -> None:
    script.tell(Ready("m", "server", None, "http://box:8000/v1"))
    window.microphone.choose(mode)
    said = " ".join(words(window.parts.conversation))
    assert "is sent as text to http://box:8000/v1" in said
    assert "stays on this computer" not in said


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
    script.tell(Trouble(plain("The microphone is gone.", "Plug it in.")))
    assert notice_of(window) == "The microphone is gone."


def test_settings_are_saved_and_the_mind_is_told(
    window: Window, script: Script, tmp_path: Path
) -> None:
    window.actions_.read_aloud(False)
    assert script.mind[-1] == Apply()
    assert user_settings.load(tmp_path / "settings.toml").speak_answers is False
    window.parts.conversation.header.switch.profile_chosen.emit("health")
    assert user_settings.load(tmp_path / "settings.toml").profile == "health"
