"""Chinese for the harm classifier: its base reads English only, so characters are counted.

A linear model on hashed pairs and triples of characters (Weinberger et al. 2009).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

SIZE = 1 << 14
"""Rows of the table of weights."""
LONGEST = 3
PIECE = 60
"""Characters of one piece of a text; the worst piece counts."""
STEP = 40

_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SIGNS = re.compile(r"[^\w]+|_+")


def is_chinese(text: str) -> bool:
    """Whether a good part of its letters are Chinese characters."""
    letters = sum(map(str.isalpha, text))
    return letters > 0 and count(text) * 4 > letters


def count(text: str) -> int:
    """How many Chinese characters a text has."""
    return len(_IDEOGRAPHS.findall(text))


def rows_of(text: str) -> list[int]:
    """The rows of the table that this text uses, each once."""
    plain = _SIGNS.sub(" ", text.lower()).strip()
    marked = f"^{plain}$"
    grams = {
        marked[at : at + size]
        for size in range(1, LONGEST + 1)
        for at in range(len(marked) - size + 1)
    }
    return sorted({zlib.crc32(gram.encode()) % SIZE for gram in grams})


def pieces(text: str) -> Iterator[str]:
    """The text, a piece at a time; pieces overlap."""
    for start in range(0, max(1, len(text) - (PIECE - STEP)), STEP):
        yield text[start : start + PIECE]


def scores(
    text: str, weight: NDArray[np.float32], bias: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Probabilities, shape (pieces, labels). `weight` has the shape (SIZE, labels)."""
    logits = []
    for piece in pieces(text):
        rows = rows_of(piece)
        logits.append(weight[rows].sum(axis=0) / np.sqrt(max(1, len(rows))) + bias)
    found: NDArray[np.float64] = 1 / (1 + np.exp(-np.array(logits, np.float64)))
    return found
