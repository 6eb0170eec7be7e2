"""How a chat model is tuned: what learns, and from rows of which length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Tuning:
    """What learns.

    `lora` adds matrices of `rank` (Hu et al. 2021) to every linear part of the upper `layers`
    layers; `full` lets all weights learn, for small models. 0 layers means all. With fewer, the
    lower ones never change: what they make of a row is computed once and kept on disk
    (`cached`), which makes each further epoch twice to four times as fast. `parts` are names of
    linear modules, for example ("q_proj", "v_proj"); empty means all of a layer.
    `batch` rows of at most `most_tokens` ids are computed together; longer rows lose their
    beginning. `checkpointing` computes activations twice and keeps few of them. `dtype` are the
    numbers to compute in: bfloat16, float16 (older graphics cards) or float32. With LoRA the base
    is loaded in them; with `full` the weights are float32 and the computing is mixed.
    """

    kind: Literal["lora", "full"] = "lora"
    rank: int = 8
    alpha: float = 16.0
    dropout: float = 0.0
    layers: int = 0
    cached: bool = True
    parts: tuple[str, ...] = ()
    batch: int = 1
    most_tokens: int = 1024
    checkpointing: bool = False
    seed: int = 0
    dtype: Literal["bfloat16", "float16", "float32"] = "bfloat16"

    @property
    def autocast(self) -> str:
        """What the loop must cast to; float32 for nothing."""
        return "float32" if (self.kind, self.dtype) == ("lora", "bfloat16") else self.dtype
