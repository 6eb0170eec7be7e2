"""From which probability on a label is in doubt, and from which it is clear.

Both are chosen on texts that were not learned from, by what they cost: harmless texts that look
alike, and what people say every day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from agent.training.core.metrics import Floats
from agent.training.harm.data import LABELS, LabelledText

Points: TypeAlias = Mapping[str, tuple[float, float]]

EVERYDAY = ("dialog_user", "talks", "services", "benign_prompts", "wiki_civil")
ALIKE = (
    "request_harmless", "request_about", "contrast_benign", "contrast_benign_more",
    "contrast_words", "contrast_injection_benign", "cyberseceval", "madlibs_nontoxic",
    "neuralchemy_benign", "slabs_benign",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Costs:
    """The share of harmless texts that may reach a point, of everyday ones and of look-alikes."""

    everyday: float
    alike: float


GREY = Costs(0.01, 0.10)
CLEAR = Costs(0.001, 0.02)
_LEAST, _MOST = 0.02, 0.995


def points(examples: Sequence[LabelledText], scores: Floats) -> Points:
    """The two points of each label; `scores` has the shape (texts, labels)."""
    return {label: _points(examples, scores, column) for column, label in enumerate(LABELS)}


def _points(examples: Sequence[LabelledText], scores: Floats, column: int) -> tuple[float, float]:
    everyday, alike = (
        np.array(
            [
                scores[place, column]
                for place, example in enumerate(examples)
                if example.source in sources and example.labels[column] is not None
                and (example.labels[column] or 0.0) < 0.5
            ]
        )
        for sources in (EVERYDAY, ALIKE)
    )
    clear = _reached(everyday, alike, CLEAR)
    grey = min(_reached(everyday, alike, GREY), clear * 0.8)
    return round(grey, 4), round(clear, 4)


def _reached(everyday: Floats, alike: Floats, costs: Costs) -> float:
    shares = ((everyday, costs.everyday), (alike, costs.alike))
    found = [float(np.quantile(told, 1 - share)) for told, share in shares if len(told)]
    return min(max(found, default=0.5), _MOST) if max(found, default=0.5) > _LEAST else _LEAST
