"""What a training will take, before it begins: memory and disk by counting, time by trying."""

from __future__ import annotations

import json
import math
import os
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from agent.codes import AgentCode
from agent.engines import hardware
from agent.training.chat.examples import EncodedExample
from agent.training.chat.learner import ChatLearner
from agent.training.core.progress import TrainingPlan
from agent.training.core.tuning import Tuning
from perception.messages import notice
from perception.types import UserError

_OTHER = 600_000_000
"""Bytes of Python, torch and its kernels."""
_PROBES = 3


class TooLarge(UserError):
    """A training does not fit: `short` bytes of memory are missing."""

    def __init__(self, code: str, /, *, short: int, **args: object) -> None:
        super().__init__(code, **args)
        self.short = short


@dataclass(frozen=True, slots=True)
class Needs:
    """Bytes of memory and of disk, counted from the model's shape; a little too high."""

    memory: int
    disk: int


def needs(folder: Path, tuning: Tuning, rows: Sequence[EncodedExample]) -> Needs:
    """What training the model in `folder` (transformers) will need."""
    shape = _shape(folder)
    weights = sum(file.stat().st_size for file in folder.glob("*.safetensors"))
    count = weights // 2
    longest = min(tuning.most_tokens, max((len(row.ids) for row in rows), default=0))
    batch = longest * tuning.batch
    answers = min(longest, max((row.answers for row in rows), default=0)) * tuning.batch
    layers = tuning.layers or shape["num_hidden_layers"]
    kept = 2 if tuning.checkpointing else 16
    # Per layer: some sixteen states of the model's width, and those of the wide middle part.
    activations = batch * layers * (kept * shape["hidden_size"] + 3 * shape["intermediate_size"])
    scores = answers * shape["vocab_size"] * 4 * 3
    learned = count if tuning.kind == "full" else _lora(shape, tuning, layers)
    held = 4 * count if tuning.kind == "full" or tuning.dtype == "float32" else weights
    states = 0
    if tuning.layers and tuning.cached and tuning.kind == "lora":
        states = sum(min(len(row.ids), tuning.most_tokens) for row in rows) * shape["hidden_size"]
    # Gradients, two moments and a float32 copy; on disk the checkpoint, the best and the result.
    memory = held + 16 * learned + 2 * activations + scores + _OTHER
    return Needs(memory, 18 * learned + 2 * states)


def refuse(needed: Needs, place: Path, device: str) -> None:
    """UserError where memory or disk do not suffice."""
    free, where = _free(device)
    if needed.memory > free:
        short = needed.memory - free
        on_card = device.startswith("cuda")
        most = "" if on_card else notice(AgentCode.MEMORY_HELD_BY, program=_largest())
        raise TooLarge(
            AgentCode.TRAINING_NEEDS_MEMORY,
            short=short,
            needed=f"{needed.memory / 1e9:.1f}",
            free=f"{free / 1e9:.1f}",
            where=where,
            missing=f"{short / 1e9:.1f}",
            most=most,
        )
    on_disk = shutil.disk_usage(_existing(place)).free
    if needed.disk > on_disk:
        raise UserError(
            AgentCode.TRAINING_NEEDS_DISK,
            needed=f"{needed.disk / 1000000000.0:.2f}",
            place=place,
            free=f"{on_disk / 1000000000.0:.2f}",
        )


def seconds(learner: ChatLearner, plan: TrainingPlan) -> float:
    """How long the plan will take, from a few steps on rows of median length that are undone."""
    batches = sorted(learner.batches(0), key=lambda batch: sum(len(row.ids) for row in batch[0]))
    middle = batches[len(batches) // 2]
    times = []
    for _ in range(_PROBES):
        began = time.monotonic()
        learner.loss(middle).backward()  # type: ignore[no-untyped-call]
        times.append(time.monotonic() - began)
    for parameter in learner.parameters().values():
        parameter.grad = None
    tokens = sum(len(row.ids) for batch, _ in batches for row in batch)
    ids = max(1, sum(len(row.ids) for row in middle[0]))
    step = sorted(times)[len(times) // 2] / ids
    # The first try also reads the lower layers, once for each row; a check reads what is unseen.
    lower = max(0.0, times[0] / ids - step) * (tokens + learner.unseen_tokens())
    checks = plan.epochs if not plan.check_every else learner.length() // plan.check_every + 1
    return math.ceil(plan.epochs * tokens * step + lower + checks * learner.unseen_tokens() * step)


def _shape(folder: Path) -> dict[str, Any]:
    config: dict[str, Any] = json.loads((folder / "config.json").read_bytes())
    return {"intermediate_size": 4 * config["hidden_size"], **config}


def _lora(shape: dict[str, Any], tuning: Tuning, layers: int) -> int:
    width, middle = shape["hidden_size"], shape["intermediate_size"]
    return int(tuning.rank * layers * (4 * 2 * width + 3 * (width + middle)))


def _free(device: str) -> tuple[int, str]:
    if device.startswith("cuda"):
        free, _ = torch.cuda.mem_get_info()
        return int(free), "the graphics card"
    return hardware.examine().free, "this computer"


def _largest(count: int = 3) -> str:
    """The programs that hold most memory, with how much; what one may not look at is left out."""
    import psutil  # type: ignore[import-untyped]

    held: Counter[str] = Counter()
    for process in psutil.process_iter(("pid", "name", "memory_info")):
        if process.info["memory_info"] and process.pid != os.getpid():
            held[process.info["name"] or "?"] += process.info["memory_info"].rss
    return ", ".join(f"{name} ({size / 1e9:.1f} GB)" for name, size in held.most_common(count))


def _existing(place: Path) -> Path:
    return place if place.exists() else _existing(place.parent)
