"""A better model is offered where the hub answers, and not a word is said where it does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from agent.engines.hardware import Hardware
from agent.models.sources.hub import Hub
from agent.models.store import ModelStore
from desktop.setup import better_offer
from desktop.setup.better_offer import BetterOffer, offer_text
from tests.agent.models.conftest import ROUNDED, FakeHub, hub_server, offered

COMPUTER = Hardware("Linux", "cpu", 4, 8_000_000_000, 6_000_000_000, None, "")
__all__ = ["hub_server", "offered"]


@pytest.fixture
def hub(hub_server: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hub:
    monkeypatch.setattr(better_offer, "examine", lambda: COMPUTER)
    return Hub(hub_server.url, False, tmp_path / "cache", silence=0.4)


def test_it_is_offered_with_its_true_size(offered: ModelStore, hub: Hub, qtbot: QtBot) -> None:
    offer = BetterOffer(None, offered, lambda _: (hub,))
    with qtbot.waitSignal(offer.found) as found:
        offer.look()
    (model,) = found.args
    assert model.size == len(ROUNDED)
    said, hint = offer_text(model)
    assert "Better" in said and "MIT" in said and "230 kB" in said
    assert "quick answers" in hint
    assert offered.missing(["better"]) == ("better",), "nothing was fetched"


@pytest.mark.parametrize("how", ["silent", "offline", "gone"])
def test_nothing_is_said_without_the_hub(
    offered: ModelStore, hub: Hub, hub_server: FakeHub, how: str
) -> None:
    hub_server.silent = how == "silent"
    if how == "gone":
        hub_server.files.clear()
    told: list[object] = []
    offer = BetterOffer(None, offered, lambda _: (replace(hub, offline=how == "offline"),))
    offer.found.connect(told.append)
    offer._look()
    assert told == []
    assert not hub_server.asked or how != "offline"
