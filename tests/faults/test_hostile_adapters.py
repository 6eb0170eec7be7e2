"""Adapters that mean harm: each is refused in a sentence, and no start breaks of one."""

from __future__ import annotations

import json
import os
import random
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.adapters.files import ABOUT, check_name
from agent.adapters.importing import take_in
from agent.adapters.report import About
from agent.adapters.shipping import from_run
from agent.adapters.store import Adapters, seal
from agent.engines.tuned import _is_on
from perception.types import UserError
from tests.faults.conftest import Record, Tries
from tests.faults.hostile import mutated, odd_files

WEIGHTS = "adapter_model.safetensors"
ENCRYPTED = 0x1


def adapters(folder: Path) -> Adapters:
    return Adapters(folder / "adapters", 2, folder / "none")


def exported(folder: Path, **values: Any) -> Path:
    made = folder / "exported"
    made.mkdir(parents=True, exist_ok=True)
    (made / WEIGHTS).write_bytes(b"matrices" * 100)
    seal(made, About("garden", "tiny", "ab", 2))
    if values:
        about = json.loads((made / ABOUT).read_bytes())
        (made / ABOUT).write_text(json.dumps(about | values))
    return made


def refused(source: Path, folder: Path, identify: Callable[[str], str] = lambda base: "ab") -> str:
    known = adapters(folder)
    with pytest.raises(UserError) as caught:
        take_in(source, known, "", identify)
    assert known.all() == []
    assert "\n" not in caught.value.message and caught.value.hint
    return caught.value.message


NAMES = (
    *("on.json", "ON.JSON", "about.json", "ours", "OURS", "base", "x.part", "..", ".", "", ".x"),
    *("a/b", "a\\b", "con", "CON.txt", "nul", "com1", "lpt9.x", "a.", "a:b", "a\0b", "a\nb"),
    *(
        "x" * 65,
        "语" * 64 + "言",
        "e\u0301",
        "a b",
        "-x",
        "x.zip",
        "x.lock",
        "\u202eevil",
        "a" * 5000,
    ),
)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: repr(name)[:20])
def test_a_bad_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="cannot be an adapter's name"):
        check_name(name)
    if name and name != "ours":  # Ours from elsewhere gets the name of its base behind.
        assert "cannot be an adapter's name" in refused(exported(tmp_path, name=name), tmp_path)


def test_good_names_are_taken() -> None:
    for name in ("garden", "my.garden-2", "语言", "É", "on", "json", "About", "x" * 64):
        check_name(name)


def test_a_name_that_differs_in_capitals_is_taken_already(tmp_path: Path) -> None:
    known = adapters(tmp_path)
    take_in(exported(tmp_path), known, "garden", lambda base: "ab")
    with pytest.raises(UserError, match="already"):
        take_in(exported(tmp_path), known, "Garden", lambda base: "ab")


def test_an_old_adapter_called_on_json_breaks_no_start(tmp_path: Path) -> None:
    known = adapters(tmp_path)
    take_in(exported(tmp_path), known, "old", lambda base: "ab")
    (tmp_path / "adapters" / "old").rename(tmp_path / "adapters" / "on.json")
    assert known.on("tiny", "ab") == (None, None)
    take_in(exported(tmp_path), known, "new", lambda base: "ab")
    known.switch("new", "ab")
    assert known.name_on("tiny") == "new"
    assert [each.name for each in known.all()] == ["new", "on.json"]
    known.switch("on.json", "ab")
    known.delete("on.json")
    assert known.name_on("tiny") == "new"
    known.switch_to("base", "tiny")
    assert known.name_on("tiny") == ""


def test_what_stands_in_the_folder_breaks_no_start(tmp_path: Path, record: Record) -> None:
    known, root = adapters(tmp_path), tmp_path / "adapters"
    take_in(exported(tmp_path), known, "good", lambda base: "ab")
    outside = exported(tmp_path / "elsewhere")
    (root / "linked").symlink_to(outside)
    list(odd_files(root))
    for number, data in enumerate((b"\xff\xfe", b"[", b"[" * 100_000, b"{}", b"null")):
        folder = root / f"broken{number}"
        folder.mkdir()
        (folder / ABOUT).write_bytes(data)
    (root / "piped").mkdir()
    os.mkfifo(root / "piped" / ABOUT)
    found = {each.name: str(each.problem or "") for each in known.all()}
    assert found.pop("good") == ""
    assert found["linked"] == "it is a link to another folder"
    assert all(found.values()) and len(found) == 8
    known.delete("linked")
    assert (outside / WEIGHTS).exists()
    record("odd things among the adapters", 14, 0, "each named with its problem; the rest works")


@pytest.mark.parametrize("kind", ["pipe", "socket", "link", "device", "loop", "garbage", "deep"])
def test_an_odd_on_json_leaves_the_base(tmp_path: Path, kind: str) -> None:
    root = tmp_path / "adapters"
    root.mkdir()
    if kind in ("garbage", "deep"):
        (root / "on.json").write_bytes(b"\xff{" if kind == "garbage" else b"[" * 100_000)
    else:
        dict(odd_files(root))[kind].rename(root / "on.json")
    if kind == "loop":
        (root / "on.json").unlink()
        (root / "on.json").symlink_to(root / "on.json")
    assert _is_on(adapters(tmp_path), "tiny") is False


@pytest.mark.parametrize("kind", ["pipe", "socket", "link", "device", "loop", "folder"])
@pytest.mark.parametrize("file", [ABOUT, WEIGHTS])
def test_files_that_are_none_are_refused(tmp_path: Path, kind: str, file: str) -> None:
    source = exported(tmp_path)
    (source / file).unlink()
    made = source / "odd"
    made.mkdir()
    odd = dict(odd_files(made))[kind]
    if kind == "loop":
        (source / file).symlink_to(source / file)
    else:
        odd.rename(source / file)
    refused(source, tmp_path)


def packed(file: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(file, "w", method) as out:
        for name, data in members.items():
            out.writestr(name, data)
    return file


def account(**values: Any) -> bytes:
    plain = {"name": "x", "base": "tiny", "base_hash": "ab", "prompt_version": 2}
    return json.dumps(plain | {"files": {WEIGHTS: "00"}} | values).encode()


def bad_zips(folder: Path) -> Iterator[tuple[str, Path, str]]:
    good = {ABOUT: account(), WEIGHTS: b"w"}
    locked = packed(folder / "locked.zip", good)
    yield "encrypted", patched(locked, flags=ENCRYPTED), "locked with a password"
    yield "method", patched(packed(folder / "m.zip", good), method=97), "packed in a way"
    lzma = packed(folder / "lzma.zip", good, zipfile.ZIP_LZMA)
    yield "lzma", lzma, "packed in a way"
    latin = packed(folder / "latin.zip", {ABOUT: b'{"name": "\xe9"}'})
    yield "not UTF-8", latin, "cannot be read"
    yield "no account", packed(folder / "none.zip", {WEIGHTS: b"w"}), "has no about.json"
    long = packed(folder / "long.zip", {ABOUT: b" " * 2_000_000})
    yield "long account", long, "too large"
    up = packed(folder / "up.zip", {**good, "../../evil": b"x"})
    yield "up", up, "outside of its folder"
    absolute = packed(folder / "abs.zip", {**good, "/etc/evil": b"x"})
    yield "absolute", absolute, "outside of its folder"
    yield "drive", packed(folder / "c.zip", {**good, "C:\\evil": b"x"}), "outside of its folder"
    case = packed(folder / "case.zip", {**good, "ABOUT.json": b"{}"})
    yield "case", case, "holds a file twice"
    many = packed(folder / "many.zip", {**good, **{f"f{n}": b"" for n in range(1000)}})
    yield "many", many, "too many"
    bomb = packed(folder / "bomb.zip", {ABOUT: account(), WEIGHTS: bytes(60_000_000)})
    yield "bomb", bomb, "would grow"
    yield "program", packed(folder / "p.zip", {ABOUT: account(files={"x.pkl": "0"})}), "program"
    other = packed(folder / "o.zip", {ABOUT: account(files={"run.sh": "0"})})
    yield "another file", other, "does not belong"
    below = packed(folder / "b.zip", {ABOUT: account(files={"a/../../x.json": "0"})})
    yield "up in the account", below, "outside of its folder"
    files = {f"{n}.safetensors": "0" for n in range(100)}
    yield "many in the account", packed(folder / "mm.zip", {ABOUT: account(files=files)}), "100"
    yield "missing", packed(folder / "miss.zip", {ABOUT: account()}), "is missing"
    yield "empty", packed(folder / "empty.zip", {}), "has no about.json"
    link = folder / "link.zip"
    with zipfile.ZipFile(link, "w") as out:
        out.writestr(ABOUT, account())
        entry = zipfile.ZipInfo(WEIGHTS)
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        out.writestr(entry, "/etc/passwd")
    yield "link", link, "a link or a device"
    deep = packed(folder / "deep.zip", {ABOUT: b'{"settings": ' + b"[" * 50_000})
    yield "deep account", deep, "cannot be read"
    os.mkfifo(folder / "pipe.zip")
    yield "pipe", folder / "pipe.zip", "it is a pipe"


def patched(file: Path, flags: int = 0, method: int = 0) -> Path:
    """Change every head in a zip, the local ones and those of the directory."""
    data = bytearray(file.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            if flags:
                struct.pack_into("<H", data, place + at, flags)
            if method:
                struct.pack_into("<H", data, place + at + 2, method)
            place = data.find(mark, place + 1)
    file.write_bytes(bytes(data))
    return file


def test_a_hostile_zip_is_refused_before_it_is_unpacked(tmp_path: Path, record: Record) -> None:
    (tmp_path / "zips").mkdir()
    count = 0
    for name, file, reason in bad_zips(tmp_path / "zips"):
        count += 1
        message = refused(file, tmp_path)
        assert reason in message, (name, message)
    assert not list(tmp_path.glob("**/evil"))
    record("zip files of adapters made by hand", count, 0, "one sentence each, nothing unpacked")


def test_a_mutated_zip_is_refused_or_taken_whole(
    tmp_path: Path, tries: Tries, record: Record
) -> None:
    source = exported(tmp_path)
    members = {file.name: file.read_bytes() for file in source.iterdir()}
    good = packed(tmp_path / "good.zip", members).read_bytes()
    chance, count, taken = random.Random(4), tries(150, 2000), 0
    for number in range(count):
        file = tmp_path / "bad.zip"
        file.write_bytes(mutated(good, chance))
        known = Adapters(tmp_path / f"a{number}", 2, tmp_path / "none")
        try:
            made = take_in(file, known, "", lambda base: "ab")
        except UserError as error:
            assert "\n" not in error.message
            continue
        taken += 1
        assert made.problem is None and (made.folder / WEIGHTS).read_bytes() == members[WEIGHTS]
    assert taken < count
    record("mutated zip files of adapters", count, 0, "one sentence each, or taken whole")


def test_a_run_whose_account_is_broken_is_told(tmp_path: Path) -> None:
    (tmp_path / "best.safetensors").touch()
    for data in (b"\xff", b"{", b"[]", b"{}", b"[" * 100_000, b'{"tuning": 1, "base": 2}'):
        (tmp_path / "job.json").write_bytes(data)
        with pytest.raises(UserError, match=r"job\.json cannot be read"):
            from_run(tmp_path, "tiny", "x")
