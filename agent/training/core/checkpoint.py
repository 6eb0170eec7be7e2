"""What a training run keeps on disk: where it stands, and its best weights so far."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import torch

from perception.replaced import replaced

_FORMAT = 2

Parameters = dict[str, torch.nn.Parameter]


@dataclass(slots=True)
class CheckpointState:
    """Where a run stands. `done` are the steps of the open epoch, `total` the sum of their losses.

    `best` is the best score (higher is better), `stale` the scores since then, `seconds` the time
    spent in all.
    """

    epoch: int = 0
    done: int = 0
    step: int = 0
    total: float = 0.0
    best: float = -math.inf
    stale: int = 0
    seconds: float = 0.0


def save(
    folder: Path, identity: str, state: CheckpointState, parameters: Parameters, *others: Any
) -> None:
    """Write where the run stands, whole or not at all. `others` have a `state_dict`."""
    run = {
        "format": _FORMAT,
        "identity": identity,
        "state": list(astuple(state)),
        "parameters": {name: p.detach() for name, p in parameters.items()},
        "others": [other.state_dict() for other in others],
    }
    with replaced(folder / "resume.pt") as draft:
        torch.save(run, draft)


def resume(folder: Path, identity: str, parameters: Parameters, *others: Any) -> CheckpointState:
    """Where a run of this identity stood, its weights put back; a new state where there is none."""
    file = folder / "resume.pt"
    if not file.exists():
        return CheckpointState()
    run = torch.load(file, weights_only=True, map_location="cpu")
    if run["format"] != _FORMAT or run["identity"] != identity:
        return CheckpointState()
    if run["parameters"].keys() != parameters.keys():
        return CheckpointState()
    _put(parameters, run["parameters"])
    for other, kept in zip(others, run["others"], strict=True):
        other.load_state_dict(kept)
    return CheckpointState(*run["state"])


def keep_best(folder: Path, parameters: Parameters) -> None:
    """Write these weights as the best, whole or not at all."""
    from safetensors.torch import save_file

    with replaced(best_file(folder)) as draft:
        save_file({name: p.detach().cpu().contiguous() for name, p in parameters.items()}, draft)


def restore_best(folder: Path, parameters: Parameters) -> bool:
    """Put the best weights back; False where none were kept."""
    from safetensors.torch import load_file

    if not best_file(folder).exists():
        return False
    _put(parameters, load_file(best_file(folder)))
    return True


def best_file(folder: Path) -> Path:
    """Where the best weights of a run lie."""
    return folder / "best.safetensors"


def _put(parameters: Parameters, kept: dict[str, torch.Tensor]) -> None:
    with torch.no_grad():
        for name, tensor in kept.items():
            parameters[name].copy_(tensor)
