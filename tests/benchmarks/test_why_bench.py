"""The bench of the causal "Why?": scenes from a seed, the right cause, what goes on after a cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest

from agent.types import Message
from benchmarks.parts.why_scenes import scenes
from benchmarks.why import measured, summary
from perception.types import UserError
from tests.agent.causes.weighing import WeighingDialogue
from tests.engines import ScriptedDialogue


def _answers(messages: Sequence[Message]) -> Iterator[str]:
    """The value of the first line that is asked about; what no line holds it knows."""
    lines = [line for line in messages[-1].text.split("\n") if line.startswith("| ")]
    wanted = [scene for scene in islice(scenes(5), 30) if scene.question in messages[-1].text]
    values = [v for scene in wanted for v in scene.values if any(v in line for line in lines)]
    yield f"It is {values[0]}." if values else "It is something."


def test_scenes_are_the_same_for_the_same_seed() -> None:
    first, again = islice(scenes(5), 30), islice(scenes(5), 30)
    assert list(first) == list(again)
    assert list(islice(scenes(6), 30)) != list(islice(scenes(5), 30))
    for scene in islice(scenes(5), 30):
        assert len(scene.evidence) == 5
        for value, line in scene.values.items():
            assert value in scene.evidence[line - 1].text


def test_it_counts_and_goes_on_where_it_was_cut(tmp_path: Path) -> None:
    out = tmp_path / "rows.jsonl"
    model = WeighingDialogue(_answers, knows=frozenset({"something"}))
    rows = [*measured(model, 5, 6, out)]
    assert len(rows) == 6 and sum(row.needed for row in rows) == 4
    found = summary(rows)
    assert found["flagged_own_knowledge"]["hits"] == 2
    assert found["false_flags"]["hits"] == 0
    scored = len(model.scored)
    assert [*measured(model, 5, 6, out)] == rows and len(model.scored) == scored


def test_an_engine_without_scores_is_refused() -> None:
    with pytest.raises(UserError):
        next(measured(ScriptedDialogue(_answers), 5, 1, None))
