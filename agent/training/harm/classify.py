"""The harm classifier and its data while it learns: what the one training loop is given."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from agent.training.core.augment import disguise
from agent.training.core.metrics import Floats, roc_auc
from agent.training.core.progress import Score, TrainingPlan
from agent.training.harm.data import LABELS, LabelledText
from agent.training.harm.known import known_of
from agent.training.harm.model import HarmModel, States

if TYPE_CHECKING:
    import torch

logger = logging.getLogger("candor.training")

MOST = 700
"""Examples of one public source, so that no set outvotes the others."""
OWN = ("contrast", "request")
"""Sources of this project's templates begin so, and are taken whole."""
PLAN = TrainingPlan(epochs=2, rate=8e-4)
DISGUISED = 0.15


@dataclass(frozen=True, slots=True)
class Batch:
    """States of the lower layers; labels and their weights (n, labels)."""

    states: list[States]
    labels: torch.Tensor
    weights: torch.Tensor


class HarmLearner:
    """The harm classifier and its data, ready for the loop."""

    def __init__(
        self, model: HarmModel, examples: Sequence[LabelledText], size: int = 32, seed: int = 0
    ) -> None:
        import torch

        self._torch: Any = torch
        self.model, self._size, self._seed = model, size, seed
        draw = random.Random(seed)
        chosen = sample([e for e in examples if e.part == "train"], MOST, draw)
        hidden = [
            LabelledText(disguise(e.text, draw), e.labels, e.source, e.part)
            for e in chosen
            if e.text and draw.random() < DISGUISED
        ]
        self._train = [*chosen, *hidden]
        self.dev = sample([e for e in examples if e.part == "dev"], 400, draw)
        logger.info("%d texts to learn from, %d to check with", len(self._train), len(self.dev))
        self._states = model.lower([e.text for e in self._train])
        self._dev_states = model.lower([e.text for e in self.dev])
        logger.info("The lower layers have read them")

    def parameters(self) -> dict[str, torch.nn.Parameter]:
        """What learns."""
        return self.model.parameters()

    def length(self) -> int:
        """Batches in an epoch."""
        return -(-len(self._train) // self._size)

    def batches(self, epoch: int) -> Iterator[Batch]:
        """Texts of like length together, in random order."""
        self.model.training(True)
        draw = random.Random(f"{self._seed} {epoch}")
        order = sorted(
            range(len(self._train)), key=lambda i: len(self._states[i]) + draw.random() * 6
        )
        starts = list(range(0, len(order), self._size))
        draw.shuffle(starts)
        for start in starts:
            places = order[start : start + self._size]
            labels = [[label or 0.0 for label in self._train[i].labels] for i in places]
            known = [[float(v is not None) for v in self._train[i].labels] for i in places]
            tensor = self._torch.tensor
            yield Batch([self._states[i] for i in places], tensor(labels), tensor(known))

    def loss(self, batch: Batch) -> torch.Tensor:
        """Binary cross-entropy a label, without those that are unknown."""
        each = self._torch.nn.functional.binary_cross_entropy_with_logits(
            self.model.logits(batch.states).float(), batch.labels, reduction="none"
        )
        loss: torch.Tensor = (each * batch.weights).sum() / batch.weights.sum()
        return loss

    def score(self) -> Score:
        """Loss on the dev part; accuracy is the mean ROC-AUC over the labels."""
        scores = self.predictions()
        aucs, losses = [], []
        for column in range(len(LABELS)):
            told, truth = known_of(self.dev, scores, column)
            losses.append(float(-np.log(np.where(truth, told, 1 - told)).mean()))
            if truth.any() and not truth.all():
                aucs.append(roc_auc(told, truth))
        return Score(float(np.mean(losses)), float(np.mean(aucs)))

    def predictions(self) -> Floats:
        """Probabilities of the dev part, shape (texts, labels)."""
        self.model.training(False)
        order = sorted(range(len(self.dev)), key=lambda i: len(self._dev_states[i]))
        scores = np.zeros((len(self.dev), len(LABELS)))
        with self._torch.no_grad(), self._torch.autocast("cpu", self._torch.bfloat16):
            for start in range(0, len(order), 64):
                places = order[start : start + 64]
                logits = self.model.logits([self._dev_states[i] for i in places])
                scores[places] = self._torch.sigmoid(logits.float()).numpy()
        return scores


def sample(examples: Sequence[LabelledText], most: int, draw: random.Random) -> list[LabelledText]:
    """At most `most` examples of each source."""
    sources: dict[str, list[LabelledText]] = {}
    for example in examples:
        sources.setdefault(example.source, []).append(example)
    return [
        example
        for source in sources.values()
        for example in (
            draw.sample(source, most)
            if len(source) > most and not source[0].source.startswith(OWN)
            else source
        )
    ]
