"""The one training loop: whatever learns, learns here. Closing the generator cancels it."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import torch

from agent.codes import AgentCode
from agent.training.core.progress import Score, TrainingPlan, TrainingProgress
from perception.types import UserError

if TYPE_CHECKING:
    from agent.training.core.checkpoint import CheckpointState


class Learner(Protocol):
    """What is trained: it owns the model and the data, the loop owns the order of events."""

    def parameters(self) -> dict[str, torch.nn.Parameter]:
        """What may change, by name."""
        ...

    def batches(self, epoch: int) -> Iterator[Any]:
        """The batches of an epoch; the same for the same epoch. Cheap: a resumed run skips some."""
        ...

    def length(self) -> int:
        """How many batches an epoch has."""
        ...

    def loss(self, batch: Any) -> torch.Tensor:
        """The mean loss of a batch, a scalar."""
        ...

    def score(self) -> Score:
        """Loss and accuracy on the part that is not trained on."""
        ...


def train(
    learner: Learner, plan: TrainingPlan, folder: Path
) -> Generator[TrainingProgress, None, None]:
    """Train, keep the best weights in `folder`, and leave them in the learner.

    AdamW with linear warm-up and cosine decay (Loshchilov and Hutter 2019), mixed precision,
    gradient accumulation, several processes where `torchrun` or `accelerate launch` started
    them. A run that was cut goes on after its last checkpoint, on the same curve; one with
    another plan begins anew. UserError where the loss is no number any more.
    """
    run = _Run(learner, plan, folder)
    try:
        yield from _steps(run, plan)
    except GeneratorExit:
        run.save_alone()
        raise
    run.end()


def _steps(run: _Run, plan: TrainingPlan) -> Generator[TrainingProgress, None, None]:
    state, late = run.state, False
    while state.epoch < plan.epochs and state.stale < plan.patience and not late:
        for group in islice(run.groups(state.epoch), state.done, None):
            yield run.step(group)
            ended, late = state.done == run.steps_an_epoch, run.late()
            if ended or late or (plan.check_every and state.step % plan.check_every == 0):
                yield run.check(ended)
            elif run.save_due():
                run.save()
            if late or state.stale >= plan.patience:
                break


class _Run:
    def __init__(self, learner: Learner, plan: TrainingPlan, folder: Path) -> None:
        from agent.training.core import checkpoint, several

        self._checkpoint = checkpoint
        self._learner, self._plan, self._folder = learner, plan, folder
        weights = learner.parameters()
        self._masters = MasterWeights(weights)
        self._parameters = self._masters.values
        self._device = next(iter(weights.values())).device.type
        self._processes = several.join()
        self._forward = several.joined(learner, list(weights.values()), self._processes)
        values = list(self._parameters.values())
        self._optimiser = torch.optim.AdamW(values, lr=plan.rate, weight_decay=plan.weight_decay)
        self._scaler: Any = torch.amp.GradScaler(self._device, enabled=plan.dtype == "float16")
        self._kept = (self._optimiser, self._scaler)
        # What changes no step may change between two runs of one curve.
        self._identity = repr(replace(plan, most_seconds=0.0, save_seconds=0.0))
        self.state: CheckpointState = checkpoint.resume(
            folder, self._identity, self._parameters, *self._kept
        )
        self._masters.give()
        self.steps_an_epoch = math.ceil(learner.length() / plan.accumulate)
        self._began = time.monotonic()
        self._before, self._saved = self.state.seconds, self._began

    def late(self) -> bool:
        limit = self._plan.most_seconds
        return bool(limit) and self._agreed(time.monotonic() - self._began > limit)

    def groups(self, epoch: int) -> Iterator[list[Any]]:
        batches = iter(self._learner.batches(epoch))
        while group := list(islice(batches, self._plan.accumulate)):
            yield group

    def step(self, group: list[Any]) -> TrainingProgress:
        plan, state = self._plan, self.state
        torch.manual_seed(plan.seed + 1_000_003 * state.step + self._processes.rank)
        rate = plan.rate * _share(state.step / self._steps(), plan.warm_up)
        for parameters in self._optimiser.param_groups:
            parameters["lr"] = rate
        loss = self._backward(group)
        self._masters.take_gradients()
        self._scaler.unscale_(self._optimiser)
        torch.nn.utils.clip_grad_norm_(list(self._parameters.values()), plan.clip)
        self._scaler.step(self._optimiser)
        self._scaler.update()
        self._optimiser.zero_grad(set_to_none=True)
        self._masters.give()
        state.step, state.done, state.total = state.step + 1, state.done + 1, state.total + loss
        return self._progress(rate, step_loss=loss)

    def _backward(self, group: list[Any]) -> float:
        dtype = self._plan.dtype
        total = 0.0
        for batch, weight, last in self._processes.share(group):
            alone = self._processes.count == 1 or last
            with contextlib.nullcontext() if alone else self._forward.no_sync():
                with torch.autocast(self._device, getattr(torch, dtype), dtype != "float32"):
                    loss = self._forward(batch)
                self._scaler.scale(loss * weight).backward()
            total += float(loss.detach()) * weight
        total = self._processes.mean(total)
        if not math.isfinite(total):
            raise UserError(AgentCode.LOSS_IS_NO_NUMBER, step=self.state.step + 1)
        return total

    def check(self, ended: bool) -> TrainingProgress:
        """Score, keep the weights where they are the best, and save."""
        state = self.state
        score = self._learner.score()
        value = score.accuracy if self._plan.watch == "accuracy" else -score.loss
        better = value > state.best
        state.best, state.stale = max(value, state.best), 0 if better else state.stale + 1
        if better and self._processes.rank == 0:
            self._checkpoint.keep_best(self._folder, self._parameters)
        said = self._progress(0.0, score=score, best=better)
        if ended:
            state.epoch, state.done, state.total = state.epoch + 1, 0, 0.0
        self.save()
        return said if not ended else replace(said, epoch=state.epoch)

    def save_due(self) -> bool:
        return self._agreed(time.monotonic() - self._saved >= self._plan.save_seconds)

    def _agreed(self, mine: bool) -> bool:
        """The first process decides: all must come to the same answer."""
        return self._processes.mean(float(mine and self._processes.rank == 0)) > 0

    def save(self) -> None:
        if self._processes.rank == 0:
            self._checkpoint.save(
                self._folder, self._identity, self.state, self._parameters, *self._kept
            )
        self._saved = time.monotonic()
        self._processes.wait()

    def save_alone(self) -> None:
        """Save where it stands, that nothing is done twice; of several, one would wait."""
        if self._processes.count == 1:
            self.save()

    def end(self) -> None:
        self._processes.wait()
        self._checkpoint.restore_best(self._folder, self._parameters)
        self._masters.give()

    def _steps(self) -> int:
        return self._plan.epochs * self.steps_an_epoch

    def _progress(self, rate: float, **more: Any) -> TrainingProgress:
        state = self.state
        state.seconds = self._before + time.monotonic() - self._began
        mean = state.total / max(1, state.done)
        return TrainingProgress(
            state.epoch, state.step, self._steps(), mean, rate, state.seconds, **more
        )


def _share(done: float, warm_up: float) -> float:
    """The part of the full rate: a line up, then half a cosine down to 0."""
    if done < warm_up:
        return done / warm_up
    return 0.5 * (1.0 + math.cos(math.pi * (done - warm_up) / (1.0 - warm_up)))


class MasterWeights:
    """The float32 master weights that the optimiser changes, or the weights where they are that."""

    def __init__(self, weights: dict[str, torch.nn.Parameter]) -> None:
        self._weights = weights
        self.values: dict[str, torch.nn.Parameter] = {
            name: weight
            if weight.dtype == torch.float32
            else torch.nn.Parameter(weight.detach().float().clone())
            for name, weight in weights.items()
        }

    def take_gradients(self) -> None:
        """Move the weights' gradients here."""
        for name, weight in self._weights.items():
            if (master := self.values[name]) is not weight and weight.grad is not None:
                master.grad, weight.grad = weight.grad.float(), None

    @torch.no_grad()
    def give(self) -> None:
        """Round the values into the weights."""
        for name, weight in self._weights.items():
            if (master := self.values[name]) is not weight:
                weight.copy_(master)
