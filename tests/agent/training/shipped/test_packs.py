"""A pack gives what its exchanges would give one by one."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import torch

from agent.training.chat.examples import EncodedExample
from agent.training.shipped.packs import Pack, pack, packs
from agent.training.shipped.tree_model import TreeModel

pytestmark = pytest.mark.torch


def _row(ids: str, learned: int) -> EncodedExample:
    codes = tuple(map(ord, ids))
    return EncodedExample(codes, tuple(n >= len(codes) - learned for n in range(len(codes))))


ROWS = [_row("system page? yes", 4), _row("system page! no", 3), _row("system other", 5)]


def test_what_is_shared_is_read_once() -> None:
    tree = pack(ROWS)
    assert len(tree.ids) == len("system page? yes") + len("! no") + len("other")
    assert tree.positions()[-1] == len("system other") - 1
    assert bytes(tree.targets).decode() == " yes noother"


def test_a_token_sees_the_way_to_it_alone() -> None:
    tree = pack(ROWS)
    mask = tree.mask()[0, 0]
    for place in range(len(tree.ids)):
        seen = [tree.ids[at] for at in mask[place].nonzero()[:, 0].tolist()]
        read = bytes(seen).decode()
        assert any(bytes(row.ids).decode().startswith(read) for row in ROWS)
        assert len(seen) == tree.positions()[place] + 1


def test_what_is_learned_is_never_shared() -> None:
    row = _row("ask: yes", 3)
    tree = pack([row, row])
    assert bytes(tree.targets).decode() == "yesyes"
    assert len(set(tree.predictors)) == 5  # The colon's space predicts twice.


def test_groups_stay_whole() -> None:
    made = packs([ROWS[:2], ROWS[2:], ROWS[:1]], most=18)
    assert [len(tree.targets) for tree in made] == [7, 9]


class _Tiny(TreeModel):
    """A random model of three layers, of which the last two would learn."""

    def __init__(self) -> None:
        from transformers import Qwen2Config, Qwen2ForCausalLM

        from agent.training.chat.model import _part, _whole

        torch.manual_seed(0)
        config = Qwen2Config(
            vocab_size=128,
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=3,
            num_attention_heads=4,
            num_key_value_heads=2,
        )
        self.device = "cpu"
        made: Any = Qwen2ForCausalLM
        self._model = made(config)
        self._model.eval()
        inner = self._model.get_decoder()
        self._lower = _part(inner, 0, 1, last=False)
        self._upper = _whole(self._model, inner, _part(inner, 1, 3, last=True))

    def alone(self, row: EncodedExample) -> torch.Tensor:
        """The scores that predict what is learned of one row."""
        with torch.no_grad():
            logits: torch.Tensor = self._model(torch.tensor([row.ids])).logits[0]
        return logits[torch.tensor([n - 1 for n, learned in enumerate(row.learned) if learned])]


@pytest.mark.parametrize("split", [True, False])
def test_a_pack_computes_what_its_rows_compute_alone(split: bool) -> None:
    model = _Tiny()
    tree = pack(ROWS)
    with torch.no_grad():
        states = model.tree_states(tree) if split else None
        logits, places = model.tree_logits(tree, states)
    together = logits[torch.tensor([places.index(place) for place in tree.predictors])]
    alone = torch.cat([model.alone(row) for row in ROWS])
    assert torch.allclose(together, alone, atol=1e-5)


def test_an_order_of_rows_changes_nothing_but_places() -> None:
    other: Pack = pack(copy.copy(ROWS)[::-1])
    assert sorted(other.targets) == sorted(pack(ROWS).targets)
