"""Token times from cross-attention: dynamic time warping over the alignment heads.

As in openai-whisper's word timestamps (whisper/timing.py, MIT): a token was said where its
attention lies.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def begins(attention: NDArray[np.float32]) -> list[int]:
    """The first frame of each token, in order; `attention` is (heads, tokens, frames)."""
    centred = attention - attention.mean(axis=1, keepdims=True)
    scaled = centred / (attention.std(axis=1, keepdims=True) + 1e-6)
    path = _warp(-_median(scaled, 7).mean(axis=0))
    firsts: dict[int, int] = {}
    for token, frame in path:
        firsts.setdefault(token, frame)
    return [firsts[token] for token in range(attention.shape[1])]


def _median(values: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    half = width // 2
    padded = np.pad(values, ((0, 0), (0, 0), (half, half)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, width, axis=-1)
    middle: NDArray[np.float32] = np.median(windows, axis=-1)
    return middle


def _warp(cost: NDArray[np.float32]) -> list[tuple[int, int]]:
    """The cheapest monotonic path through a (tokens, frames) cost, from its first to its last."""
    tokens, frames = cost.shape
    total = np.full((tokens + 1, frames + 1), np.inf)
    total[0, 0] = 0.0
    for token in range(1, tokens + 1):
        for frame in range(1, frames + 1):
            before = min(
                total[token - 1, frame - 1], total[token - 1, frame], total[token, frame - 1]
            )
            total[token, frame] = cost[token - 1, frame - 1] + before
    path = [(tokens, frames)]
    while path[-1] != (1, 1):
        token, frame = path[-1]
        steps = [(token - 1, frame - 1), (token - 1, frame), (token, frame - 1)]
        path.append(min(steps, key=lambda step: float(total[step])))
    return [(token - 1, frame - 1) for token, frame in reversed(path)]
