"""What the dialogue model itself refuses of the texts that the guard let pass."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Any

from agent.dialogue import Dialogue, Sampling
from agent.training.everyday.judge import refuses
from agent.types import Message
from benchmarks.parts.judged_texts import Sample
from benchmarks.parts.progress import told
from benchmarks.parts.rates import rate

_SAMPLING = Sampling(most_tokens=48)


def own_refusals(passed: Sequence[Sample], dialogue: Dialogue) -> dict[str, dict[str, Any]]:
    """The share of short answers, without the agent's prompt, that refuse by their phrases."""
    done = [(s.harmful, refuses(_answer(s.text, dialogue))) for s in told(iter(passed))]
    found = dict[str, dict[str, Any]]()
    for kind, harmful in (("harmful", True), ("harmless", False)):
        said = [refused for of, refused in done if of is harmful]
        found[kind] = {"n": len(said), "refused": sum(said), "rate": rate(sum(said), len(said))}
    return found


def _answer(text: str, dialogue: Dialogue) -> str:
    with closing(dialogue.generate([Message("user", text)], _SAMPLING)) as tokens:
        return "".join(token.text for token in tokens)
