"""A chat model that reads packs: trees of tokens with their own mask and positions."""

from __future__ import annotations

from typing import Any

import torch

from agent.training.chat.model import ChatModel
from agent.training.shipped.packs import Pack


class TreeModel(ChatModel):
    """`ChatModel` that also takes packs."""

    def tree_states(self, pack: Pack) -> torch.Tensor:
        """What the layers below the first learning one make of a pack, shape (tokens, width)."""
        with torch.no_grad():
            found: torch.Tensor = self._lower(
                input_ids=self._ids(pack), use_cache=False, **self._tree(pack)
            ).last_hidden_state
        return found[0]

    def tree_logits(
        self, pack: Pack, states: torch.Tensor | None
    ) -> tuple[torch.Tensor, list[int]]:
        """Scores at each place that predicts, shape (places, vocabulary), and these places."""
        places = sorted(set(pack.predictors))
        kept = {"use_cache": False, "logits_to_keep": torch.tensor(places, device=self.device)}
        if states is None:
            found = self._model(input_ids=self._ids(pack), **kept, **self._tree(pack))
        else:
            given = states[None].to(self.device, self._model.dtype)
            found = self._upper(inputs_embeds=given, **kept, **self._tree(pack))
        logits: torch.Tensor = found.logits[0]
        return logits, places

    def _ids(self, pack: Pack) -> torch.Tensor:
        return torch.tensor([pack.ids], device=self.device)

    def _tree(self, pack: Pack) -> dict[str, Any]:
        return {
            "attention_mask": pack.mask().to(self.device),
            "position_ids": torch.tensor([pack.positions()], device=self.device),
        }
