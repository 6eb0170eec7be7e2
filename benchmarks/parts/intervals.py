"""Paired bootstrap intervals (Efron and Tibshirani, An Introduction to the Bootstrap, 1993)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95% interval."""

    value: float
    low: float
    high: float


def paired_bootstrap(
    rows: Sequence[Sequence[float]],
    statistic: Callable[[NDArray[np.float64]], float],
    draws: int = 2000,
    seed: int = 0,
) -> Interval | None:
    """The interval of `statistic` over `rows` (items, values), whole rows drawn with replacement.

    None where there are no rows.
    """
    table = np.asarray(rows, np.float64)
    if not len(table):
        return None
    chosen = np.random.default_rng(seed).integers(0, len(table), (draws, len(table)))
    values = np.array([statistic(table[choice]) for choice in chosen])
    low, high = np.percentile(values, [2.5, 97.5])
    return Interval(statistic(table), float(low), float(high))
