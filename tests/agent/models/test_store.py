"""The store: what is there, what is wrong with it, and what the disk refuses."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from agent.models import catalog as catalogue
from agent.models.pieces import FilePiece
from agent.models.sources.bundle import Bundle
from agent.models.store import ModelStore, Sources
from perception.types import UserError
from tests.agent.models.conftest import HALVES, SMALL, WHOLE


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    for model in ("tiny", "extra"):
        folder = tmp_path / "stick" / model
        folder.mkdir(parents=True)
        (folder / "model.bin").write_bytes(WHOLE)
    (tmp_path / "stick" / "tiny" / "small.json").write_bytes(SMALL)
    return tmp_path / "stick"


def carried(stick: Path) -> Sources:
    return lambda scratch: (Bundle(stick),)


def test_a_missing_model_names_the_command_that_mends_it(store: ModelStore) -> None:
    with pytest.raises(UserError) as caught:
        store.path("tiny")
    assert caught.value.message == "The model tiny cannot be used: model.bin is missing."
    assert caught.value.hint == "Get it with: candor models get tiny"


def test_an_unknown_model(store: ModelStore) -> None:
    with pytest.raises(UserError, match="no model called nonsense"):
        store.path("nonsense")


def test_the_default_set(store: ModelStore, stick: Path) -> None:
    assert store.missing() == ("tiny",)
    list(store.get((), carried(stick)))
    assert store.missing() == ()
    assert store.missing(["extra"]) == ("extra",)


def test_a_cut_off_file_is_found_without_reading(store: ModelStore, stick: Path) -> None:
    list(store.get(["tiny"], carried(stick)))
    (store.folder / "tiny" / "model.bin").write_bytes(WHOLE[:-1])
    with pytest.raises(UserError, match=r"model\.bin is of the wrong size"):
        store.path("tiny")


def test_verify_finds_and_get_mends_a_changed_byte(store: ModelStore, stick: Path) -> None:
    list(store.get(["tiny"], carried(stick)))
    broken = bytearray(WHOLE)
    broken[7] ^= 1
    (store.folder / "tiny" / "model.bin").write_bytes(broken)
    assert [str(problem) for problem in _faults(store)] == [
        "tiny/model.bin is damaged; mend it with: candor models get tiny"
    ]
    notes = [step.note for step in store.get(["tiny"], carried(stick)) if step.note]
    assert notes == ["tiny/model.bin is damaged and is fetched again"]
    assert _faults(store) == ()


def _faults(store: ModelStore) -> tuple[object, ...]:
    steps = store.verify()
    while True:
        try:
            next(steps)
        except StopIteration as end:
            faults: tuple[object, ...] = end.value
            return faults


def test_bundle_and_back(store: ModelStore, stick: Path, tmp_path: Path) -> None:
    list(store.get(["tiny"], carried(stick)))
    list(store.bundle(tmp_path / "usb", ["tiny"]))
    other = ModelStore(tmp_path / "other", store.catalog)
    list(other.get(["tiny"], carried(tmp_path / "usb")))
    assert (other.path("tiny") / "model.bin").read_bytes() == WHOLE


def test_a_bundle_that_is_not_there(store: ModelStore, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no folder"):
        list(store.get(["tiny"], carried(tmp_path / "pulled out")))


def test_remove_frees_what_was_made_from_it_too(store: ModelStore, stick: Path) -> None:
    list(store.get(["tiny"], carried(stick)))
    converted = store.folder / "tiny" / "converted" / "model.onnx"
    converted.parent.mkdir()
    converted.write_bytes(b"12345")
    assert store.path("tiny").is_dir()
    assert store.remove(["tiny"]) == len(WHOLE) + len(SMALL) + 5
    assert store.missing() == ("tiny",)
    assert store.remove([]) == 0


def test_too_little_space_is_said_before_anything_is_fetched(
    store: ModelStore, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(stick)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(UserError, match="not enough disk space"):
        list(store.get(["tiny"], carried(stick)))
    assert not (store.folder / "tiny").exists()


def test_a_disk_that_fills_up_on_the_way(store: ModelStore) -> None:
    class Full(Bundle):
        def fetch(self, piece: FilePiece, draft: Path):  # type: ignore[no-untyped-def]
            yield 1
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(UserError, match="is full") as caught:
        list(store.get(["tiny"], lambda scratch: (Full(scratch),)))
    assert "what was fetched is kept" in caught.value.hint


def test_a_folder_that_cannot_be_written(tmp_path: Path, stick: Path, store: ModelStore) -> None:
    (tmp_path / "file").write_text("in the way")
    blocked = ModelStore(tmp_path / "file" / "models", store.catalog)
    with pytest.raises(UserError, match="cannot write to") as caught:
        list(blocked.get(["tiny"], carried(stick)))
    assert "CANDOR_MODELS" in caught.value.hint


def test_a_cut_in_the_middle_of_the_join(store: ModelStore, stick: Path) -> None:
    drafts = store.folder / ".partial" / "tiny"
    drafts.mkdir(parents=True)
    (drafts / "model.bin.join").write_bytes(HALVES[0] + HALVES[1][:1000])
    (drafts / "model.bin.0001").write_bytes(HALVES[1])
    steps = list(store.get(["tiny"], carried(stick)))
    assert steps[-1].total == len(SMALL)
    assert (store.path("tiny") / "model.bin").read_bytes() == WHOLE


def test_two_at_once_wait_for_each_other(store: ModelStore, stick: Path) -> None:
    store.folder.mkdir()
    other = FileLock(store.folder / ".lock", thread_local=False)
    other.acquire()
    release = threading.Timer(0.5, other.release)
    release.start()
    notes = [step.note for step in store.get(["tiny"], carried(stick)) if step.note]
    release.join()
    assert notes == ["Another Candor is fetching models; waiting for it"]
    assert store.missing() == ()


def test_the_shipped_catalogue_holds_the_default_set() -> None:
    shipped = catalogue.load()
    assert [model.id for model in shipped.model if model.default] == [
        "qwen2.5-coder-1.5b-instruct",
        "whisper-base",
        "silero-vad",
        "smart-turn",
        "centerface",
        "efficientnet-lite0",
        "minilm",
    ]
    needed = [model for model in shipped.model if model.offer is None]
    assert all(file.index for model in needed for file in model.file)
    assert shipped.find("qwen2.5-coder-1.5b-instruct").size == 1_117_320_768


def test_the_default_set_suits_the_computer() -> None:
    small = catalogue.load().fitting(4_000_000_000)
    names = [model.id for model in small.choose(())]
    assert names[:2] == ["smollm2-135m-instruct", "whisper-base"]
    assert "qwen2.5-coder-1.5b-instruct" not in names
    large = catalogue.load().fitting(16_000_000_000)
    assert large.choose(())[0].id == "qwen2.5-coder-1.5b-instruct"


def test_a_catalogue_whose_parts_do_not_add_up(tmp_path: Path) -> None:
    text = Path(catalogue.__file__).with_name("catalog.toml").read_text()
    wrong = tmp_path / "catalog.toml"
    wrong.write_text(text.replace("size = 16315968,", "size = 16315969,"))
    with pytest.raises(ValueError, match=r"qwen2\.5-coder-1\.5b-instruct/model\.gguf do not add"):
        catalogue.load(wrong)
