"""Fine-tunes a chat model: rows in, a folder with the adapter, its curves and its account out."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import torch

from agent.codes import AgentCode
from agent.training.chat import estimate
from agent.training.chat.examples import Example, rows
from agent.training.chat.learner import ChatLearner
from agent.training.chat.model import ChatModel
from agent.training.core import checkpoint, several
from agent.training.core.loop import train
from agent.training.core.metrics_log import MetricsLog
from agent.training.core.progress import TrainingPlan, TrainingProgress
from agent.training.core.tuning import Tuning
from perception.regular_file import write_whole
from perception.replaced import replaced
from perception.types import UserError


@dataclass(frozen=True, slots=True)
class Job:
    """What to train on what. `train` and `dev` share no group; `base` as `ChatModel` takes it."""

    base: Path
    train: Sequence[Example]
    dev: Sequence[Example]
    tuning: Tuning
    plan: TrainingPlan
    device: str = "cpu"
    start: Path | None = None
    """An adapter folder of the same shape to begin from."""
    asked: Mapping[str, Any] = field(default_factory=dict)
    """The options that the user gave, as JSON keeps them; noted, so that it can be gone on with."""


def fingerprint(examples: Sequence[Example]) -> str:
    """The SHA-256 of the conversations, in order."""
    digest = hashlib.sha256()
    for example in examples:
        pairs = [[message.role, message.text] for message in example.messages]
        digest.update(json.dumps(pairs, ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()


def expected(job: Job, folder: Path) -> float:
    """Seconds that the job would take in one process; a few steps are tried in `folder`."""
    plan = replace(job.plan, seed=job.tuning.seed, dtype=job.tuning.autocast)
    return estimate.seconds(_learner(job, folder), plan)


def finetune(
    job: Job, folder: Path, tell: Callable[[float], None] = lambda seconds: None
) -> Generator[TrainingProgress, None, Path]:
    """Train in `folder`, which a later call with the same job goes on in; returns the adapter.

    Closing the generator cancels: what was best so far is written, where there is a best. The
    result lies in `folder/adapter` (LoRA, as peft writes it) or `folder/model` (full). Each
    progress is also a line of `folder/metrics.jsonl`. `tell` hears before the first step how many
    seconds it will take, from a few steps that were tried. UserError before any work where
    memory or disk are too small.
    """
    processes = several.join()
    first = processes.rank == 0
    plan = replace(job.plan, seed=job.tuning.seed, dtype=job.tuning.autocast)
    if first:
        _begin(job, folder)
    processes.wait()
    learner = _learner(job, folder)
    model = learner.model
    seconds = estimate.seconds(learner, plan) / processes.count
    if first:
        tell(seconds)
    log = MetricsLog(folder / "metrics.jsonl")
    try:
        with contextlib.closing(train(learner, plan, folder)) as steps:
            for now in steps:
                if first:
                    log.add(now)
                yield now
    except (GeneratorExit, KeyboardInterrupt):
        if first and checkpoint.best_file(folder).exists():
            write(model, folder)
        raise
    except (torch.OutOfMemoryError, torch.AcceleratorError) as error:
        raise _lost(error, folder) from error
    return write(model, folder) if first else folder


def _learner(job: Job, folder: Path) -> ChatLearner:
    model = ChatModel(job.base, job.tuning, job.device)
    if job.start:
        model.load_adapter(job.start)
    learned, unseen = (
        rows(examples, model.encoder, model.ends) for examples in (job.train, job.dev)
    )
    return ChatLearner(model, learned, unseen, folder)


def output(job: Job, folder: Path) -> Path:
    """Where a run writes what it gives, once it came to its first check."""
    return folder / ("adapter" if job.tuning.kind == "lora" else "model")


def write(model: ChatModel, folder: Path) -> Path:
    """Write the best that was learned, whole or not at all; the model is of no more use then."""
    name = "adapter" if model.tuning.kind == "lora" else "model"
    model.widen()
    checkpoint.restore_best(folder, model.parameters())
    with replaced(folder / name) as draft:
        (model.save_adapter if name == "adapter" else model.save_whole)(draft)
    return folder / name


def _begin(job: Job, folder: Path) -> None:
    """Note what the folder is for; a run of another job in it is forgotten."""
    about = {
        "base": str(job.base),
        "data": fingerprint(job.train),
        "dev": fingerprint(job.dev),
        "tuning": json.loads(json.dumps(asdict(job.tuning))),
        "start": str(job.start or ""),
    }
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "job.json"
    before = json.loads(file.read_bytes()) if file.exists() else about
    if {key: value for key, value in before.items() if key != "asked"} != about:
        for old in ("resume.pt", "best.safetensors", "states.bin", "states.known", "metrics.jsonl"):
            (folder / old).unlink(missing_ok=True)
    text = json.dumps({**about, "asked": dict(job.asked)}, indent=2)
    write_whole(file, text.encode())


def _lost(error: Exception, folder: Path) -> UserError:
    kept = "What was learned is kept" if (folder / "resume.pt").exists() else "Nothing is kept yet"
    if isinstance(error, torch.OutOfMemoryError):
        return UserError(AgentCode.TRAINING_GPU_FULL, kept=kept)
    reason = str(error).splitlines()[0]
    return UserError(AgentCode.TRAINING_GPU_LOST, reason=reason, kept=kept)
