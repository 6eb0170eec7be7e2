"""A file or folder appears whole, or the old one stays."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from perception.replaced import replaced


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_the_place_of_another(tmp_path: Path) -> None:
    file = tmp_path / "new" / "one.txt"
    for text in ("first", "second"):
        with replaced(file) as draft:
            draft.write_text(text)
        assert file.read_text() == text
    assert _names(file.parent) == ["one.txt"]


def test_a_folder_takes_the_place_of_another(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    for name in ("first", "second"):
        with replaced(folder) as draft:
            (draft / "deep").mkdir(parents=True)
            (draft / "deep" / name).write_text(name)
        assert _names(folder / "deep") == [name]
    assert _names(tmp_path) == ["model"]


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_an_error_leaves_what_was_there(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "target"
    target.write_text("before")
    with pytest.raises(ValueError, match="half"), replaced(target) as draft:
        if kind == "file":
            draft.write_text("half")
        else:
            draft.mkdir()
            (draft / "half").touch()
        raise ValueError("half")
    assert target.read_text() == "before" and _names(tmp_path) == ["target"]


def test_what_an_earlier_try_left_is_replaced(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("as it was")
    draft = tmp_path / "one.part"
    for make in (partial(draft.symlink_to, outside), draft.mkdir, draft.touch):
        make()
        with replaced(tmp_path / "one") as place:
            place.write_text("new")
        assert (tmp_path / "one").read_text() == "new"
    assert outside.read_text() == "as it was"


def test_a_new_name_is_flushed_with_its_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda number: flushed.append(os.fstat(number).st_ino))
    with replaced(tmp_path / "one") as draft:
        draft.write_text("new")
    assert flushed[0] == (tmp_path / "one").stat().st_ino
    assert os.name != "posix" or flushed[1] == tmp_path.stat().st_ino
