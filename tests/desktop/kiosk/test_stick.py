"""Setting up from a stick: signed or refused, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.codes import DesktopCode
from desktop.kiosk.admin import provision as provisioning
from desktop.kiosk.admin.provision import (
    KioskPlaces,
    finish_provision,
    provision,
    trusted_key,
)
from desktop.kiosk.admin.signing import make_keys, private_key, public_key
from desktop.kiosk.admin.stick import StickSource, is_place, make_stick
from perception.types import UserError

CONTENT = {
    "models/small/model.gguf": b"weights" * 1000,
    "profiles/house.toml": b"title = {}\n",
    "documents/rules/house.txt": b"No dogs.\n",
    "settings.toml": b"version = 1\n",
    "policy.toml": b"",
}


@dataclass(frozen=True)
class Bench:
    """A stick, the keys, and a kiosk that has other things."""

    stick: Path
    private: Path
    places: KioskPlaces

    @property
    def public(self) -> Path:
        return self.private.with_name(f"{self.private.name}.pub")

    def set_up(self) -> list[str]:
        return list(provision(self.stick, public_key(self.public), self.places))

    def state(self) -> dict[str, bytes]:
        roots = self.places.roots
        files = [file for root in roots for file in sorted(root.rglob("*")) if file.is_file()]
        return {str(file): file.read_bytes() for file in files}


def fill(folder: Path, content: dict[str, bytes]) -> None:
    for path, data in content.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    owner = tmp_path / "owner"
    fill(owner, CONTENT | {"models/.lock": b"", "profiles/.hidden": b"x"})
    private = tmp_path / "keys" / "owner.pem"
    make_keys(private)
    source = StickSource(owner / "models", owner / "profiles", owner / "documents", owner)
    copied = list(make_stick(source, tmp_path / "stick", private_key(private)))
    assert sorted(copied) == sorted(CONTENT)
    places = KioskPlaces(tmp_path / "m", tmp_path / "data", tmp_path / "config")
    old = {"settings.toml": b"old", "kiosk-pin.json": b"{}"}
    fill(places.config, old)
    fill(places.data, {"documents/old.txt": b"Dogs are welcome."})
    return Bench(tmp_path / "stick", private, places)


def test_everything_of_the_stick_takes_its_place(bench: Bench) -> None:
    assert sorted(bench.set_up()) == sorted(CONTENT)
    for path, data in CONTENT.items():
        assert bench.places.place(path).read_bytes() == data
    assert not (bench.places.data / "documents/old.txt").exists()
    assert (bench.places.config / "kiosk-pin.json").exists()
    assert not any(".provision" in path for path in bench.state())
    assert bench.set_up() == []  # all is there already
    assert trusted_key(bench.places, None)


def unsigned(bench: Bench) -> None:
    (bench.stick / "manifest.sig").unlink()


def without_list(bench: Bench) -> None:
    (bench.stick / "manifest.toml").unlink()


def changed_list(bench: Bench) -> None:
    with (bench.stick / "manifest.toml").open("ab") as stream:
        stream.write(b"\n")


def no_signature(bench: Bench) -> None:
    (bench.stick / "manifest.sig").write_bytes(b"***")


def changed_file(bench: Bench) -> None:
    (bench.stick / "files/settings.toml").write_bytes(b"version = 2\n")


def longer_file(bench: Bench) -> None:
    with (bench.stick / "files/models/small/model.gguf").open("ab") as stream:
        stream.write(b"more")


def cut_file(bench: Bench) -> None:
    os.truncate(bench.stick / "files/models/small/model.gguf", 10)


def lost_file(bench: Bench) -> None:
    (bench.stick / "files/documents/rules/house.txt").unlink()


def link_out(bench: Bench) -> None:
    file = bench.stick / "files/settings.toml"
    file.unlink()
    file.symlink_to("/etc/hostname")


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (unsigned, DesktopCode.STICK_UNSIGNED),
        (without_list, DesktopCode.STICK_UNREADABLE),
        (changed_list, DesktopCode.STICK_SIGNED_BY_OTHERS),
        (no_signature, DesktopCode.STICK_SIGNED_BY_OTHERS),
        (changed_file, DesktopCode.STICK_CHANGED),
        (longer_file, DesktopCode.STICK_CHANGED),
        (cut_file, DesktopCode.STICK_CHANGED),
        (lost_file, DesktopCode.STICK_UNREADABLE),
        (link_out, None),
    ],
)
def test_a_stick_that_is_not_as_signed_changes_nothing(
    bench: Bench, harm: Callable[[Bench], None], code: DesktopCode | None
) -> None:
    harm(bench)
    before = bench.state()
    with pytest.raises(UserError) as told:
        bench.set_up()
    assert code is None or told.value.notice.code == code
    assert bench.state() == before


def test_pulled_out_or_cancelled_at_any_file_changes_nothing(bench: Bench) -> None:
    before = bench.state()
    for stop in range(1, len(CONTENT) + 1):
        copying = provision(bench.stick, public_key(bench.public), bench.places)
        for _ in range(stop):
            next(copying)
        copying.close()
        assert bench.state() == before


def test_what_is_cut_off_while_it_takes_its_place_is_finished_later(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, left = Path.replace, [2]

    def failing(self: Path, target: Path) -> Path:
        if self.parent.match("*/.provision*") or ".provision" in str(self):
            left[0] -= 1
            if left[0] < 0:
                raise OSError("the power is gone")
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", failing)
        with pytest.raises(UserError):
            bench.set_up()
    assert bench.places.moves.exists()
    assert finish_provision(bench.places)
    for path, data in CONTENT.items():
        assert bench.places.place(path).read_bytes() == data
    assert not finish_provision(bench.places)


def test_another_key_is_refused_once_one_is_kept(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        trusted_key(bench.places, None)
    assert told.value.notice.code == DesktopCode.KIOSK_KEY_MISSING
    bench.set_up()
    other = make_keys(tmp_path / "other.pem")
    with pytest.raises(UserError):
        trusted_key(bench.places, other)
    with pytest.raises(UserError):
        list(provision(bench.stick, public_key(other), bench.places))


def test_too_little_room_is_told_before_anything_is_copied(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provisioning, "free_bytes", lambda folder: 10)
    before = bench.state()
    with pytest.raises(UserError) as told:
        bench.set_up()
    assert told.value.notice.code == DesktopCode.STICK_NO_ROOM and bench.state() == before


@pytest.mark.parametrize(
    "path",
    [
        *("../x", "/etc/passwd", "models/../../x", "models/.lock", "history.db", "documents"),
        *("", "a/b", "models//x", "models/./x", "models/a\\b", "kiosk-pin.json", "profiles/a\nb"),
    ],
)
def test_a_list_cannot_write_elsewhere(path: str) -> None:
    assert not is_place(path)


def test_a_key_is_never_replaced_and_the_private_one_is_private(bench: Bench) -> None:
    assert bench.private.stat().st_mode & 0o077 == 0
    with pytest.raises(UserError):
        make_keys(bench.private)
    with pytest.raises(UserError):
        public_key(bench.private)
    with pytest.raises(UserError):
        private_key(bench.public)
