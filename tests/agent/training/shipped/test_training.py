"""The run that makes our adapter: it learns, goes on where it was stopped, and keeps the best."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from safetensors.torch import load_file

from agent.training.core.progress import TrainingProgress
from agent.training.core.tuning import Tuning
from agent.training.shipped.compose import Shares
from agent.training.shipped.training import ShippedJob, make, usual

pytestmark = pytest.mark.slow


@pytest.fixture
def ours(tiny: Path, tmp_path: Path) -> ShippedJob:
    pairs = tmp_path / "pairs.jsonl"
    row = {"messages": [{"role": "user", "content": "1+1?"}, {"role": "assistant", "content": "2"}]}
    pairs.write_text(json.dumps(row), encoding="utf-8")
    known = usual(tiny, [pairs])
    return replace(
        known,
        shares=Shares(3, 1, 1, 4, 1, 1, 2, 1, 0),
        tuning=Tuning(layers=2, rank=4),
        plan=replace(known.plan, rate=0.02, epochs=2, check_every=0, save_seconds=0.0),
    )


def _losses(progress: list[TrainingProgress]) -> list[float]:
    return [now.step_loss for now in progress if now.score is None]


def test_it_learns_and_goes_on_on_the_same_curve(ours: ShippedJob, tmp_path: Path) -> None:
    whole = list(make(ours, tmp_path / "whole"))
    scores = [now.score.loss for now in whole if now.score is not None]
    assert scores[-1] < scores[0]
    steps = make(ours, tmp_path / "cut")
    begun = [next(steps) for _ in range(4)]
    steps.close()
    rest = list(make(ours, tmp_path / "cut"))
    # The last step before the cut may lie after the last checkpoint and be taken again.
    assert _losses(rest)[-3:] == pytest.approx(_losses(whole)[-3:], rel=1e-4)
    assert len(_losses(begun)) + len(_losses(rest)) - len(_losses(whole)) in (0, 1)
    found = load_file(tmp_path / "cut" / "adapter" / "adapter_model.safetensors")
    assert {name.split(".layers.")[1][0] for name in found} == {"1", "2"}


def test_other_data_begin_anew(ours: ShippedJob, tmp_path: Path) -> None:
    first = list(make(ours, tmp_path / "run"))
    other = replace(ours, tuning=replace(ours.tuning, seed=1))
    again = list(make(other, tmp_path / "run"))
    assert again[0].step == 1 and _losses(again) != _losses(first)


def test_stopped_it_keeps_the_best(ours: ShippedJob, tmp_path: Path) -> None:
    steps = make(ours, tmp_path / "run")
    while next(steps).score is None:
        pass
    steps.close()
    assert (tmp_path / "run" / "adapter" / "adapter_model.safetensors").exists()


def test_a_second_run_begins_where_the_first_ended(ours: ShippedJob, tmp_path: Path) -> None:
    first = list(make(ours, tmp_path / "first"))
    onward = replace(ours, start=tmp_path / "first" / "adapter")
    second = list(make(onward, tmp_path / "second"))
    assert _losses(second)[0] < _losses(first)[0]
    assert json.loads((tmp_path / "second" / "job.json").read_bytes())["start"]
