"""The training loop: it learns, keeps the best, stops early, resumes, and ends when closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from agent.training.core.loop import train
from agent.training.core.progress import Score, TrainingPlan, TrainingProgress

pytestmark = pytest.mark.torch

PLAN = TrainingPlan(epochs=4, rate=0.1, dtype="float32", patience=9)


class Line:
    """Learns y = 2 x + 1."""

    def __init__(self, scores: list[float] | None = None, stop_after: int = 10**9) -> None:
        torch.manual_seed(0)
        self.model = torch.nn.Linear(1, 1)
        self.scores = scores
        self.stop_after = stop_after
        self.epochs: list[int] = []

    def parameters(self) -> dict[str, torch.nn.Parameter]:
        return dict(self.model.named_parameters())

    def length(self) -> int:
        return 10

    def batches(self, epoch: int) -> Iterator[Any]:
        self.epochs.append(epoch)
        for number in range(10):
            if len(self.epochs) * 10 + number > self.stop_after:
                raise KeyboardInterrupt
            x = torch.linspace(-1, 1, 8).unsqueeze(1) + number * 0.01
            yield x, 2 * x + 1

    def loss(self, batch: Any) -> torch.Tensor:
        x, y = batch
        return torch.nn.functional.mse_loss(self.model(x), y)

    def score(self) -> Score:
        with torch.no_grad():
            loss = float(self.loss(next(iter(Line().batches(0)))))
        accuracy = self.scores[len(self.epochs) - 1] if self.scores else 1 / (1 + loss)
        return Score(loss, accuracy)


def ends(progress: list[TrainingProgress]) -> list[TrainingProgress]:
    return [now for now in progress if now.score is not None]


def test_it_learns_and_tells_accuracy_each_epoch(tmp_path: Path) -> None:
    learner = Line()
    progress = list(train(learner, PLAN, tmp_path))
    assert [now.epoch for now in ends(progress)] == [1, 2, 3, 4]
    losses = [now.score.loss for now in ends(progress) if now.score]
    assert losses[-1] < 0.02 < losses[0]
    steps = [now for now in progress if now.score is None]
    assert [now.step for now in steps] == list(range(1, 41))
    assert all(now.steps == 40 for now in steps)


def test_the_rate_warms_up_and_falls_like_a_cosine(tmp_path: Path) -> None:
    plan = TrainingPlan(epochs=4, rate=1.0, warm_up=0.25, dtype="float32", patience=9)
    rates = [now.rate for now in train(Line(), plan, tmp_path) if now.score is None]
    assert rates[0] == 0.0
    assert max(rates) == pytest.approx(1.0)
    assert rates.index(max(rates)) == 10
    assert rates[25] == pytest.approx(0.5)
    assert rates[-1] < 0.01


def test_accumulation_takes_fewer_steps_to_the_same_place(tmp_path: Path) -> None:
    plan = TrainingPlan(epochs=1, rate=0.1, accumulate=4, dtype="float32")
    steps = [now for now in train(Line(), plan, tmp_path) if now.score is None]
    assert len(steps) == 3


def test_accumulated_gradients_are_those_of_the_whole(tmp_path: Path) -> None:
    small, whole = Line(), Line()
    batches = list(small.batches(0))
    for batch in batches[:5]:
        (small.loss(batch) / 5).backward()  # type: ignore[no-untyped-call]
    joined = torch.cat([b[0] for b in batches[:5]]), torch.cat([b[1] for b in batches[:5]])
    whole.loss(joined).backward()  # type: ignore[no-untyped-call]
    for one, other in zip(small.model.parameters(), whole.model.parameters(), strict=True):
        assert one.grad is not None
        assert other.grad is not None
        assert torch.allclose(one.grad, other.grad, atol=1e-6)


def test_it_stops_early_and_leaves_the_best(tmp_path: Path) -> None:
    learner = Line(scores=[0.5, 0.9, 0.8, 0.7, 0.6, 0.5])
    plan = TrainingPlan(epochs=6, rate=0.1, dtype="float32", patience=2)
    best: dict[str, torch.Tensor] = {}
    count = 0
    for now in train(learner, plan, tmp_path):
        if now.score is not None:
            count += 1
            if now.best:
                best = {n: p.detach().clone() for n, p in learner.parameters().items()}
    assert count == 4
    for name, parameter in learner.parameters().items():
        assert torch.equal(parameter, best[name])


def test_a_cut_run_goes_on_where_it_was(tmp_path: Path) -> None:
    whole = Line()
    list(train(whole, PLAN, tmp_path / "whole"))
    cut = Line(stop_after=25)
    with pytest.raises(KeyboardInterrupt):
        list(train(cut, PLAN, tmp_path / "cut"))
    again = Line()
    list(train(again, PLAN, tmp_path / "cut"))
    assert again.epochs == [1, 2, 3]
    for one, other in zip(whole.model.parameters(), again.model.parameters(), strict=True):
        assert torch.allclose(one, other)


def test_another_plan_begins_anew(tmp_path: Path) -> None:
    list(train(Line(), PLAN, tmp_path))
    again = Line()
    list(train(again, TrainingPlan(epochs=1, rate=0.05, dtype="float32"), tmp_path))
    assert again.epochs == [0]


def test_closing_cancels(tmp_path: Path) -> None:
    learner = Line()
    running = train(learner, PLAN, tmp_path)
    next(running)
    running.close()
    assert learner.epochs == [0]
    with pytest.raises(StopIteration):
        next(running)


def test_it_stops_in_time_and_still_scores(tmp_path: Path) -> None:
    plan = TrainingPlan(epochs=4, rate=0.1, dtype="float32", most_seconds=1e-9)
    progress = list(train(Line(), plan, tmp_path))
    assert len(ends(progress)) == 1
    assert len(progress) == 2


def test_mixed_precision_keeps_parameters_in_full(tmp_path: Path) -> None:
    learner = Line()
    plan = TrainingPlan(epochs=4, rate=0.1, dtype="bfloat16", patience=9)
    progress = list(train(learner, plan, tmp_path))
    assert all(p.dtype is torch.float32 for p in learner.parameters().values())
    last = ends(progress)[-1].score
    assert last is not None
    assert last.loss < 0.05
