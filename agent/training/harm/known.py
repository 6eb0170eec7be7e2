"""Scores beside the truth, where a source knows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from agent.training.core.metrics import Floats
from agent.training.harm.data import LabelledText


def known_of(
    examples: Sequence[LabelledText], scores: Floats, column: int
) -> tuple[Floats, np.ndarray[Any, np.dtype[np.bool_]]]:
    """Scores and truth of one label, without the examples that do not know it."""
    known = [i for i, e in enumerate(examples) if e.labels[column] is not None]
    truth = np.array([(examples[i].labels[column] or 0.0) >= 0.6 for i in known])
    return np.clip(scores[known, column], 1e-6, 1 - 1e-6), truth
