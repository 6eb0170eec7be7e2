"""A model in transformers with its adapter, which can be taken off: scores of given ids."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from agent.dialogue.local import control_tokens, encoder
from agent.dialogue.transformer import weights
from agent.training.shipped.packs import Pack


class TunedWeights:
    """`model` is a folder or GGUF file as `weights.source` takes it, `adapter` as peft writes it.

    The GGUF file is unpacked to bfloat16 once, so these are llama.cpp's own weights.
    """

    def __init__(self, model: Path, adapter: Path) -> None:
        from peft import PeftModel
        from transformers import AutoModelForCausalLM, AutoTokenizer

        folder = weights.source(model)
        weights.silence()
        base: Any = AutoModelForCausalLM.from_pretrained(
            folder, dtype=torch.bfloat16, use_safetensors=True, attn_implementation="sdpa"
        )
        with warnings.catch_warnings():  # peft calls what transformers has renamed.
            warnings.simplefilter("ignore")
            tuned = PeftModel.from_pretrained(base, adapter, autocast_adapter_dtype=False)
        self._model: Any = tuned
        self._model = self._model.to(torch.bfloat16).eval()
        tokenizer = AutoTokenizer.from_pretrained(folder)
        self.encoder = encoder(tokenizer)
        self.ends = frozenset(control_tokens(tokenizer).values())

    def choices(self, ids: Sequence[int], start: int) -> list[int]:
        """With the adapter, the likeliest id at each place from `start` on."""
        places = torch.arange(start - 1, len(ids) - 1)
        with torch.no_grad():
            given = torch.tensor([list(ids)])
            logits = self._model(given, use_cache=False, logits_to_keep=places).logits[0]
        chosen: list[int] = logits.argmax(-1).tolist()
        return chosen

    def loss(self, pack: Pack, adapted: bool) -> float:
        """The sum of the negative log-likelihoods of a pack's learned ids."""
        if not adapted:
            with self._model.disable_adapter():
                return self.loss(pack, True)
        places = sorted(set(pack.predictors))
        at = {place: number for number, place in enumerate(places)}
        with torch.no_grad():
            logits = self._model(
                input_ids=torch.tensor([pack.ids]),
                attention_mask=pack.mask(),
                position_ids=torch.tensor([pack.positions()]),
                logits_to_keep=torch.tensor(places),
                use_cache=False,
            ).logits[0]
        chosen = logits[torch.tensor([at[place] for place in pack.predictors])].float()
        targets = torch.tensor(pack.targets)
        return float(torch.nn.functional.cross_entropy(chosen, targets, reduction="sum"))
