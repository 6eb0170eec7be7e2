"""The one training loop: whatever learns, learns here. Closing the generator cancels it."""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import torch

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. `dtype` is a torch name for mixed precision; `most_seconds` 0 is no limit."""

    epochs: int = 3
    rate: float = 5e-4
    warm_up: float = 0.06
    accumulate: int = 1
    weight_decay: float = 0.01
    clip: float = 1.0
    seed: int = 0
    patience: int = 2
    dtype: str = "bfloat16"
    most_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """How good a model is on what it has not seen: loss, and accuracy from 0 to 1."""

    loss: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Progress:
    """One optimiser step, or with `score` the end of an epoch (`best`: the best one so far)."""

    epoch: int
    step: int
    steps: int
    loss: float
    rate: float
    seconds: float
    score: Score | None = None
    best: bool = False


class Learner(Protocol):
    """What is trained: it owns the model and the data, the loop owns the order of events."""

    def parameters(self) -> dict[str, torch.nn.Parameter]:
        """What may change, by name."""
        ...

    def batches(self, epoch: int) -> Iterator[Any]:
        """The batches of an epoch; the same for the same epoch."""
        ...

    def length(self) -> int:
        """How many batches an epoch has."""
        ...

    def loss(self, batch: Any) -> torch.Tensor:
        """The mean loss of a batch, a scalar."""
        ...

    def score(self) -> Score:
        """Accuracy on the part that is not trained on."""
        ...


def train(learner: Learner, plan: Plan, folder: Path) -> Generator[Progress, None, None]:
    """Train, keep the best epoch in `folder`, and leave it in the learner.

    AdamW with linear warm-up and cosine decay (Loshchilov and Hutter 2019), mixed precision,
    gradient accumulation. A run that was cut goes on after its last whole epoch; one with
    another plan begins anew. It stops early when `patience` epochs brought no better accuracy.
    """
    import torch

    torch.manual_seed(plan.seed)
    parameters = learner.parameters()
    optimiser = torch.optim.AdamW(
        list(parameters.values()), lr=plan.rate, weight_decay=plan.weight_decay
    )
    state = _resume(folder, plan, parameters, optimiser)
    steps = _steps(learner, plan)
    began = time.monotonic()
    while state.epoch < plan.epochs and state.stale < plan.patience:
        for progress in _epoch(learner, plan, state, optimiser, began):
            yield progress
            if plan.most_seconds and time.monotonic() - began > plan.most_seconds:
                break
        score = learner.score()
        state = state.after(score)
        _save(folder, plan, state, parameters, optimiser)
        seconds = time.monotonic() - began
        yield Progress(
            state.epoch, state.step, steps, state.mean, 0.0, seconds, score, state.stale == 0
        )
        if plan.most_seconds and seconds > plan.most_seconds:
            break
    _restore(folder, parameters)


@dataclass(slots=True)
class _State:
    epoch: int = 0
    step: int = 0
    best: float = -1.0
    stale: int = 0
    mean: float = 0.0

    def after(self, score: Score) -> _State:
        better = score.accuracy > self.best
        best = max(self.best, score.accuracy)
        return _State(self.epoch + 1, self.step, best, 0 if better else self.stale + 1, self.mean)


def _epoch(
    learner: Learner,
    plan: Plan,
    state: _State,
    optimiser: torch.optim.Optimizer,
    began: float,
) -> Iterator[Progress]:
    import torch

    parameters = list(learner.parameters().values())
    device = parameters[0].device.type
    optimiser.zero_grad(set_to_none=True)
    total, waiting, last = 0.0, 0, learner.length() - 1
    steps = _steps(learner, plan)
    for number, batch in enumerate(learner.batches(state.epoch)):
        with torch.autocast(device, getattr(torch, plan.dtype), plan.dtype != "float32"):
            loss = learner.loss(batch)
        (loss / plan.accumulate).backward()  # type: ignore[no-untyped-call]
        total, waiting = total + float(loss.detach()), waiting + 1
        if waiting < plan.accumulate and number < last:
            continue
        rate = plan.rate * _share(state.step / steps, plan.warm_up)
        for group in optimiser.param_groups:
            group["lr"] = rate
        torch.nn.utils.clip_grad_norm_(parameters, plan.clip)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        state.step, state.mean = state.step + 1, total / (number + 1)
        seconds = time.monotonic() - began
        yield Progress(state.epoch, state.step, steps, total / (number + 1), rate, seconds)
        waiting = 0


def _steps(learner: Learner, plan: Plan) -> int:
    return plan.epochs * math.ceil(learner.length() / plan.accumulate)


def _share(done: float, warm_up: float) -> float:
    """The part of the full rate: a line up, then half a cosine down to 0."""
    if done < warm_up:
        return done / warm_up
    return 0.5 * (1.0 + math.cos(math.pi * (done - warm_up) / (1.0 - warm_up)))


def _save(
    folder: Path,
    plan: Plan,
    state: _State,
    parameters: dict[str, torch.nn.Parameter],
    optimiser: torch.optim.Optimizer,
) -> None:
    import torch
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    if state.stale == 0:
        save_file({name: p.detach().contiguous() for name, p in parameters.items()}, _best(folder))
    run = {
        "format": _FORMAT,
        "plan": repr(plan),
        "state": [state.epoch, state.step, state.best, state.stale, state.mean],
        "parameters": {name: p.detach() for name, p in parameters.items()},
        "optimiser": optimiser.state_dict(),
    }
    draft = folder / "resume.part"
    torch.save(run, draft)
    draft.replace(folder / "resume.pt")


def _resume(
    folder: Path,
    plan: Plan,
    parameters: dict[str, torch.nn.Parameter],
    optimiser: torch.optim.Optimizer,
) -> _State:
    import torch

    file = folder / "resume.pt"
    if not file.exists():
        return _State()
    run = torch.load(file, weights_only=True)
    if run["format"] != _FORMAT or run["plan"] != repr(plan):
        return _State()
    if run["parameters"].keys() != parameters.keys():
        return _State()
    with torch.no_grad():
        for name, parameter in parameters.items():
            parameter.copy_(run["parameters"][name])
    optimiser.load_state_dict(run["optimiser"])
    epoch, step, best, stale, mean = run["state"]
    return _State(int(epoch), int(step), best, int(stale), mean)


def _restore(folder: Path, parameters: dict[str, torch.nn.Parameter]) -> None:
    import torch
    from safetensors.torch import load_file

    if _best(folder).exists():
        with torch.no_grad():
            for name, tensor in load_file(_best(folder)).items():
                parameters[name].copy_(tensor)


def _best(folder: Path) -> Path:
    return folder / "best.safetensors"
