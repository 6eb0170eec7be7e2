"""Fine-tunes the harm classifier: a folder of safety data in, one small adapter file out.

python -m agent.training.harm.classify DATA_FOLDER... --minilm FOLDER --out harm.safetensors
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from agent.training.core.augment import disguise
from agent.training.core.loop import train
from agent.training.core.metrics import Floats, roc_auc, threshold_for
from agent.training.core.progress import Score, TrainingPlan
from agent.training.harm.contrast import contrasts
from agent.training.harm.data import LABELS, LabelledText, read_folder
from agent.training.harm.model import (
    ALPHA,
    LOWEST,
    RANK,
    TOKENS,
    HarmModel,
    States,
)
from perception.replaced import replaced
from perception.startup import start_private

if TYPE_CHECKING:
    import torch

logger = logging.getLogger("candor.training")

MOST = 1000
"""Examples of one source, so that no set outvotes the others."""
DISGUISED = 0.15
FALSE_ALARMS = 0.01
"""The share of harmless dev texts that may reach the trained point (score 0.5)."""


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
        self.dev = sample([e for e in examples if e.part == "dev"], 100, draw)
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


def known_of(
    examples: Sequence[LabelledText], scores: Floats, column: int
) -> tuple[Floats, np.ndarray[Any, np.dtype[np.bool_]]]:
    """Scores and truth of one label, without the examples that do not know it."""
    known = [i for i, e in enumerate(examples) if e.labels[column] is not None]
    truth = np.array([(examples[i].labels[column] or 0.0) >= 0.6 for i in known])
    return np.clip(scores[known, column], 1e-6, 1 - 1e-6), truth


def thresholds(learner: HarmLearner) -> dict[str, float]:
    """For each label, the probability that FALSE_ALARMS of the texts without it reach."""
    scores = learner.predictions()
    found = {}
    for column, label in enumerate(LABELS):
        told, truth = known_of(learner.dev, scores, column)
        found[label] = round(max(0.1, threshold_for(told, truth, FALSE_ALARMS)), 4)
    return found


def save(learner: HarmLearner, file: Path) -> None:
    """Write adapter, head, label names and thresholds in float16, whole or not at all."""
    from safetensors.numpy import save_file

    tensors = {
        name: parameter.detach().numpy().astype(np.float16)
        for name, parameter in learner.parameters().items()
    }
    about = {
        "format": "candor-harm-1",
        "base": "sentence-transformers/all-MiniLM-L6-v2",
        "labels": json.dumps(LABELS),
        "thresholds": json.dumps(thresholds(learner)),
        "lowest_layer": str(LOWEST),
        "scale": str(ALPHA / RANK),
        "tokens": str(TOKENS),
    }
    with replaced(file) as draft:
        save_file(tensors, draft, about)


def sample(examples: Sequence[LabelledText], most: int, draw: random.Random) -> list[LabelledText]:
    """At most `most` examples of each source."""
    sources: dict[str, list[LabelledText]] = {}
    for example in examples:
        sources.setdefault(example.source, []).append(example)
    return [
        example
        for source in sources.values()
        for example in (draw.sample(source, most) if len(source) > most else source)
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train from the command line, with one line of progress every hundred steps."""
    start_private()
    parser = argparse.ArgumentParser(description="Fine-tune the harm classifier.")
    parser.add_argument("data", nargs="+", type=Path, help="folders with the safety data")
    parser.add_argument("--minilm", required=True, type=Path, help="folder of the MiniLM model")
    parser.add_argument("--out", required=True, type=Path, help="the adapter file to write")
    parser.add_argument("--work", type=Path, default=Path("training"), help="for resuming")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=25.0, help="stop after this long")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(message)s")
    examples = [e for folder in chosen.data for e in read_folder(folder)] + list(contrasts())
    learner = HarmLearner(HarmModel(chosen.minilm), examples)
    plan = TrainingPlan(epochs=chosen.epochs, rate=8e-4, most_seconds=chosen.minutes * 60)
    for now in train(learner, plan, chosen.work):
        if now.score is not None:
            logger.info("epoch %d: loss %.4f, ROC-AUC %.4f", now.epoch, *_pair(now.score))
        elif now.step % 50 == 0:
            logger.info("%d/%d loss %.4f (%.0f s)", now.step, now.steps, now.loss, now.seconds)
    save(learner, chosen.out)


def _pair(score: Score) -> tuple[float, float]:
    return score.loss, score.accuracy


if __name__ == "__main__":
    main()
