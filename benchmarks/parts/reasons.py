"""Whether the words that are shown as the reason for a block are those that decided."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.parts.asking import AskingCascade
from benchmarks.parts.judged_texts import Sample, circumstance
from benchmarks.parts.progress import told
from benchmarks.parts.rates import wilson
from safety.faithfulness import Faithfulness, faithfulness, summary
from safety.guard import Guard


def explanations(
    blocks: Sequence[Sample],
    guard: Guard,
    cascade: AskingCascade | None,
    stage: str,
    draw: random.Random,
) -> dict[str, Any] | None:
    """The measures of `safety.faithfulness` over these blocks; None where there are none.

    `unexplained` are replies of which only a clause was held back, not the whole. As in the window,
    no model is asked while words are tried: in doubt a text stays held back.
    """
    if not blocks:
        return None
    if cascade:
        cascade.paused = True
    try:
        rows = list(filter(None, told(_each(blocks, guard, stage, draw))))
    finally:
        if cascade:
            cascade.paused = False
    means = {name: round(value, 4) for name, value in summary(rows).items()} if rows else {}
    few = [row for row in rows if not row.whole]
    random_loss = means.get("comprehensiveness_random", 0.0)
    ratio = means["comprehensiveness"] / random_loss if random_loss > 0 else None
    return means | {
        "n": len(rows),
        "unexplained": len(blocks) - len(rows),
        "flips_ci": wilson(sum(row.flips for row in rows), len(rows)),
        "flips_few_ci": wilson(sum(row.flips for row in few), len(few)),
        "comprehensiveness_ratio": round(ratio, 3) if ratio is not None else None,
    }


def _each(
    blocks: Sequence[Sample], guard: Guard, stage: str, draw: random.Random
) -> Iterator[Faithfulness | None]:
    for sample in blocks:
        yield faithfulness(guard, sample.text, circumstance(stage, sample.context), draw)
