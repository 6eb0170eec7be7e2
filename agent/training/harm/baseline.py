"""What the fine-tuning is measured against: a linear model on MiniLM's untrained states.

python -m agent.training.harm.baseline DATA_FOLDER... --minilm FOLDER
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from agent.training.core.metrics import roc_auc
from agent.training.harm.classify import sample
from agent.training.harm.contrast import contrasts
from agent.training.harm.data import LABELS, LabelledText, read_folder
from agent.training.harm.known import known_of
from agent.training.harm.model import HarmModel
from perception.startup import start_private

_STEPS = 300
_TOGETHER = 64


def linear(
    model: HarmModel, train: Sequence[LabelledText], dev: Sequence[LabelledText]
) -> dict[str, float]:
    """ROC-AUC by label on `dev` of a logistic regression on `train`."""
    import torch

    features, checked = (_features(model, part) for part in (train, dev))
    labels = torch.tensor([[label or 0.0 for label in e.labels] for e in train])
    known = torch.tensor([[float(label is not None) for label in e.labels] for e in train])
    head: Any = torch.nn.Linear(features.shape[1], len(LABELS))
    optimiser = torch.optim.AdamW(head.parameters(), lr=0.02, weight_decay=0.01)
    for _ in range(_STEPS):
        each = torch.nn.functional.binary_cross_entropy_with_logits(
            head(features), labels, weight=known, reduction="sum"
        )
        optimiser.zero_grad()
        (each / known.sum()).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    with torch.no_grad():
        scores = torch.sigmoid(head(checked)).numpy().astype(np.float64)
    return {label: roc_auc(*known_of(dev, scores, column)) for column, label in enumerate(LABELS)}


def _features(model: HarmModel, examples: Sequence[LabelledText]) -> Any:
    import torch

    model.training(False)
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].text))
    rows = torch.zeros((len(examples), 768))
    states = model.lower([example.text for example in examples])
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(order), _TOGETHER):
            places = order[start : start + _TOGETHER]
            rows[places] = model.pooled([states[i] for i in places]).float()
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the baseline's ROC-AUC by label."""
    start_private()
    parser = argparse.ArgumentParser(description="A linear model on MiniLM's states.")
    parser.add_argument("data", nargs="+", type=Path, help="folders with the safety data")
    parser.add_argument("--minilm", required=True, type=Path, help="folder of the MiniLM model")
    parser.add_argument("--most", type=int, default=1000, help="texts of one source")
    chosen = parser.parse_args(arguments)
    examples = [e for folder in chosen.data for e in read_folder(folder)] + list(contrasts())
    draw = random.Random(0)
    parts = {
        part: sample([e for e in examples if e.part == part], most, draw)
        for part, most in (("train", chosen.most), ("dev", 100))
    }
    aucs = linear(HarmModel(chosen.minilm), parts["train"], parts["dev"])
    for label, auc in aucs.items():
        print(f"{label}: {auc:.4f}")
    print(f"mean: {np.mean(list(aucs.values())):.4f}")


if __name__ == "__main__":
    main()
