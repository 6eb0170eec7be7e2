"""The best model that fits, over a table of machines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent.codes import AgentCode
from agent.dialogue import Wanted, gguf, local
from agent.engines.hardware import Gpu, Hardware
from agent.engines.offers import Fitting, accelerated, best, suits
from agent.models import catalog
from tests.tiny_models import KINDS

GB = 1_000_000_000
PLAIN = Hardware("Linux", "cpu", 4, 8 * GB, 6 * GB, None, "")
OFFERED = [model for model in catalog.load().model if model.offer is not None]


def machine(cores: int, memory: float, card: float = 0.0) -> Hardware:
    gpu = Gpu("Card", int(card * GB), int(card * GB)) if card else None
    return replace(PLAIN, cores=cores, memory=int(memory * GB), gpu=gpu)


@pytest.mark.parametrize(
    ("cores", "memory", "card", "on_card", "wanted"),
    [
        (2, 2.0, 0, False, None),
        (2, 4.0, 0, False, None),
        (2, 8.2, 0, False, "qwen3.5-2b"),
        (2, 64, 0, False, "qwen3.5-2b"),
        (4, 8.2, 0, False, "qwen3.5-4b"),
        (4, 16.4, 0, False, "gemma-4-e4b"),
        (8, 16.4, 0, False, "qwen3.5-9b"),
        (8, 32, 0, False, "gpt-oss-20b"),
        (16, 32, 0, False, "gemma-4-12b"),
        (4, 16.4, 8.2, True, "qwen3.5-9b"),
        (4, 16.4, 12.6, True, "gemma-4-12b"),
        (4, 16.4, 12.6, False, "gemma-4-e4b"),
        (4, 8.2, 24, True, "qwen3.5-4b"),
        (8, 8.2, 0, True, "qwen3.5-4b"),
        (8, 16.4, 0, True, "gemma-4-12b"),
    ],
)
def test_the_best_that_fits(
    cores: int, memory: float, card: float, on_card: bool, wanted: str | None
) -> None:
    found = best(catalog.load(), machine(cores, memory, card), on_card)
    assert (found.id if found else None) == wanted


def test_why_is_said() -> None:
    large = catalog.load().find("gpt-oss-20b")
    assert suits(large, machine(8, 8), False).why.code == AgentCode.NEEDS_MORE_MEMORY
    assert suits(large, machine(2, 32), False).fitting is Fitting.SLOWLY
    assert suits(large, machine(2, 32, 24), True).fitting is Fitting.CARD
    assert suits(large, machine(2, 32, 24), False).fitting is Fitting.SLOWLY
    assert not suits(large, machine(2, 32, 8), True).well


def test_more_never_gets_a_worse_model() -> None:
    memories, ranks = (2, 4, 6, 8.2, 12, 16.4, 24, 32, 64), []
    for memory in memories:
        found = best(catalog.load(), machine(8, memory), False)
        ranks.append(found.offer.rank if found is not None and found.offer else 0)
    assert ranks == sorted(ranks)


def test_what_is_offered_may_be_had() -> None:
    assert OFFERED
    for model in OFFERED:
        assert model.licence in ("Apache-2.0", "MIT")
        assert model.task == "dialogue" and not model.default
        assert all(file.hub is not None and file.about for file in model.file)
        assert model.offer is not None and model.offer.architecture in KINDS
        assert model.offer.better_at and model.size < model.memory < model.machine
    assert len({model.id for model in catalog.load().model}) == len(catalog.load().model)


def test_nothing_offered_is_chosen_or_fetched_by_itself() -> None:
    for memory in (1 * GB, 8 * GB, 500 * GB):
        fitting = catalog.load().fitting(memory)
        assert not any(model.offer for model in fitting.choose(()))


def test_an_offered_model_runs_in_llama_cpp() -> None:
    card = replace(machine(4, 16, 24), torch_cuda="13.0")
    wanted = Wanted("qwen3.5-4b", 3 * GB, 4, "", named=False, llama_only=True)
    assert local.ENGINE.fits(card, wanted) is None
    fit = gguf.ENGINE.fits(card, wanted)
    assert fit is not None and fit.device == "auto"


def test_a_card_that_llama_cpp_does_not_use_is_none() -> None:
    assert not accelerated(machine(4, 16))
