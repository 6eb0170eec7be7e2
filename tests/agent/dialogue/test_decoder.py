"""The caches, on a tiny model in float32, where sameness can be asked for."""

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from agent.dialogue.transformer.decoder import Decoder

pytestmark = pytest.mark.torch

ONE = [5, 6, 7, 8, 9] * 16
OTHER = [5, 6, 7, 8, 9] * 3 + [20, 21]


@pytest.fixture(scope="module")
def model() -> LlamaForCausalLM:
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=64,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=256,
    )
    return LlamaForCausalLM(config)


def plain(model: LlamaForCausalLM, ids: list[int]) -> torch.Tensor:
    """The scores without any cache."""
    with torch.inference_mode():
        scores: torch.Tensor = model(torch.tensor([ids])).logits[0, -1]
    return scores


@pytest.fixture(params=[False, True], ids=["growing", "static"])
def decoder(request: pytest.FixtureRequest, model: LlamaForCausalLM) -> Decoder:
    return Decoder(model, 128, static=request.param)


def test_pieces_and_steps_give_the_scores_of_one_reading(
    decoder: Decoder, model: LlamaForCausalLM
) -> None:
    assert len(list(decoder.read(ONE))) == 3
    assert torch.allclose(decoder.logits(), plain(model, ONE), atol=1e-4)
    for id in (1, 2, 3):
        decoder.step(id)
    assert torch.allclose(decoder.logits(), plain(model, [*ONE, 1, 2, 3]), atol=1e-4)
    assert decoder.held == [*ONE, 1, 2, 3]


def test_a_kept_cache_gives_the_scores_of_a_fresh_one(
    decoder: Decoder, model: LlamaForCausalLM
) -> None:
    for prompt in (ONE, OTHER, ONE, OTHER, OTHER, [1], ONE):
        list(decoder.read(prompt))
        assert torch.allclose(decoder.logits(), plain(model, prompt), atol=1e-4)


def test_what_is_shared_is_not_read_again(decoder: Decoder) -> None:
    list(decoder.read(ONE))
    assert len(list(decoder.read([*ONE, 1]))) == 1
    assert decoder.held == [*ONE, 1]


def test_a_reading_that_was_closed_is_taken_up(decoder: Decoder, model: LlamaForCausalLM) -> None:
    reading = decoder.read(ONE)
    next(reading)
    reading.close()
    assert decoder.held == ONE[:32]
    list(decoder.read(ONE))
    assert torch.allclose(decoder.logits(), plain(model, ONE), atol=1e-4)
