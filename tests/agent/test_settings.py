"""Settings: whole, typed, told when broken."""

from __future__ import annotations

from dataclasses import replace
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
def test_a_broken_file_is_told_and_kept_beside(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f"{text}\nthreads = 3\n", encoding="latin-1")
    before, told = file.read_bytes(), list[UserError]()
    assert load(file, told.append) == Settings(threads=3)
    assert [error.message.split(" of ")[0] for error in told] == ["Line 1"]
    (beside,) = tmp_path.glob("settings.toml.broken-*")
    assert beside.read_bytes() == before and beside.name in told[0].hint
    assert load(file, told.append) == Settings(threads=3) and len(told) == 1


def test_what_is_out_of_its_limits_is_not_saved(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="threads must be a whole number from 0 to 256"):
        save(Settings(threads=100_000), tmp_path / "settings.toml")
    assert list(tmp_path.iterdir()) == []


def test_the_users_comments_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('# mine\ntheme = "dark"  # at night\n\n# fewer\nthreads = 2\n', "utf-8")
    settings = load(file)
    save(replace(settings, threads=3), file)
    text = file.read_text("utf-8")
    assert text.startswith('# mine\ntheme = "dark"  # at night\n\n# fewer\nthreads = 3\n')
    assert load(file) == replace(settings, threads=3)
