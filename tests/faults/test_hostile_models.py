"""Model files that are damaged or mean harm: told in a sentence, and nothing ends but a child."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.dialogue import gguf
from agent.dialogue.gguf import ENGINE
from agent.dialogue.llama import answer, gguf_header
from agent.dialogue.transformer import weights
from agent.engines import probe
from agent.engines.places import dialogue_place, loads
from agent.models.integrity import RECORD
from agent.models.loads import Loads
from agent.models.store import ModelStore
from agent.settings import data_folder
from perception.types import UserError
from tests import tiny
from tests.faults.conftest import Record, Tries
from tests.faults.hostile import mutated, odd_files
from tests.faults.stores import ID, fill, store_of

_CHILD_SECONDS = 60.0


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.make_gguf(tmp_path_factory.mktemp("gguf") / "model.gguf")


@pytest.fixture
def store(tmp_path: Path, model: Path) -> ModelStore:
    files = {"model.gguf": model.read_bytes()}
    fill(tmp_path / "models", files)
    return store_of(tmp_path / "models", files)


def checked(store: ModelStore, again: bool = False) -> int:
    """How many bytes of progress were told."""
    told: list[float] = []
    store.checked(ID, again, told.append)
    return len(told)


def spoiled(file: Path, chance: random.Random, keep_time: bool = False) -> None:
    """Other bytes, the same size."""
    before = file.stat()
    data = bytearray(file.read_bytes())
    at = chance.randrange(len(data) - 64)
    data[at : at + 64] = chance.randbytes(64)
    file.write_bytes(bytes(data))
    if keep_time:
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_header_that_means_harm(
    tmp_path: Path, model: Path, tries: Tries, record: Record
) -> None:
    data, chance = model.read_bytes(), random.Random(220)
    count, children = tries(40, 220), tries(4, 220)
    file, refused, died = tmp_path / "model.gguf", 0, 0
    for _ in range(count):
        head = mutated(data[:9000], chance)
        file.write_bytes(head + data[9000:])
        try:
            gguf_header.read(file)
        except UserError:
            refused += 1
            continue
        if not children:
            continue
        children -= 1
        try:
            probe.probe(file, seconds=_CHILD_SECONDS)
        except UserError as error:
            refused += 1
            died += "llama.cpp ended with" in error.message
            assert "\n" not in error.message and error.hint
    assert refused
    said = f"one sentence each; of the children that loaded them {died} died, which is told"
    record("GGUF headers", count, 0, said)


def test_weights_that_end_llama_end_a_child_only(
    tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def abort(module: str) -> list[str]:
        return [sys.executable, "-c", "import os; os.abort()"]

    monkeypatch.setattr(probe, "child_command", abort)
    with pytest.raises(UserError, match="ended with signal 6"):
        probe.probe(model)
    sleeping = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(probe, "child_command", lambda module: sleeping)
    with pytest.raises(UserError, match="not loaded after 1 s"):
        probe.probe(model, seconds=1.0)


def test_numbers_that_are_none_are_told() -> None:
    token = {"id": 1, "bytes": [72], "logprob": None}
    choice = {"text": "H", "finish_reason": None, "logprobs": {"content": [token]}}
    with pytest.raises(UserError, match="its file is damaged"):
        list(answer.StreamedAnswer().read_chunk({"choices": [choice]}))


def test_a_safetensors_header_that_means_harm(tmp_path: Path, tries: Tries, record: Record) -> None:
    folder = tiny.make(tmp_path / "model")
    file = folder / "model.safetensors"
    data, chance, count = file.read_bytes(), random.Random(100), tries(6, 100)
    refused = 0
    for number in range(count):
        head = mutated(data[:2500], chance) if number else b"\xff" * 8 + data[8:2500]
        file.write_bytes(head + data[2500:])
        try:
            weights.place(str(folder), "cpu")
        except UserError as error:
            refused += 1
            assert "cannot be loaded" in error.message and "\n" not in error.message
    assert refused
    record("safetensors headers", count, 0, "one sentence each, or loaded")


def test_a_model_is_read_once_and_again_only_in_doubt(store: ModelStore) -> None:
    assert checked(store) > 0
    assert (store.folder / RECORD).is_file()
    assert checked(store) == 0
    assert checked(store, again=True) > 0
    os.utime(store.folder / ID / "model.gguf")
    assert checked(store) > 0
    assert checked(store) == 0


def test_a_shared_folder_that_cannot_be_written_is_read_once(store: ModelStore) -> None:
    (store.folder / RECORD).mkdir()  # Stands for a folder that takes no file, also as root.
    assert checked(store) > 0
    assert checked(store) == 0
    assert len(list((data_folder() / "checked").iterdir())) == 1


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b'{"seen": 1}', b"[" * 100_000])
def test_a_broken_record_only_costs_time(store: ModelStore, data: bytes) -> None:
    checked(store)
    (store.folder / RECORD).write_bytes(data)
    assert checked(store) > 0
    assert checked(store) == 0


def test_a_damaged_model_of_the_right_size_is_told(
    store: ModelStore, model: Path, tries: Tries, record: Record
) -> None:
    file, chance, count = store.folder / ID / "model.gguf", random.Random(12), tries(12, 120)
    for number in range(count):
        file.write_bytes(model.read_bytes())
        checked(store, again=True)
        unclean = number % 2 == 0
        spoiled(file, chance, keep_time=unclean)
        with pytest.raises(UserError, match="is damaged") as caught:
            store.checked(ID, unclean, lambda done: None)
        assert caught.value.hint == f"Mend it with: candor models get {ID}"
        with pytest.raises(UserError, match="is damaged"):
            store.checked(ID, False, lambda done: None)
    record("damaged models of the right size", count, 0, "damaged; candor models get mends it")


def test_what_is_no_file_of_its_own_is_no_model(store: ModelStore, tmp_path: Path) -> None:
    file = store.folder / ID / "model.gguf"
    folder = tmp_path / "odd"
    folder.mkdir()
    for kind, odd in odd_files(folder):
        file.unlink(missing_ok=True)
        file.symlink_to(odd)
        with pytest.raises(UserError, match="cannot be used"):
            store.path(ID)
        if kind == "link":
            continue  # The user may name a link; what it leads to is no model, that is all.
        with pytest.raises(UserError):
            gguf.load(odd)
        with pytest.raises(UserError):
            gguf_header.read(odd)


def test_a_pipe_in_a_folder_of_the_users_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    os.mkfifo(tmp_path / "model.safetensors")
    with pytest.raises(UserError, match="it is a pipe"):
        weights.source(tmp_path)


_LOADS = """
import os, sys
from pathlib import Path
from agent.models.loads import Loads
with Loads(Path(sys.argv[1])).under_way("tiny", "other"):
    {end}
"""


def ended(folder: Path, end: str) -> Iterator[str]:
    code = _LOADS.format(end=end)
    subprocess.run([sys.executable, "-c", code, str(folder)], check=False, capture_output=True)
    return (name for name in ("tiny", "other") if Loads(folder).broke_off(name))


@pytest.mark.parametrize("end", ["os.kill(os.getpid(), 9)", "os.abort()", "os._exit(0)"])
def test_a_load_that_broke_off_leaves_its_mark(tmp_path: Path, end: str) -> None:
    assert list(ended(tmp_path, end)) == ["tiny", "other"]
    Loads(tmp_path).settle("tiny")
    assert not Loads(tmp_path).broke_off("tiny") and Loads(tmp_path).broke_off("other")


@pytest.mark.parametrize(
    "end", ["pass", "raise SystemExit(1)", "Loads(Path(sys.argv[1])).leave(); os._exit(0)"]
)
def test_a_load_that_ended_leaves_none(tmp_path: Path, end: str) -> None:
    assert list(ended(tmp_path, end)) == []


def test_a_load_that_goes_on_is_no_doubt_and_odd_marks_are_none(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b"\xff")
    os.mkfifo(tmp_path / "pipe.json")
    with Loads(tmp_path).under_way("tiny"):
        assert not Loads(tmp_path).broke_off("tiny")


def test_a_model_in_doubt_is_tried_in_a_child(store: ModelStore, model: Path) -> None:
    tried: list[Path] = []
    engine = replace(ENGINE, probe=tried.append)
    own = str(model)
    for name, times in ((ID, 0), (own, 1)):
        for _ in range(2):
            dialogue_place(name, engine, store, lambda note: None)
        assert len(tried) == times, "the user's own file is tried once"
    for name in (ID, own):
        broken_off(name)
        tried.clear()
        for _ in range(2):
            dialogue_place(name, engine, store, lambda note: None)
        assert len(tried) == 1, "after a load that broke off, once"


def broken_off(name: str) -> None:
    code = (
        "import os, sys; from agent.engines.places import loads\n"
        "with loads().under_way(sys.argv[1]): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, name], check=False)
    assert loads().broke_off(name)


def test_a_model_that_ends_its_child_stays_in_doubt(store: ModelStore, model: Path) -> None:
    def dies(file: Path) -> None:
        raise UserError.plain("It died.", "Choose another.")

    engine = replace(ENGINE, probe=dies)
    for _ in range(2):
        with pytest.raises(UserError, match="It died"):
            dialogue_place(str(model), engine, store, lambda note: None)
