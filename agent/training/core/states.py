"""What the lower layers make of each row: computed once, kept in one file, read back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from agent.models.disk import explained, need


class HiddenStates:
    """States of rows, shape (tokens, width) each, in bfloat16. They are made when first asked for.

    The file outlives a cut run: what is in it is not computed again.
    """

    def __init__(
        self,
        file: Path,
        lengths: Sequence[int],
        width: int,
        compute: Callable[[int], torch.Tensor],
    ) -> None:
        """`compute` gives the states of row n. UserError where the disk is too small."""
        self._compute, self._width = compute, width
        self._starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        total = int(self._starts[-1])
        with explained(file.parent):
            file.parent.mkdir(parents=True, exist_ok=True)
            known = file.with_suffix(".known")
            size = max(1, total) * width * 2
            if not file.exists() or file.stat().st_size != size:
                need(file.parent, size)
                known.unlink(missing_ok=True)
            self._values: Any = _mapped(file, np.dtype(np.int16), (max(1, total), width))
            self._known: Any = _mapped(known, np.dtype(np.uint8), (max(1, len(lengths)),))

    def __getitem__(self, row: int) -> torch.Tensor:
        first, last = self._starts[row], self._starts[row + 1]
        if not self._known[row]:
            states = self._compute(row).to("cpu", torch.bfloat16)
            self._values[first:last] = states.view(torch.int16).numpy()
            self._known[row] = 1
        kept = np.array(self._values[first:last])
        return torch.from_numpy(kept).view(torch.bfloat16)


def _mapped(file: Path, kind: np.dtype[Any], shape: tuple[int, ...]) -> Any:
    size = int(np.prod(shape)) * kind.itemsize
    if not file.exists() or file.stat().st_size != size:
        with file.open("wb") as stream:
            stream.truncate(size)
    return np.memmap(file, kind, "r+", shape=shape)
