"""A conversion is made once by a child, whole or not at all, and anew for what is new."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from perception import conversion
from perception.conversion import convert_once
from perception.types import UserError


def doubled(draft: Path, original: Path) -> None:
    draft.write_bytes(original.read_bytes() * 2)
    with (original.parent / "runs").open("a") as log:
        log.write(f"{os.getpid()} ")


def foldered(draft: Path, original: Path) -> None:
    draft.mkdir()
    shutil.copy(original, draft / "copy")


def broken(draft: Path, original: Path) -> None:
    draft.write_bytes(b"half")
    raise ValueError(f"{original} is damaged")


def full(draft: Path, original: Path) -> None:
    draft.write_bytes(original.read_bytes())
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(draft))


@pytest.fixture
def original(tmp_path: Path) -> Path:
    file = tmp_path / "model.bin"
    file.write_bytes(b"abc")
    return file


@pytest.mark.usefixtures("processes")
def test_it_is_made_once_and_by_another_process(original: Path) -> None:
    made = convert_once(doubled, [original], "twice.onnx")
    assert made.parent == original.parent / "converted" and made.read_bytes() == b"abcabc"
    assert convert_once(doubled, [original], "twice.onnx") == made
    runs = (original.parent / "runs").read_text().split()
    assert len(runs) == 1 and int(runs[0]) != os.getpid()


@pytest.mark.usefixtures("processes")
def test_a_new_original_or_recipe_makes_it_anew_and_removes_the_old(original: Path) -> None:
    first = convert_once(doubled, [original], "twice.onnx")
    second = convert_once(doubled, [original], "twice.onnx", version=2)
    original.write_bytes(b"xy")
    third = convert_once(doubled, [original], "twice.onnx", version=2)
    assert len({first, second, third}) == 3 and third.read_bytes() == b"xyxy"
    assert list(third.parent.iterdir()) == [third]


@pytest.mark.usefixtures("processes")
def test_a_folder_can_be_made_elsewhere(original: Path, tmp_path: Path) -> None:
    made = convert_once(foldered, [original], "copied", folder=tmp_path / "data")
    assert (made / "copy").read_bytes() == b"abc" and made.parent == tmp_path / "data"


@pytest.mark.usefixtures("processes")
def test_what_goes_wrong_is_told_and_leaves_nothing(original: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        convert_once(broken, [original], "made.onnx")
    with pytest.raises(UserError, match="cannot be written: No space left"):
        convert_once(full, [original], "made.onnx")
    with pytest.raises(UserError, match=r"needs .* of disk"):
        convert_once(doubled, [original], "made.onnx", room=1e18)
    with pytest.raises(UserError, match="missing"):
        convert_once(doubled, [original.parent / "none"], "made.onnx")
    assert list((original.parent / "converted").iterdir()) == []


def test_the_child_is_silent_first(monkeypatch: pytest.MonkeyPatch, original: Path) -> None:
    calls: list[str] = []
    monkeypatch.setattr(conversion, "start_private", lambda: calls.append("private"))
    conversion.main([__name__, "doubled", str(original.parent / "out"), str(original)])
    assert calls == ["private"] and (original.parent / "out").read_bytes() == b"abcabc"
