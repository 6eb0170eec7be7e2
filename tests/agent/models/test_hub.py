"""The hub source against a server that cuts, lies, refuses and says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.models.sources import ModelSource
from agent.models.sources.hub import Hub, from_environment
from agent.models.store import ModelStore, Sources
from agent.models.transfer import TransferProgress
from perception.types import UserError
from tests.agent.models.conftest import SMALL, WHOLE, FakeHub


def only(*sources: ModelSource) -> Sources:
    return lambda scratch: sources


@pytest.fixture
def hub(hub_server: FakeHub, tmp_path: Path) -> Hub:
    return Hub(hub_server.url, False, tmp_path / "cache", silence=0.4)


def run(store: ModelStore, *sources: ModelSource, model: str = "tiny") -> list[TransferProgress]:
    return list(store.get([model], only(*sources)))


def test_fetches_files_and_counts_bytes(store: ModelStore, hub: Hub) -> None:
    steps = run(store, hub)
    assert (store.path("tiny") / "model.bin").read_bytes() == WHOLE
    assert (store.path("tiny") / "small.json").read_bytes() == SMALL
    assert steps[-1].done == steps[-1].total == len(WHOLE) + len(SMALL)
    assert [step.done for step in steps] == sorted(step.done for step in steps)


def test_goes_on_where_the_connection_broke(
    store: ModelStore, hub: Hub, hub_server: FakeHub
) -> None:
    hub_server.cut_after, hub_server.cuts = 100_000, 2
    run(store, hub, model="extra")
    assert (store.path("extra") / "model.bin").read_bytes() == WHOLE
    starts = [wanted.partition("=")[2].partition("-")[0] for _, wanted in hub_server.asked]
    assert starts == ["0", "100000", "200000"]


def test_gives_up_when_every_connection_breaks_at_once(
    store: ModelStore, hub: Hub, hub_server: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.models.sources.hub.CUTS", 2)
    hub_server.cut_after, hub_server.cuts = 0, 100
    with pytest.raises(UserError, match="the connection broke 3 times"):
        run(store, hub, model="extra")


def test_resumes_after_a_cancel(store: ModelStore, hub: Hub, hub_server: FakeHub) -> None:
    draft = store.folder / ".partial" / "extra" / "model.bin.0000"
    draft.parent.mkdir(parents=True)
    draft.write_bytes(WHOLE[:150_000])
    run(store, hub, model="extra")
    assert [wanted for _, wanted in hub_server.asked] == [f"bytes=150000-{len(WHOLE) - 1}"]
    assert (store.path("extra") / "model.bin").read_bytes() == WHOLE


def test_a_wrong_beginning_is_dropped(store: ModelStore, hub: Hub) -> None:
    draft = store.folder / ".partial" / "extra" / "model.bin.0000"
    draft.parent.mkdir(parents=True)
    draft.write_bytes(b"x" * 150_000)
    run(store, hub, model="extra")
    assert (store.path("extra") / "model.bin").read_bytes() == WHOLE


def test_server_without_ranges(store: ModelStore, hub: Hub, hub_server: FakeHub) -> None:
    hub_server.ranges = False
    hub_server.cut_after, hub_server.cuts = 100_000, 1
    run(store, hub)
    assert (store.path("tiny") / "model.bin").read_bytes() == WHOLE


def test_wrong_bytes_are_refused(store: ModelStore, hub: Hub, hub_server: FakeHub) -> None:
    hub_server.files["/someone/tiny/resolve/main/weights.bin"] = b"!" * len(WHOLE)
    with pytest.raises(UserError, match="not what they should be"):
        run(store, hub)
    assert not (store.folder / "tiny" / "model.bin").exists()
    assert (store.folder / "tiny" / "small.json").read_bytes() == SMALL


def test_not_found_names_the_answer(store: ModelStore, hub: Hub, hub_server: FakeHub) -> None:
    hub_server.files.clear()
    with pytest.raises(UserError, match=r"answered 404 for http.*someone/tiny"):
        run(store, hub)


def test_a_page_in_place_of_the_file(store: ModelStore, hub: Hub, hub_server: FakeHub) -> None:
    hub_server.files["/someone/tiny/resolve/main/weights.bin"] = b"<html>Log in</html>"
    hub_server.ranges = False
    with pytest.raises(UserError, match="has 19 bytes, and 307200 are expected"):
        run(store, hub, model="extra")


def test_a_server_that_stops_after_its_headers(
    store: ModelStore, hub: Hub, hub_server: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.models.sources.hub.CUTS", 0)
    hub_server.stalls = True
    with pytest.raises(UserError, match="the connection broke 1 times"):
        run(store, hub, model="extra")


def test_an_address_that_is_none(store: ModelStore, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be reached"):
        run(store, Hub("nonsense", False, tmp_path))


def test_silence_is_passed_over_with_one_line(
    store: ModelStore, hub: Hub, hub_server: FakeHub, tmp_path: Path
) -> None:
    hub_server.silent = True
    second = Hub(hub_server.url, True, _hub_cache(tmp_path), name="second")
    notes = [step.note for step in run(store, hub, second) if step.note]
    assert notes == [f"hub is passed over: {hub_server.url} did not answer within 0 s"]
    assert store.missing() == ()


def test_unreachable_hub_is_passed_over(store: ModelStore, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be reached") as caught:
        run(store, Hub("http://127.0.0.1:9", False, tmp_path))
    assert "candor models get tiny" in caught.value.hint


def _hub_cache(tmp_path: Path) -> Path:
    snapshot = tmp_path / "hf" / "models--someone--tiny" / "snapshots" / "abc"
    snapshot.mkdir(parents=True)
    (snapshot / "weights.bin").write_bytes(WHOLE)
    (snapshot / "s.json").write_bytes(SMALL)
    return tmp_path / "hf"


def test_takes_what_the_hub_client_has_cached(
    store: ModelStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _hub_cache(tmp_path)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    run(store, from_environment())
    assert store.missing() == ()


def test_offline_asks_nothing(
    store: ModelStore, hub_server: FakeHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub_server.url + "/")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "empty"))
    with pytest.raises(UserError, match="no source that can be reached has it"):
        run(store, from_environment())
    assert hub_server.asked == []


def test_endpoint_from_the_environment(
    store: ModelStore, hub_server: FakeHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub_server.url + "/")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "empty"))
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    run(store, from_environment())
    assert store.missing() == ()


def test_closing_cancels_while_the_hub_is_silent(
    store: ModelStore, hub: Hub, hub_server: FakeHub
) -> None:
    hub_server.silent = True
    steps = store.get(["tiny"], only(hub))
    next(steps)
    steps.close()
    assert list(store.folder.glob("tiny/*")) == []
    hub_server.silent = False
    assert run(store, hub)[-1].done == len(WHOLE) + len(SMALL)
