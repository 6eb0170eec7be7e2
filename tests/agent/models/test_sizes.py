"""Models whose size the catalogue only knows rounded, from a server that plays the hub."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agent.codes import AgentCode
from agent.models.catalog import Catalog
from agent.models.sources.bundle import Bundle
from agent.models.sources.hub import Hub
from agent.models.store import ModelStore
from perception.types import UserError
from tests.agent.models.conftest import ROUNDED, FakeHub
from tests.agent.models.test_hub import only, run


@pytest.fixture
def hub(hub_server: FakeHub, tmp_path: Path) -> Hub:
    return Hub(hub_server.url, False, tmp_path / "cache", silence=0.4)


def test_the_true_size_is_asked_for_first(
    offered: ModelStore, hub: Hub, hub_server: FakeHub
) -> None:
    steps = run(offered, hub, model="better")
    assert (offered.path("better") / "model.gguf").read_bytes() == ROUNDED
    fetching = [step for step in steps if step.stage == "fetching"]
    assert {step.total for step in fetching} == {len(ROUNDED)}
    assert offered.missing(["better"]) == ()
    asked = len(hub_server.asked)
    run(offered, hub, model="better")
    assert len(hub_server.asked) == asked, "it is there and not asked for again"


def test_it_goes_on_where_it_was_paused(offered: ModelStore, hub: Hub, hub_server: FakeHub) -> None:
    draft = offered.folder / ".partial" / "better" / "model.gguf.0000"
    draft.parent.mkdir(parents=True)
    draft.write_bytes(ROUNDED[:100_000])
    run(offered, hub, model="better")
    assert f"bytes=100000-{len(ROUNDED) - 1}" in [asked for _, asked in hub_server.asked]
    assert (offered.path("better") / "model.gguf").read_bytes() == ROUNDED


def test_other_bytes_are_not_taken(offered: ModelStore, hub: Hub, hub_server: FakeHub) -> None:
    hub_server.files["/someone/better/resolve/main/better.gguf"] = ROUNDED[::-1]
    with pytest.raises(UserError, match="are not what they should be"):
        run(offered, hub, model="better")
    assert offered.missing(["better"]) == ("better",)


@pytest.mark.parametrize("size", [1_000, 600_000])
def test_a_size_that_cannot_be_it_is_refused(
    offered: ModelStore, hub: Hub, hub_server: FakeHub, size: int
) -> None:
    hub_server.files["/someone/better/resolve/main/better.gguf"] = bytes(size)
    with pytest.raises(UserError) as told:
        run(offered, hub, model="better")
    assert told.value.code == AgentCode.SIZE_IS_WRONG
    assert not list(offered.folder.rglob("*.gguf*"))


def test_no_hub_is_one_clear_sentence(offered: ModelStore, hub: Hub, hub_server: FakeHub) -> None:
    hub_server.silent = True
    with pytest.raises(UserError) as told:
        run(offered, hub, model="better")
    assert told.value.code == AgentCode.MODEL_NOT_FETCHED
    with pytest.raises(UserError) as told:
        run(offered, replace(hub, offline=True), model="better")
    assert "no source that may be asked" in told.value.message


def test_it_can_be_carried_on_a_stick(offered: ModelStore, hub: Hub, tmp_path: Path) -> None:
    run(offered, hub, model="better")
    stick = tmp_path / "stick"
    assert list(offered.bundle(stick, ["better"]))
    elsewhere = ModelStore(tmp_path / "other", Catalog(offered.catalog.model))
    list(elsewhere.get(["better"], only(Bundle(stick))))
    assert (elsewhere.path("better") / "model.gguf").read_bytes() == ROUNDED
    assert elsewhere.remove(["better"]) == len(ROUNDED)
    assert elsewhere.missing(["better"]) == ("better",)
