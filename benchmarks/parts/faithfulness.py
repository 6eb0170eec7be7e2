"""Whether the words that an explanation shows are those that decided (DeYoung et al. 2020).

Deletion: the text without the shown words should no longer be withheld, and score less.
Sufficiency: the shown words alone should still score. Both against as many other words, drawn.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from benchmarks.parts.rates import rate, wilson

Place: TypeAlias = tuple[int, int]
_WORD = re.compile(r"[\u4e00-\u9fff\u3040-\u30ff]|[^\W_]+(?:['’-][^\W_]+)*")
_DRAWS = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a text is withheld, and its highest score."""

    withheld: bool
    score: float


@dataclass(frozen=True, slots=True)
class Faithfulness:
    """One block: what became of it without the shown words, and without random ones."""

    flipped: bool
    flipped_at_random: float
    dropped: float
    dropped_at_random: float
    kept: float
    """How much of the score the shown words alone have."""
    kept_at_random: float
    words: int
    share: float
    """How much of the text is shown, by words."""


def measure(
    text: str, shown: Sequence[Place], judge: Callable[[str], Judged], draw: random.Random
) -> Faithfulness | None:
    """What the shown places are worth; None where they are no words, or all of them."""
    words = [match.span() for match in _WORD.finditer(text)]
    chosen = [w for w in words if any(w[0] < end and start < w[1] for start, end in shown)]
    if not chosen or len(chosen) == len(words):
        return None
    whole = judge(text)
    without, alone = judge(_without(text, chosen)), judge(_only(text, chosen))
    samples = [sorted(draw.sample(words, len(chosen))) for _ in range(_DRAWS)]
    others = [judge(_without(text, sample)) for sample in samples]
    scores = [judge(_only(text, sample)).score for sample in samples]
    return Faithfulness(
        flipped=not without.withheld,
        flipped_at_random=float(np.mean([not each.withheld for each in others])),
        dropped=whole.score - without.score,
        dropped_at_random=float(np.mean([whole.score - each.score for each in others])),
        kept=alone.score / whole.score if whole.score else 0.0,
        kept_at_random=float(np.mean(scores)) / whole.score if whole.score else 0.0,
        words=len(chosen),
        share=len(chosen) / len(words),
    )


def _without(text: str, places: Sequence[Place]) -> str:
    parts, end = list[str](), 0
    for start, stop in places:
        parts.append(text[end:start])
        end = stop
    return re.sub(r"[ \t]{2,}", " ", "".join(parts) + text[end:])


def _only(text: str, places: Sequence[Place]) -> str:
    return " ".join(text[start:stop] for start, stop in places)


def summary(measured: Sequence[Faithfulness], unexplained: int, whole: int) -> dict[str, Any]:
    """The measures over all blocks; `unexplained` showed no words, `whole` all of them."""
    n = len(measured)
    flipped = sum(each.flipped for each in measured)
    told = {
        "n": n,
        "unexplained": unexplained,
        "whole_text": whole,
        "flipped": rate(flipped, n),
        "flipped_ci": wilson(flipped, n),
    }
    names = ("flipped_at_random", "dropped", "dropped_at_random", "kept", "kept_at_random",
             "words", "share")  # fmt: skip
    means = {
        name: round(float(np.mean([getattr(each, name) for each in measured])), 4) if n else None
        for name in names
    }
    random_drop = means["dropped_at_random"]
    times = means["dropped"] / random_drop if n and random_drop and means["dropped"] else None
    return told | means | {"comprehensiveness_ratio": round(times, 3) if times else None}
