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
    """The share of harmless texts that may reach a point, of everyday ones and of look-alikes.

    A point is never under `least`: a rare label reaches little on texts of the kind it learned
    from, and more on others.
    """

    everyday: float
    alike: float
    least: float

    def point(self, everyday: Floats, alike: Floats) -> float:
        """The lowest probability that costs no more."""
        shares = ((everyday, self.everyday), (alike, self.alike))
        found = [float(np.quantile(told, 1 - share)) for told, share in shares if len(told)]
        return min(max([self.least, *found]), _MOST)


WORDS = (Costs(0.05, 0.50, 0.08), Costs(0.0003, 0.004, 0.95))
"""What it may cost to be in doubt, which costs a moment, and to be clear, which costs an answer."""
TOLD = (Costs(0.03, 0.06, 0.1), Costs(0.01, 0.02, 0.3))
"""The same for labels that nobody is refused or asked for: they are told, or keep Candor polite."""
CHARACTERS = (Costs(0.10, 0.60, 0.05), Costs(0.002, 0.01, 0.3))
"""The same for Chinese, where the classifier knows less and the model decides more."""
_TOLD = ("profanity", "injection")
_MOST = 0.995


def points(
    examples: Sequence[LabelledText], scores: Floats, costs: tuple[Costs, Costs] = WORDS
) -> Points:
    """The two points of each label; `scores` has the shape (texts, labels)."""
    return {
        label: _points(examples, scores, column, TOLD if label in _TOLD else costs)
        for column, label in enumerate(LABELS)
    }


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
    clear = costs[1].point(everyday, alike)
    grey = min(costs[0].point(everyday, alike), clear * 0.8)
    return round(grey, 4), round(clear, 4)
