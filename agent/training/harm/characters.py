"""The Chinese half of the harm classifier while it learns: a linear model on characters."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from agent.training.core.metrics import Floats, roc_auc
from agent.training.core.progress import Score, TrainingPlan
from agent.training.harm.data import LABELS, LabelledText
from agent.training.harm.known import known_of
from safety.characters import SIZE, rows_of

if TYPE_CHECKING:
    import torch

PLAN = TrainingPlan(epochs=12, rate=0.02, weight_decay=0.3, patience=4, dtype="float32")
_BATCH = 32


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of the table a text after the other, where each text begins, labels, and which count."""

    rows: torch.Tensor
    starts: torch.Tensor
    sizes: torch.Tensor
    labels: torch.Tensor
    weights: torch.Tensor


class CharacterLearner:
    """The linear model and its data, ready for the loop."""

    def __init__(self, examples: Sequence[LabelledText], seed: int = 0) -> None:
        import torch

        torch.manual_seed(seed)
        self._torch: Any = torch
        self._seed = seed
        self._train = [e for e in examples if e.part == "train"]
        self.dev = [e for e in examples if e.part == "dev"]
        self._rows = {e.text: rows_of(e.text) for e in examples}
        self._table: Any = torch.nn.EmbeddingBag(SIZE, len(LABELS), mode="sum")
        torch.nn.init.zeros_(self._table.weight)
        self._bias = torch.nn.Parameter(torch.full((len(LABELS),), -2.0))

    def parameters(self) -> dict[str, torch.nn.Parameter]:
        """The table and the bias, as they stand in the file."""
        return {"characters.weight": self._table.weight, "characters.bias": self._bias}

    def length(self) -> int:
        """Batches in an epoch."""
        return -(-len(self._train) // _BATCH)

    def batches(self, epoch: int) -> Iterator[Rows]:
        """The texts in random order."""
        order = random.Random(f"{self._seed} {epoch}").sample(self._train, len(self._train))
        for start in range(0, len(order), _BATCH):
            yield self._batch(order[start : start + _BATCH])

    def loss(self, batch: Rows) -> torch.Tensor:
        """Binary cross-entropy a label, without those that are unknown."""
        each = self._torch.nn.functional.binary_cross_entropy_with_logits(
            self._logits(batch), batch.labels, reduction="none"
        )
        loss: torch.Tensor = (each * batch.weights).sum() / batch.weights.sum()
        return loss

    def score(self) -> Score:
        """Loss on the dev part; accuracy is the ROC-AUC of `harmful`."""
        scores = self.predictions()
        told, truth = known_of(self.dev, scores, LABELS.index("harmful"))
        loss = float(-np.log(np.where(truth, told, 1 - told)).mean())
        return Score(loss, roc_auc(told, truth))

    def predictions(self) -> Floats:
        """Probabilities of the dev part, shape (texts, labels)."""
        with self._torch.no_grad():
            logits = self._logits(self._batch(self.dev))
        found: Floats = self._torch.sigmoid(logits).numpy().astype(np.float64)
        return found

    def _batch(self, examples: Sequence[LabelledText]) -> Rows:
        tensor = self._torch.tensor
        rows = [self._rows[e.text] for e in examples]
        starts = np.cumsum([0, *(len(each) for each in rows[:-1])])
        return Rows(
            tensor([row for each in rows for row in each]),
            tensor(starts),
            tensor([float(max(1, len(each))) for each in rows]),
            tensor([[label or 0.0 for label in e.labels] for e in examples]),
            tensor([[float(label is not None) for label in e.labels] for e in examples]),
        )

    def _logits(self, batch: Rows) -> torch.Tensor:
        summed = self._table(batch.rows, batch.starts)
        logits: torch.Tensor = summed / batch.sizes.sqrt()[:, None] + self._bias
        return logits
