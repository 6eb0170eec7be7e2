"""Packs for the training loop: the lower layers' states of each are computed once and kept."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from agent.training.core.progress import Score
from agent.training.core.states import HiddenStates
from agent.training.shipped.packs import Pack
from agent.training.shipped.tree_model import TreeModel


class PackLearner:
    """See `agent.training.core.loop.Learner`. A batch is the number of a pack."""

    def __init__(
        self, model: TreeModel, train: Sequence[Pack], dev: Sequence[Pack], folder: Path
    ) -> None:
        self._model = model
        self._packs, self._train = [*train, *dev], len(train)
        self._states: HiddenStates | None = None
        if model.split:
            lengths = [len(pack.ids) for pack in self._packs]
            self._states = HiddenStates(folder / "states.bin", lengths, model.width, self._lower)

    def parameters(self) -> dict[str, torch.nn.Parameter]:
        """What learns."""
        return self._model.parameters()

    def length(self) -> int:
        """Packs in an epoch."""
        return self._train

    def batches(self, epoch: int) -> Iterator[int]:
        """The packs in random order."""
        order = list(range(self._train))
        random.Random(f"{self._model.tuning.seed} {epoch}").shuffle(order)
        yield from order

    def loss(self, batch: int) -> torch.Tensor:
        """Mean cross-entropy of the learned ids of a pack."""
        self._model.training(True)
        scores, targets = self._scores(batch)
        return torch.nn.functional.cross_entropy(scores.float(), targets)

    def score(self) -> Score:
        """Mean cross-entropy of the dev packs' learned ids, and the share predicted rightly."""
        loss = right = count = 0.0
        self._model.training(False)
        kind, cast = torch.device(self._model.device).type, self._model.tuning.autocast
        mixed = torch.autocast(kind, getattr(torch, cast), cast != "float32")
        with torch.no_grad(), mixed:
            for number in range(self._train, len(self._packs)):
                scores, targets = self._scores(number)
                mean = torch.nn.functional.cross_entropy(scores.float(), targets)
                loss += float(mean) * len(targets)
                right += float((scores.argmax(-1) == targets).sum())
                count += len(targets)
        return Score(loss / max(1.0, count), right / max(1.0, count))

    def _lower(self, number: int) -> torch.Tensor:
        return self._model.tree_states(self._packs[number])

    def _scores(self, number: int) -> tuple[torch.Tensor, torch.Tensor]:
        pack = self._packs[number]
        states = None if self._states is None else self._states[number]
        logits, places = self._model.tree_logits(pack, states)
        row = {place: at for at, place in enumerate(places)}
        chosen = torch.tensor([row[place] for place in pack.predictors], device=logits.device)
        return logits[chosen], torch.tensor(pack.targets, device=logits.device)
