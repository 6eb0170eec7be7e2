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


WORDS = (Costs(0.02, 0.25), Costs(0.0005, 0.01))
"""What it may cost to be in doubt, which costs a moment, and to be clear, which costs an answer."""
TOLD = (Costs(0.03, 0.06), Costs(0.01, 0.02))
"""The same for labels that nobody is refused or asked for: they are told, or keep Candor polite."""
CHARACTERS = (Costs(0.08, 0.50), Costs(0.002, 0.01))
"""The same for Chinese, where the classifier knows less and the model decides more."""
_TOLD = ("profanity", "injection")
_LEAST, _MOST = 0.3, 0.995
"""A rare label is never clear on so little, nor on more than this."""


def points(
    examples: Sequence[LabelledText], scores: Floats, costs: tuple[Costs, Costs] = WORDS
) -> Points:
    """The two points of each label; `scores` has the shape (texts, labels)."""
    return {label: _points(examples, scores, column, costs) for column, label in enumerate(LABELS)}


def _points(
    examples: Sequence[LabelledText], scores: Floats, column: int, costs: tuple[Costs, Costs]
) -> tuple[float, float]:
    everyday, alike = (
        np.array(
            [
                scores[place, column]
                for place, example in enumerate(examples)
                if example.source in sources
                and example.labels[column] is not None
                and (example.labels[column] or 0.0) < 0.5
            ]
        )
        for sources in (EVERYDAY, ALIKE)
    )
    clear = min(max(_reached(everyday, alike, costs[1]), _LEAST), _MOST)
    grey = min(max(_reached(everyday, alike, costs[0]), clear / 4), clear * 0.8)
    return round(grey, 4), round(clear, 4)


def _reached(everyday: Floats, alike: Floats, costs: Costs) -> float:
    shares = ((everyday, costs.everyday), (alike, costs.alike))
    found = [float(np.quantile(told, 1 - share)) for told, share in shares if len(told)]
    return max(found, default=0.5)
