"""The owner's commands, through their parser."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import pytest

from agent.settings import config_folder, data_folder, models_folder
from desktop.kiosk.admin.commands import add_subcommands
from desktop.kiosk.admin.pin import open_pin
from perception.types import UserError


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_subcommands(parser.add_subparsers(required=True))
    args = parser.parse_args(words)
    return int(args.run(args))


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_the_pin_is_asked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "2468\n2469\n")
    with pytest.raises(UserError):
        run("pin")
    assert not open_pin().is_set
    typed(monkeypatch, "2468\n2468\n")
    assert run("pin") == 0 and open_pin().try_pin("2468").right


def test_print_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("install", "--session", "x11", "--print", "--root", str(tmp_path)) == 0
    printed = capsys.readouterr().out
    assert "DontVTSwitch" in printed and "systemctl enable" in printed
    assert list(tmp_path.iterdir()) == []


def test_install_and_uninstall(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("install", "--root", str(tmp_path)) == 0
    unit = tmp_path / "etc/systemd/system/candor-kiosk.service"
    assert "--profile museum" in unit.read_text()
    assert run("uninstall", "--root", str(tmp_path)) == 0
    assert not unit.exists()


def test_one_kiosk_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CANDOR_MODELS", str(tmp_path / "models"))
    (models_folder() / "small").mkdir(parents=True)
    (models_folder() / "small" / "model").write_bytes(b"weights")
    config_folder().mkdir(parents=True)
    (config_folder() / "settings.toml").write_text('version = 1\nprofile = "museum"\n')
    key, stick = tmp_path / "owner", tmp_path / "stick"
    assert run("key", str(key)) == run("stick", str(stick), "--key", str(key)) == 0
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "kiosk"))
    monkeypatch.setenv("CANDOR_MODELS", str(tmp_path / "kiosk" / "models"))
    with pytest.raises(UserError):
        run("provision", str(stick))
    assert run("provision", str(stick), "--key", f"{key}.pub") == 0
    assert (models_folder() / "small" / "model").read_bytes() == b"weights"
    assert (data_folder() / "settings.toml").exists()
    assert run("provision", str(stick)) == 0
