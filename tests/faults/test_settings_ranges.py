"""Settings that nobody could mean: Candor starts with the good ones, and says which line is not."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from agent.settings import (
    Settings,
    limits,
    load,
    save,
)
from agent.speech import vocabulary
from desktop.session.pictures import read_picture as read_attached
from perception.picture import open_picture
from perception.regular_file import write_whole
from perception.types import UserError
from safety.policy_file import load_policy
from tests.faults.conftest import Record, Tries
from tests.faults.hostile import mutated, odd_files

WRONG = {
    "interface_language": "x" * 99,
    "theme": "pink",
    "profile": "../../etc",
    "dialogue_model": "a\nb",
    "dialogue_engine": "x; rm",
    "dialogue_server": "file:///etc/passwd",
    "hearing_engine": "x" * 65,
    "voice_engine": "x" * 65,
    "spoken_languages": ["english, please"],
    "speak_answers": 1,
    "speak_to_voice": "loud",
    "microphone": "m" * 2000,
    "speaker": "\x1b[2J",
    "camera": "c" * 2000,
    "threads": 100_000,
    "hold_key": "k" * 65,
    "reduce_motion": "no",
    "captions": 0.5,
    "text_scale": 50.0,
    "talk_mode": "shout",
    "wake_word": "Hello There",
    "patience": -1.0,
    "mute_key": 7,
    "speech_rate": 0.0,
    "speech_pitch": 1e300,
    "avatar": "clown",
    "show_timings": "maybe",
    "keep_marks": [],
    "call_me": "x" * 61,
    "answer_tone": "rude",
    "answer_length": "endless",
    "units": "cubits",
    "wishes": "w" * 1001,
    "keep_days": -1,
    "region": "gb; rm",
    "quick_key": "q" * 65,
    "keep_in_tray": "always",
}


def test_every_setting_has_its_limits(tmp_path: Path, record: Record) -> None:
    assert set(WRONG) == {field.name for field in fields(Settings)}
    file = tmp_path / "settings.toml"
    for name, value in WRONG.items():
        good = "captions = false" if name != "captions" else "theme = 'dark'"
        file.write_text(f"{good}\n{name} = {msgspec.json.encode(value).decode()}\n")
        told: list[UserError] = []
        settings = load(file, told.append)
        assert getattr(settings, name) == getattr(Settings(), name), name
        assert settings != Settings(), "the good line holds"
        assert told[0].message.startswith(f"Line 2 of {file} is not used: {name} must be "), name
        with pytest.raises(UserError):
            save(with_value(name, value), file)
    record("settings out of their limits", len(WRONG), 0, "the line is named; all others hold")


def with_value(name: str, value: Any) -> Settings:
    changed: dict[str, Any] = {name: value}
    return Settings(**changed)


def test_the_numbers_have_a_least_and_a_most() -> None:
    for name in ("threads", "text_scale", "patience", "speech_rate", "speech_pitch"):
        least, most = limits(name)
        assert least <= getattr(Settings(), name) <= most


FILES: dict[str, tuple[bytes, str]] = {
    "unknown": (b"threads = 2\nhologram = true\n", "Line 2"),
    "broken": (b"threads = 2\ntheme = = 'dark'\n", "Line 2"),
    "latin": (b"threads = 2\nmicrophone = '\xe9'\n", ""),
    "table": (b"threads = 2\n[camera]\nx = 1\n", "Line 2"),
    "twice": (b"threads = 2\nthreads = 2\ntheme = 3\n", ""),
    "zeros": (b"threads = 2\n" + bytes(100), "Line 2"),
    "deep": (b"threads = 2\nx = " + b"[" * 100_000, "Line 2"),
}


@pytest.mark.parametrize("kind", list(FILES))
def test_the_file_is_kept_beside_and_the_good_lines_hold(tmp_path: Path, kind: str) -> None:
    data, said = FILES[kind]
    file = tmp_path / "settings.toml"
    file.write_bytes(data)
    told: list[UserError] = []
    assert load(file, told.append).threads == 2
    if said:
        (beside,) = tmp_path.glob("settings.toml.broken-*")
        assert beside.read_bytes() == data and said in told[0].message
        assert beside.name in told[0].hint
    assert load(file, told.append).threads == 2 and len(told) == bool(told)


def test_the_file_of_a_newer_candor_stays_as_it_is_and_loses_nothing(tmp_path: Path) -> None:
    data = b"version = 99\nthreads = 2\nhologram = true\n# mine\ntheme = 3\n"
    file, beside = tmp_path / "settings.toml", tmp_path / "settings.toml.version-99"
    file.write_bytes(data)
    for _ in range(2):
        told: list[UserError] = []
        settings = load(file, told.append)
        assert (settings.threads, file.read_bytes(), beside.read_bytes()) == (2, data, data)
        assert "newer" in told[0].message and beside.name in told[0].hint
    save(replace(settings, threads=3), file)
    saved = tomllib.loads(file.read_text())
    assert (saved["threads"], saved["hologram"], saved["version"]) == (3, True, 99)
    assert "# mine" in file.read_text()
    assert [each.name for each in tmp_path.glob("settings.toml.*")] == [beside.name]


def test_a_mutated_file_never_ends_a_start(tmp_path: Path, tries: Tries, record: Record) -> None:
    file, chance, count = tmp_path / "settings.toml", random.Random(8), tries(150, 3000)
    save(Settings(theme="dark", threads=3, spoken_languages=("en", "zh")), file)
    good = file.read_bytes()
    for _ in range(count):
        file.write_bytes(mutated(good, chance))
        settings = load(file, lambda error: None)
        save(settings, file)
        for beside in tmp_path.glob("*.broken-*"):
            beside.unlink()
    record("damaged settings files", count, 0, "the line is named; the file is kept beside")


READERS: dict[str, Callable[[Path], object]] = {
    "words": vocabulary.load,
    "policy": lambda file: load_policy(file, ()),
    "picture": lambda file: open_picture(file, 0.0),
    "attached picture": read_attached,
}


@pytest.mark.parametrize("reader", list(READERS))
def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path: Path, reader: str) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    for kind, file in odd_files(folder):
        with pytest.raises(UserError):
            READERS[reader](file)
        assert kind


def test_settings_that_are_no_file_are_told(tmp_path: Path, record: Record) -> None:
    folder, count = tmp_path / "odd", 0
    folder.mkdir()
    for _, file in odd_files(folder):
        told: list[UserError] = []
        assert load(file, told.append) == Settings()
        assert len(told) == 1 and "defaults" in told[0].hint
        count += 1
    record("pipes, sockets, devices and links for files", count * 5, 0, "refused in a sentence")


def test_a_draft_of_an_earlier_version_is_harmless(tmp_path: Path) -> None:
    file, outside = tmp_path / "settings.toml", tmp_path / "outside"
    outside.write_text("as it was")
    (tmp_path / "settings.part").write_text("theme = 'da")
    (tmp_path / "settings.toml.part").symlink_to(outside)
    save(Settings(threads=2), file)
    assert load(file) == Settings(threads=2) and outside.read_text() == "as it was"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    outside, file = tmp_path / "outside", tmp_path / "file"
    outside.write_text("as it was")
    file.symlink_to(outside)
    write_whole(file, b"new")
    assert file.read_bytes() == b"new" and outside.read_text() == "as it was"
