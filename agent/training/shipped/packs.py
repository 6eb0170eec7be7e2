"""Many exchanges as one tree of tokens: what they share is read once.

Exchanges have the same instructions, and often the same page or scene. A token sees only those
on the way from the root to itself, and stands where it would stand alone; so the pack computes
exactly what its exchanges would give one by one, at about a third of the tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agent.training.chat.examples import EncodedExample

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, slots=True)
class Pack:
    """A tree, flat. `parents` are places (-1: the root); `targets` are what follows at a place.

    `predictors` and `targets` have the same length: the place that predicts, the id it should.
    """

    ids: tuple[int, ...]
    parents: tuple[int, ...]
    predictors: tuple[int, ...]
    targets: tuple[int, ...]

    def positions(self) -> list[int]:
        """How deep each token stands."""
        depths = list[int]()
        for parent in self.parents:
            depths.append(depths[parent] + 1 if parent >= 0 else 0)
        return depths

    def mask(self) -> torch.Tensor:
        """Which token sees which, booleans of shape (1, 1, tokens, tokens)."""
        import torch

        seen = np.zeros((len(self.ids), len(self.ids)), np.bool_)
        for place, parent in enumerate(self.parents):
            if parent >= 0:
                seen[place] = seen[parent]
            seen[place, place] = True
        return torch.from_numpy(seen)[None, None]


def pack(rows: Sequence[EncodedExample]) -> Pack:
    """One tree of these rows, in this order; neighbours should share much."""
    ids, parents, predictors, targets = [list[int]() for _ in range(4)]
    before: tuple[int, ...] = ()
    path: list[int] = []
    for row in rows:
        shared = _shared(before, row.ids)
        # What is learned is never shared: each exchange learns its own answer.
        first = row.learned.index(True) if any(row.learned) else len(row.ids)
        del path[min(shared, first) :]
        for place in range(len(path), len(row.ids)):
            parents.append(path[-1] if path else -1)
            path.append(len(ids))
            ids.append(row.ids[place])
            if row.learned[place]:
                predictors.append(parents[-1])
                targets.append(row.ids[place])
        before = row.ids
    return Pack(tuple(ids), tuple(parents), tuple(predictors), tuple(targets))


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many ids both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def packs(groups: Iterable[Sequence[EncodedExample]], most: int) -> list[Pack]:
    """Groups of rows, in order, in packs of `most` tokens or a few more."""
    made, open_rows = list[Pack](), list[EncodedExample]()
    for group in groups:
        open_rows += group
        tree = pack(open_rows)
        if len(tree.ids) >= most:
            made.append(tree)
            open_rows = []
    return [*made, pack(open_rows)] if open_rows else made
