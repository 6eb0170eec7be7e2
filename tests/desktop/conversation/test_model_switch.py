"""Profile and model in the header of a chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.conversation.model_switch import ModelSwitch
from desktop.window.main import Window
from tests.desktop.windowing import settings_of


def _switch(window: Window, monkeypatch: pytest.MonkeyPatch, folder: Path) -> ModelSwitch:
    monkeypatch.setenv("CANDOR_MODELS", str(folder))
    switch = window.parts.conversation.header.switch
    switch.fill()
    return switch


def test_a_profile_is_chosen_in_the_header(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    switch = _switch(window, monkeypatch, tmp_path)
    assert switch.text() == "Everyday" and "Everyday" in switch.accessibleName()
    health = next(a for a in switch.menu().actions() if a.text() == "Health")
    health.trigger()
    assert settings_of(window).profile == "health" and switch.text() == "Health"


def test_a_model_that_is_not_there_says_so_and_leads_to_the_models(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    switch = _switch(window, monkeypatch, tmp_path)
    missing = [a for a in switch.menu().actions() if a.text().endswith(": not downloaded")]
    assert missing
    before = settings_of(window)
    missing[0].trigger()
    assert settings_of(window) == before
    assert window.dialogs.models is not None and window.dialogs.models.isVisible()


def test_a_model_that_is_there_is_chosen(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from agent.models.store import ModelStore

    monkeypatch.setattr(ModelStore, "problems", lambda *_: ())
    switch = _switch(window, monkeypatch, tmp_path)
    names = [a.text() for a in switch.menu().actions()]
    assert not [name for name in names if name.endswith("not downloaded")]
    at = names.index("Model that answers") + 2
    switch.menu().actions()[at].trigger()
    chosen = settings_of(window).dialogue_model
    assert chosen and names[at] in switch.toolTip()
    switch.fill()
    assert [a.text() for a in switch.menu().actions() if a.isChecked()] == ["Everyday", names[at]]
