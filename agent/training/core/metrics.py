"""Measures of a classifier, in plain NumPy."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]


def roc_auc(scores: Floats, truth: Bools) -> float:
    """The chance that a positive scores above a negative (ties count half); NaN without both.

    Shapes (n,). Mann and Whitney 1947.
    """
    positives, negatives = int(truth.sum()), int((~truth).sum())
    if not positives or not negatives:
        return float("nan")
    _, place, count = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(count) - (count - 1) / 2)[place]
    return float((ranks[truth].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def precision_recall_f1(said: Bools, truth: Bools) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean; 0 where nothing was said or is true."""
    hits = float((said & truth).sum())
    precision = hits / float(said.sum()) if said.any() else 0.0
    recall = hits / float(truth.sum()) if truth.any() else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def false_positive_rate(said: Bools, truth: Bools) -> float:
    """The share of negatives that were said to be positive; NaN without negatives."""
    return float(said[~truth].mean()) if (~truth).any() else float("nan")


def threshold_for(scores: Floats, truth: Bools, most_false: float) -> float:
    """The lowest threshold at which at most `most_false` of the negatives score as high."""
    negatives = np.sort(scores[~truth])[::-1]
    if not negatives.size:
        return 0.5
    allowed = int(most_false * negatives.size)
    return float(min(0.999, negatives[min(allowed, negatives.size - 1)] + 1e-6))
