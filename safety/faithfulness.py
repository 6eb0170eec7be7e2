"""How true the words are that are told to have decided: against as many random words.

DeYoung et al., "ERASER: A Benchmark to Evaluate Rationalized NLP Models" (ACL 2020):
comprehensiveness is what the score loses without the words, sufficiency what it keeps with them
alone. Scores are of the strongest rule that took effect, 1 at its threshold, at most `_MOST`. The
classifier runs as an ONNX graph without gradients or attentions, so the yardstick beside random
words is occlusion: as many single words, each of which takes the most away alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from safety.ablation import WORD, Span, deciding_words, fired, nearness, removed
from safety.explain import STRENGTH
from safety.guard import Guard
from safety.types import Action, Circumstance

_DRAWS = 3
_MOST = 2.0


@dataclass(frozen=True, slots=True)
class Faithfulness:
    """Of one text that was held back; `whole` says that no few words decided.

    `flips` tells whether it passes without the words; the others are scores from 0 to 1.
    """

    whole: bool
    flips: bool
    flips_random: float
    comprehensiveness: float
    comprehensiveness_random: float
    comprehensiveness_occlusion: float
    sufficiency: float
    sufficiency_random: float
    words: int
    share: float
    """How much of the text is shown, by words."""


def faithfulness(
    guard: Guard, text: str, circumstance: Circumstance, chance: random.Random
) -> Faithfulness | None:
    """Measure one text; None for one that the guard does not hold back."""
    verdict = guard.judge(text, circumstance)
    if verdict.action is not Action.BLOCK:
        return None
    strength, causes = STRENGTH[verdict.action], fired(verdict)

    def score(shown: str) -> tuple[bool, float]:
        judged = guard.judge(shown, circumstance)
        near = min(_MOST, nearness(judged, causes)) / _MOST
        return STRENGTH[judged.action] < strength, near

    words = [match.span() for match in WORD.finditer(text)]
    chosen = _within(words, deciding_words(guard, text, circumstance))
    full = score(text)[1]
    without = score(removed(text, chosen))
    draws = [chance.sample(words, len(chosen)) for _ in range(_DRAWS)]
    random_without = [score(removed(text, draw)) for draw in draws]
    alone = sorted(words, key=lambda word: score(removed(text, [word]))[1])[: len(chosen)]
    return Faithfulness(
        len(chosen) == len(words),
        without[0],
        _mean(flipped for flipped, _ in random_without),
        full - without[1],
        _mean(full - near for _, near in random_without),
        full - score(removed(text, alone))[1],
        score(_only(text, chosen))[1],
        _mean(score(_only(text, draw))[1] for draw in draws),
        len(chosen),
        len(chosen) / max(1, len(words)),
    )


def summary(rows: Sequence[Faithfulness]) -> dict[str, float]:
    """Means over texts. Comprehensiveness and sufficiency leave whole texts out."""
    few = [row for row in rows if not row.whole]
    found = {
        "n": float(len(rows)),
        "whole": _mean(row.whole for row in rows),
        "flips": _mean(row.flips for row in rows),
        "flips_few": _mean(row.flips for row in few),
        "flips_random": _mean(row.flips_random for row in few),
    }
    for name in (
        "comprehensiveness",
        "comprehensiveness_random",
        "comprehensiveness_occlusion",
        "sufficiency",
        "sufficiency_random",
        "words",
        "share",
    ):
        found[name] = _mean(getattr(row, name) for row in few)
    return found


def _within(words: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    return [w for w in words if any(start <= w[0] and w[1] <= end for start, end in spans)]


def _only(text: str, spans: Sequence[Span]) -> str:
    return " ".join(text[start:end] for start, end in sorted(spans))


def _mean(values: Iterable[float]) -> float:
    known = [float(value) for value in values]
    return sum(known) / len(known) if known else 0.0
