"""A server is used only after its address was tried; a failure keeps what answered before."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent.codes import AgentCode
from agent.settings import Settings
from desktop import theme
from desktop.settings import server_field
from desktop.settings.dialog import SettingsDialog
from desktop.settings.server_field import ServerField
from perception.audio.ipc.messages import Devices
from perception.types import UserError
from tests.desktop.settings.test_preferences import choose

ADDRESS = "http://host:8000/v1"
SERVER = 3
"""Its place among the engines."""


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, str | UserError | threading.Event]:
    """What each address answers when it is tried; an event is waited for first."""
    known: dict[str, str | UserError | threading.Event] = {}

    def tried(settings: Settings, engine: str, address: str) -> str:
        answer = known.get(address)
        if isinstance(answer, threading.Event):
            answer.wait(20)
            return "slow"
        if isinstance(answer, str):
            return answer
        raise answer or UserError(AgentCode.SERVER_NOT_THERE, address=address)

    monkeypatch.setattr(server_field, "try_server", tried)
    return known


@pytest.fixture
def dialog(qapp: QApplication, qtbot: QtBot) -> Iterator[SettingsDialog]:
    theme.apply(qapp, Settings())
    made = SettingsDialog(Settings(), Devices((), (), "", ""))
    qtbot.addWidget(made)
    made.show()
    yield made


def _server(dialog: SettingsDialog) -> ServerField:
    control = dialog.controls["dialogue_server"]
    assert isinstance(control, ServerField)
    return control


def _write(field: ServerField, address: str) -> None:
    field.line.setText(address)
    field.line.editingFinished.emit()


def test_it_is_asked_for_where_one_is_wanted_and_nothing_changes_yet(
    dialog: SettingsDialog,
) -> None:
    field = dialog.fields["dialogue_server"]
    assert field.isHidden()
    choose(dialog, "dialogue_engine", SERVER)
    assert not field.isHidden() and dialog.settings == Settings()
    assert "nothing changes" in _server(dialog).text


def test_an_address_that_answers_is_used(
    dialog: SettingsDialog, qtbot: QtBot, answers: dict[str, object]
) -> None:
    answers[ADDRESS] = "big/model"
    choose(dialog, "dialogue_engine", SERVER)
    with qtbot.waitSignal(dialog.changed):
        _write(_server(dialog), f"  {ADDRESS} ")
    now = dialog.settings
    assert (now.dialogue_engine, now.dialogue_server) == ("remote", ADDRESS)
    assert "big/model" in _server(dialog).text


def test_one_that_does_not_answer_changes_nothing_and_says_why(
    dialog: SettingsDialog, qtbot: QtBot, answers: dict[str, object]
) -> None:
    choose(dialog, "dialogue_engine", SERVER)
    _write(_server(dialog), ADDRESS)
    qtbot.waitUntil(lambda: not _server(dialog).running)
    assert dialog.settings == Settings()
    assert "Nothing was changed." in _server(dialog).text and ADDRESS in _server(dialog).text
    answers[ADDRESS] = "m"
    with qtbot.waitSignal(dialog.changed):
        _server(dialog).button.click()
    assert dialog.settings.dialogue_engine == "remote"


def test_another_address_of_a_server_in_use_is_tried_first(
    dialog: SettingsDialog, qtbot: QtBot, answers: dict[str, object]
) -> None:
    answers[ADDRESS] = "m"
    choose(dialog, "dialogue_engine", SERVER)
    with qtbot.waitSignal(dialog.changed):
        _write(_server(dialog), ADDRESS)
    _write(_server(dialog), "http://gone:1/v1")
    qtbot.waitUntil(lambda: not _server(dialog).running)
    assert dialog.settings.dialogue_server == ADDRESS


def test_whoever_leaves_while_it_is_tried_keeps_their_engine(
    dialog: SettingsDialog, qtbot: QtBot, answers: dict[str, object]
) -> None:
    answers[ADDRESS] = slow = threading.Event()
    choose(dialog, "dialogue_engine", SERVER)
    _write(_server(dialog), ADDRESS)
    choose(dialog, "dialogue_engine", 1)
    with qtbot.waitSignal(_server(dialog)._ended):
        slow.set()
    assert (dialog.settings.dialogue_engine, dialog.settings.dialogue_server) == ("gguf", "")


def test_a_real_trial_tells_what_is_wrong() -> None:
    from agent.engines.server_trial import try_server

    for address, code in (
        ("nonsense", AgentCode.NOT_A_SERVER_ADDRESS),
        ("http://127.0.0.1:9/v1", AgentCode.SERVER_NOT_THERE),
    ):
        with pytest.raises(UserError) as told:
            try_server(Settings(), "remote", address)
        assert told.value.code == code
