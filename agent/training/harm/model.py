"""MiniLM with LoRA in its upper layers and a linear head: the harm classifier while it learns.

Model: sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0). LoRA: Hu et al. 2021.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from agent.training.harm.data import LABELS

if TYPE_CHECKING:
    import torch

LOWEST = 2
"""Layers below this one stay as they are, so their output is computed once for each text."""
LAYERS = 6
RANK = 16
ALPHA = 32
TOKENS = 48
_TARGETS = ("query", "key", "value", "attention.output.dense", "intermediate.dense", "output.dense")
_TOGETHER = 64

States: TypeAlias = NDArray[np.float16]
"""What the lower layers make of a text, shape (tokens, 384)."""


class HarmModel:
    """The two halves of the model: `lower` is fixed, `logits` learns."""

    def __init__(self, minilm: Path, seed: int = 0) -> None:
        import torch
        from peft import LoraConfig, get_peft_model
        from tokenizers import Tokenizer
        from transformers import BertModel

        torch.manual_seed(seed)
        self._torch: Any = torch
        self._tokenizer: Any = Tokenizer.from_file(str(minilm / "tokenizer.json"))
        self._tokenizer.enable_truncation(TOKENS)
        self._tokenizer.no_padding()
        bert: Any = BertModel.from_pretrained(
            minilm,
            add_pooling_layer=False,
            attn_implementation="sdpa",
            # Dropout inside the layers costs a third of a step on a CPU; the head's is enough.
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        upper = "|".join(str(layer) for layer in range(LOWEST, LAYERS))
        names = "|".join(re.escape(name) for name in _TARGETS)
        config = LoraConfig(
            r=RANK,
            lora_alpha=ALPHA,
            target_modules=rf".*encoder\.layer\.({upper})\..*?({names})",
        )
        self._peft: Any = get_peft_model(bert, config)
        self._bert: Any = self._peft.base_model.model
        self._head: Any = torch.nn.Linear(2 * 384, len(LABELS))
        self._drop: Any = torch.nn.Dropout(0.1)

    def parameters(self) -> dict[str, torch.nn.Parameter]:
        """LoRA's matrices, `layer.N.part.lora_A` and `lora_B`, and the head."""
        lora = {
            _short(name): parameter
            for name, parameter in self._peft.named_parameters()
            if parameter.requires_grad
        }
        return lora | {f"head.{name}": p for name, p in self._head.named_parameters()}

    def training(self, on: bool) -> None:
        """Switch dropout on or off."""
        self._peft.train(on)
        self._drop.train(on)

    def lower(self, texts: Sequence[str]) -> list[States]:
        """The states below the first trained layer, a text at a time."""
        torch = self._torch
        encoded = [self._tokenizer.encode(plain(text)).ids for text in texts]
        order = sorted(range(len(texts)), key=lambda i: len(encoded[i]))
        states: list[States] = [np.zeros((0, 384), np.float16)] * len(texts)
        for start in range(0, len(order), _TOGETHER):
            places = order[start : start + _TOGETHER]
            width = max(len(encoded[i]) for i in places)
            ids = torch.tensor([encoded[i] + [0] * (width - len(encoded[i])) for i in places])
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                hidden = self._bert.embeddings(input_ids=ids)
                hidden = self._through(hidden, ids != 0, 0, LOWEST).to(torch.float16).numpy()
            for row, place in enumerate(places):
                states[place] = hidden[row, : len(encoded[place])].copy()
        return states

    def logits(self, states: Sequence[States]) -> torch.Tensor:
        """One logit a label, shape (texts, labels)."""
        logits: torch.Tensor = self._head(self._drop(self.pooled(states)))
        return logits

    def pooled(self, states: Sequence[States]) -> torch.Tensor:
        """Mean and maximum of the last states, shape (texts, 768)."""
        import torch

        width = max(len(each) for each in states)
        padded = np.zeros((len(states), width, 384), np.float32)
        mask = torch.zeros((len(states), width), dtype=torch.bool)
        for row, each in enumerate(states):
            padded[row, : len(each)] = each
            mask[row, : len(each)] = True
        hidden = self._through(torch.from_numpy(padded), mask, LOWEST, LAYERS)
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1)
        peak = hidden.masked_fill(~mask.unsqueeze(-1), -1e4).amax(1)
        return torch.cat([mean, peak], dim=-1)

    def _through(self, hidden: Any, mask: Any, first: int, last: int) -> Any:
        for layer in self._bert.encoder.layer[first:last]:
            made = layer(hidden, mask[:, None, None, :])
            hidden = made[0] if isinstance(made, tuple) else made
        return hidden


def plain(text: str) -> str:
    """The text as the classifier reads it: at most 2,000 characters, white space made one."""
    return re.sub(r"\s+", " ", text[:2000]).strip()


def _short(name: str) -> str:
    short = name.rsplit("encoder.", maxsplit=1)[-1].removesuffix(".default.weight")
    return short.replace("attention.self.", "attention.")
