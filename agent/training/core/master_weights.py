"""Full-precision copies of weights that compute in fewer bits, so that small steps add up."""

from __future__ import annotations

import torch


class Masters:
    """What the optimiser changes: float32 copies, or the weights themselves where they are that."""

    def __init__(self, weights: dict[str, torch.nn.Parameter]) -> None:
        self._weights = weights
        self.values: dict[str, torch.nn.Parameter] = {
            name: weight
            if weight.dtype == torch.float32
            else torch.nn.Parameter(weight.detach().float().clone())
            for name, weight in weights.items()
        }

    def take_gradients(self) -> None:
        """Move the weights' gradients here."""
        for name, weight in self._weights.items():
            if (master := self.values[name]) is not weight and weight.grad is not None:
                master.grad, weight.grad = weight.grad.float(), None

    @torch.no_grad()
    def give(self) -> None:
        """Round the values into the weights."""
        for name, weight in self._weights.items():
            if (master := self.values[name]) is not weight:
                weight.copy_(master)
