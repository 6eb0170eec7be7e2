"""Every way to the Models page, and a switch of the model while the window runs."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from agent.codes import AgentCode
from agent.events import Failed
from desktop.window.main import Window
from perception.messages import notice
from tests.desktop.window_script import Script
from tests.desktop.windowing import ask, open_settings, settings_of


def _button(inside: QWidget, text: str) -> QPushButton:
    return next(each for each in inside.findChildren(QPushButton) if each.text() == text)


@pytest.fixture
def failure() -> Failed:
    return Failed("", notice(AgentCode.NOT_ENOUGH_MEMORY, file="a.gguf", needed="9", free="4"))


def test_from_the_empty_page(window: Window) -> None:
    _button(window.parts.conversation.empty, "Models…").click()
    assert window.dialogs.models is not None and window.dialogs.models.isVisible()


def test_from_the_settings(window: Window) -> None:
    _button(open_settings(window), "Get and choose models…").click()
    assert window.dialogs.models is not None and window.dialogs.models.isVisible()


def test_from_an_error_about_a_model(window: Window, script: Script, failure: Failed) -> None:
    script.tell(failure)
    steps = [each.text() for each in window.parts.conversation.findChildren(QPushButton)]
    assert steps.count("Models…") == 2, "on the empty page, and beside the error"


def test_from_an_answer_that_failed(window: Window, script: Script, failure: Failed) -> None:
    ask(window, "What is tea?")
    turn = next(reversed(list(window.session.transcript)))
    script.tell(Failed(turn.id, failure.told))
    _button(window.parts.conversation.transcript, "Models…").click()
    assert window.dialogs.models is not None and window.dialogs.models.isVisible()


def test_a_model_that_is_chosen_answers_from_now_on(window: Window) -> None:
    window.dialogs.open_models()
    assert window.dialogs.models is not None
    window.dialogs.models.chosen.emit("smollm2-135m-instruct")
    assert settings_of(window).dialogue_model == "smollm2-135m-instruct"
    window.dialogs.models.chosen.emit("")
    assert settings_of(window).dialogue_model == ""
