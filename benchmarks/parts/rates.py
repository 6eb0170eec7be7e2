"""Shares and areas with their 95% intervals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from agent.training.everyday.counts import interval

_Z = 1.959963984540054


def rate(hits: int, of: int) -> float | None:
    """A share, rounded; None of nothing."""
    return round(hits / of, 4) if of else None


def wilson(hits: int, of: int) -> list[float]:
    """Wilson's interval of a share; 0 to 1 of nothing."""
    return [round(end, 4) for end in interval(hits, of)]


def auc(scores: Sequence[float], truth: Sequence[bool]) -> tuple[float, list[float]] | None:
    """The area under the ROC curve with DeLong's interval; None without both kinds.

    DeLong, DeLong and Clarke-Pearson 1988, by mid-ranks (Sun and Xu 2014).
    """
    every, harmful = np.asarray(scores, np.float64), np.asarray(truth, bool)
    high, low = every[harmful], every[~harmful]
    m, n = len(high), len(low)
    if not m or not n:
        return None
    ranks = _mid_ranks(np.concatenate([high, low]))
    area = float((ranks[:m].sum() - m * (m + 1) / 2) / (m * n))
    above = (ranks[:m] - _mid_ranks(high)) / n
    below = 1.0 - (ranks[m:] - _mid_ranks(low)) / m
    spread = (above.var(ddof=1) / m if m > 1 else 0.0) + (below.var(ddof=1) / n if n > 1 else 0.0)
    half = _Z * float(np.sqrt(spread))
    ends = [max(0.0, area - half), min(1.0, area + half)]
    return round(area, 4), [round(end, 4) for end in ends]


def _mid_ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ranks: NDArray[np.float64] = (np.cumsum(count) - (count - 1) / 2)[place]
    return ranks


def percentile(values: Sequence[float], share: int) -> float | None:
    """A percentile, rounded; None of nothing."""
    return round(float(np.percentile(values, share)), 3) if values else None
