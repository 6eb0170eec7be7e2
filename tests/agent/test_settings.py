"""Settings: whole, typed, told when broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.settings import Settings, load, save
from perception.types import UserError


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    settings = Settings(theme="dark", text_scale=1.5, microphone='A "fancy" name\\ 麦克风')
    save(settings, tmp_path / "config" / "settings.toml")
    assert load(tmp_path / "config" / "settings.toml") == settings


def test_none_are_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "missing.toml") == Settings()


@pytest.mark.parametrize("text", ["theme = 3", "theme = ", "\x00\xff", "text_scale = 'big'"])
def test_a_broken_file_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.toml").write_text(text, encoding="latin-1")
    with pytest.raises(UserError, match="cannot be read"):
        load(tmp_path / "settings.toml")
