"""Folders for `models get --from` that mean harm: what is right is taken, all else is told."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from agent.models.sources.bundle import Bundle
from agent.models.store import DRAFTS, ModelStore
from perception.types import UserError
from tests.faults.conftest import Record, Tries
from tests.faults.hostile import mutated, odd_files
from tests.faults.stores import ID, fill, store_of

FILES = {"model.gguf": bytes(range(256)) * 500, "small.json": b'{"small": true}'}


def get(store: ModelStore, bundle: Path) -> str:
    """What was said; empty where all came. Never waits for ever."""
    said: list[str] = []

    def work() -> None:
        try:
            list(store.get([ID], lambda scratch: (Bundle(bundle),)))
            said.append("")
        except UserError as error:
            said.append(f"{error.message} {error.hint}")

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(30)
    assert said, "it hangs"
    return said[0]


def linked_out(bundle: Path) -> None:
    outside = bundle.parent / "outside"
    outside.write_bytes(FILES["model.gguf"])
    swap(bundle, lambda file: file.symlink_to(outside))


def swap(bundle: Path, put: Callable[[Path], object], name: str = "model.gguf") -> None:
    file = bundle / ID / name
    file.unlink()
    put(file)


def linked_folder(bundle: Path) -> None:
    (bundle / ID).rename(bundle.parent / "elsewhere")
    (bundle / ID).symlink_to(bundle.parent / "elsewhere")


def file_for_folder(bundle: Path) -> None:
    bundle.rename(bundle.parent / "moved")
    bundle.touch()


HARM: dict[str, Callable[[Path], object]] = {
    "a link out": linked_out,
    "a linked folder": linked_folder,
    "a link to a device": lambda b: swap(b, lambda file: file.symlink_to("/dev/zero")),
    "a link to itself": lambda b: swap(b, lambda file: file.symlink_to(file)),
    "a pipe": lambda b: swap(b, os.mkfifo),
    "a folder": lambda b: swap(b, lambda file: file.mkdir()),
    "too short": lambda b: swap(b, lambda file: file.write_bytes(FILES["model.gguf"][:-1])),
    "too long": lambda b: swap(b, lambda file: file.write_bytes(FILES["model.gguf"] + b"x")),
    "empty": lambda b: swap(b, lambda file: file.touch()),
    "huge and sparse": lambda b: os.truncate(b / ID / "model.gguf", 1 << 40),
    "missing": lambda b: swap(b, lambda file: None),
    "other bytes": lambda b: swap(b, lambda file: file.write_bytes(bytes(128_000))),
    "no such folder": lambda b: b.rename(b.parent / "moved"),
    "a file for the folder": file_for_folder,
}


@pytest.mark.parametrize("name", list(HARM))
def test_what_is_wrong_is_told_and_what_is_right_is_taken(tmp_path: Path, name: str) -> None:
    bundle = tmp_path / "bundle"
    fill(bundle, FILES)
    HARM[name](bundle)
    store = store_of(tmp_path / "models", FILES)
    said = get(store, bundle)
    assert ID in said and "candor models get" in said and "Traceback" not in said
    assert not (store.folder / ID / "model.gguf").exists()
    assert store.missing() == (ID,)
    small = store.folder / ID / "small.json"
    assert not small.exists() or small.read_bytes() == FILES["small.json"]


@pytest.mark.parametrize("case", ["capitals", "long names", "much beside", "odd things beside"])
def test_what_is_beside_does_not_matter(tmp_path: Path, case: str) -> None:
    bundle = tmp_path / "bundle"
    place = fill(bundle, FILES)
    match case:
        case "capitals":
            fill(bundle, {"MODEL.GGUF": b"other", "Model.gguf": b"other"})
            (bundle / ID.upper()).mkdir()
        case "long names":
            (place / ("x" * 255)).touch()
            (bundle / ("语" * 85)).mkdir()
        case "much beside":
            for number in range(2000):
                (place / f"{number}.gguf").touch()
        case _:
            list(odd_files(place))
    store = store_of(tmp_path / "models", FILES)
    assert get(store, bundle) == ""
    assert sorted(file.name for file in (store.folder / ID).iterdir()) == sorted(FILES)


@pytest.mark.parametrize("where", ["place", "draft", "folder"])
def test_a_store_with_odd_things_is_mended(tmp_path: Path, where: str, record: Record) -> None:
    store, outside = store_of(tmp_path / "models", FILES), tmp_path / "outside"
    fill(tmp_path / "bundle", FILES)
    outside.mkdir()
    (outside / "model.gguf").write_bytes(b"not ours")
    count = 0
    if where == "folder":
        store.folder.mkdir()
        (store.folder / ID).symlink_to(outside)
        assert get(store, tmp_path / "bundle") == ""
        count = 1
    else:
        folder = store.folder / (ID if where == "place" else f"{DRAFTS}/{ID}")
        name = "model.gguf" if where == "place" else "model.gguf.0000"
        for put in (os.mkfifo, lambda f: f.symlink_to(outside / "model.gguf")):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).unlink(missing_ok=True)
            put(folder / name)
            (store.folder / ID / "small.json").unlink(missing_ok=True)
            assert get(store, tmp_path / "bundle") == ""
            count += 1
            if where == "draft":
                (store.folder / ID / "model.gguf").unlink()
    assert (outside / "model.gguf").read_bytes() == b"not ours"
    record(f"odd things in the models folder ({where})", count, 0, "put right; nothing followed")


def test_a_mutated_bundle_is_taken_only_where_it_is_right(
    tmp_path: Path, tries: Tries, record: Record
) -> None:
    chance, count = random.Random(5), tries(25, 300)
    store = store_of(tmp_path / "models", FILES)
    for _ in range(count):
        bundle = tmp_path / "bundle"
        fill(bundle, {name: mutated(data, chance) for name, data in FILES.items()})
        said = get(store, bundle)
        for name, data in FILES.items():
            file = store.folder / ID / name
            assert not file.exists() or file.read_bytes() == data
            with suppress(FileNotFoundError):
                file.unlink()
        assert "Traceback" not in said
    made = len(HARM) + 4 + count
    record("hostile bundles for models get --from", made, 0, "what is wrong is named, none taken")
