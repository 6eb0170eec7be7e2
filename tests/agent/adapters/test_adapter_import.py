"""An adapter from elsewhere is taken whole, or refused with its reason; nothing is left behind."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from agent.adapters.importing import take_in
from agent.adapters.report import About
from agent.adapters.store import ABOUT, Adapters, seal
from perception.types import UserError

WEIGHTS = "adapter_model.safetensors"


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    folder = tmp_path / "exported"
    folder.mkdir()
    (folder / WEIGHTS).write_bytes(b"matrices")
    (folder / "adapter.gguf").write_bytes(b"the same")
    seal(folder, About("garden", "tiny", "ab", 2, cut=True))
    (folder / "more.txt").write_text("not named in the account")
    return folder


@pytest.fixture
def adapters(tmp_path: Path) -> Adapters:
    return Adapters(tmp_path / "adapters", 2, tmp_path / "none")


def known(base: str) -> str:
    if base != "tiny":
        raise UserError.plain(f"{base} is not installed.", "Get it.")
    return "ab"


def change(folder: Path, **values: object) -> None:
    about = msgspec.json.decode((folder / ABOUT).read_bytes(), type=About)
    changed = msgspec.structs.replace(about, **values)
    (folder / ABOUT).write_bytes(msgspec.json.encode(changed))


@pytest.mark.parametrize("form", ["folder", "file", "zip"])
def test_it_is_taken_from_a_folder_a_file_or_a_zip(
    tmp_path: Path, exported: Path, adapters: Adapters, form: str
) -> None:
    source = {"folder": exported, "file": exported / WEIGHTS}.get(form)
    if source is None:
        source = Path(shutil.make_archive(str(tmp_path / "garden"), "zip", tmp_path, "exported"))
    made = take_in(source, adapters, "", known)
    assert (made.name, made.problem, made.about.cut) == ("garden", None, False)
    names = sorted(file.name for file in made.folder.iterdir())
    assert names == [ABOUT, "adapter.gguf", WEIGHTS]
    assert adapters.name_on("tiny") == ""
    assert take_in(source, adapters, "other", known).name == "other"
    with pytest.raises(UserError, match="already"):
        take_in(source, adapters, "other", known)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"base_hash": "other"}, "made for another model"),
        ({"prompt_version": 1}, "trained for prompt format 1"),
        ({"base": "large"}, "large is not installed"),
        ({"files": {}}, "has no files"),
        ({"files": {"../secret": "00"}}, "outside of its folder"),
        ({"files": {"C:\\secret": "00"}}, "outside of its folder"),
        ({"files": {"weights.pkl": "00"}}, "could run a program"),
        ({"files": {"gone.gguf": "00"}}, "gone.gguf is missing"),
        ({"name": "../up"}, "cannot be an adapter's name"),
    ],
)
def test_a_foreign_one_is_refused(
    exported: Path, adapters: Adapters, values: dict[str, object], reason: str
) -> None:
    change(exported, **values)
    with pytest.raises(UserError, match=reason):
        take_in(exported, adapters, "", known)
    assert adapters.all() == []


def test_a_broken_one_is_refused(tmp_path: Path, exported: Path, adapters: Adapters) -> None:
    (exported / WEIGHTS).write_bytes(b"cut")
    with pytest.raises(UserError, match="not as it was made"):
        take_in(exported, adapters, "", known)
    (exported / ABOUT).write_text("{")
    with pytest.raises(UserError, match="cannot be read"):
        take_in(exported, adapters, "", known)
    (exported / ABOUT).unlink()
    with pytest.raises(UserError, match=r"has no about\.json"):
        take_in(exported, adapters, "", known)
    (tmp_path / "no.zip").write_bytes(b"no zip")
    with pytest.raises(UserError, match="cannot be unpacked"):
        take_in(tmp_path / "no.zip", adapters, "", known)
    with pytest.raises(UserError, match="is not there"):
        take_in(tmp_path / "nowhere", adapters, "", known)
    assert adapters.all() == []
