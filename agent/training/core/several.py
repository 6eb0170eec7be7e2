"""Several processes that train together: started by `torchrun` or `accelerate launch`, not by us.

Each computes its part of a step's batches, PyTorch's DistributedDataParallel averages the
gradients, and so the steps are those of one process that does all the batches.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import distributed


class Losing(Protocol):
    """What can tell the loss of a batch."""

    def loss(self, batch: Any) -> torch.Tensor:
        """The mean loss of a batch, a scalar."""
        ...


@dataclass(frozen=True, slots=True)
class Processes:
    """How many processes train together, and which of them this one is (0 writes the files)."""

    count: int = 1
    rank: int = 0

    def share(self, group: Sequence[Any]) -> Iterator[tuple[Any, float, bool]]:
        """This process's batches of a step: each with its weight, and whether it is the last.

        Averaged over the processes, the weights are 1/n for each of the group's n batches. A
        process that has none left does one of weight 0, because all must take part.
        """
        rounds = -(-len(group) // self.count)
        for number in range(rounds):
            place = number * self.count + self.rank
            mine = place < len(group)
            weight = self.count / len(group) if mine else 0.0
            yield group[place if mine else 0], weight, number == rounds - 1

    def mean(self, value: float) -> float:
        """The mean of each process's value."""
        if self.count == 1:
            return value
        values = torch.tensor([value], dtype=torch.float64, device=_device())
        distributed.all_reduce(values)
        return float(values) / self.count

    def wait(self) -> None:
        """Until all are here."""
        if self.count > 1:
            distributed.barrier()


def join() -> Processes:
    """Meet the processes that were started together; one process where none were."""
    count = int(os.environ.get("WORLD_SIZE", "1"))
    if count == 1:
        return Processes()
    if not distributed.is_initialized():
        if torch.cuda.is_available():
            torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
        distributed.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
    return Processes(count, distributed.get_rank())


def _device() -> str:
    return "cuda" if distributed.get_backend() == "nccl" else "cpu"


class _Forward(torch.nn.Module):
    def __init__(self, learner: Losing, parameters: Sequence[torch.nn.Parameter]) -> None:
        super().__init__()
        self._learner = learner
        self.learned = torch.nn.ParameterList(parameters)

    def forward(self, batch: Any) -> torch.Tensor:
        return self._learner.loss(batch)


def joined(learner: Losing, parameters: Sequence[torch.nn.Parameter], processes: Processes) -> Any:
    """The learner's loss as a module; its gradients are averaged over the processes."""
    forward = _Forward(learner, parameters)
    if processes.count == 1:
        return forward
    return torch.nn.parallel.DistributedDataParallel(forward)
