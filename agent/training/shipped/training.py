"""Our own adapter for a base: composes the data, packs it, trains, and writes the adapter."""

from __future__ import annotations

import contextlib
import hashlib
import json
import random
from collections.abc import Generator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from agent.prompting import prompt
from agent.training.chat.examples import row
from agent.training.chat.finetune import write
from agent.training.core import checkpoint
from agent.training.core.loop import train
from agent.training.core.metrics_log import MetricsLog
from agent.training.core.progress import TrainingPlan, TrainingProgress
from agent.training.core.tuning import Tuning
from agent.training.shipped.compose import (
    Group,
    Shares,
    groups,
    messages,
)
from agent.training.shipped.data import talks
from agent.training.shipped.learner import PackLearner
from agent.training.shipped.packs import Pack, packs
from agent.training.shipped.tree_model import TreeModel

PACK_TOKENS = 1000
_DEV = 4
"""Packs that are not learned from; their loss is watched."""


@dataclass(frozen=True, slots=True)
class ShippedJob:
    """What to make: `base` as `ChatModel` takes it, `files` are those that are rehearsed.

    `talks` are conversations written by hand (`agent.training.shipped.data.talks`).
    """

    base: Path
    files: tuple[Path, ...]
    shares: Shares
    tuning: Tuning
    plan: TrainingPlan
    device: str = "cpu"
    talks: tuple[Path, ...] = ()
    start: Path | None = None
    """An adapter of the same shape to begin from, as peft writes it."""


def usual(base: Path, files: Sequence[Path]) -> ShippedJob:
    """The settings that the shipped adapter was made with."""
    return ShippedJob(
        base,
        tuple(files),
        Shares(),
        Tuning(layers=14, rank=8, alpha=16.0),
        TrainingPlan(epochs=1, rate=2e-4, watch="loss", check_every=50, save_seconds=120.0),
    )


def make(ours: ShippedJob, folder: Path) -> Generator[TrainingProgress, None, Path]:
    """Train in `folder`, or go on there; returns the folder of the adapter as peft writes it.

    Closing the generator cancels: the best so far is written, where there is one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = groups(ours.files, ours.shares, ours.tuning.seed)
    model = TreeModel(ours.base, ours.tuning, ours.device)
    if ours.start is not None:
        model.load_adapter(ours.start)
    trees = _trees(model, made, talks.weighed(talks.read(ours.talks)), ours.tuning.seed)
    _note(ours, folder, trees)
    learner = PackLearner(model, trees[_DEV:], trees[:_DEV], folder)
    log = MetricsLog(folder / "metrics.jsonl")
    plan = replace(ours.plan, seed=ours.tuning.seed, dtype=ours.tuning.autocast)
    try:
        with contextlib.closing(train(learner, plan, folder)) as steps:
            for now in steps:
                log.add(now)
                yield now
    except (GeneratorExit, KeyboardInterrupt):
        if checkpoint.best_file(folder).exists():
            write(model, folder)
        raise
    return write(model, folder)


def _trees(
    model: TreeModel, made: Sequence[Group], written: Sequence[talks.WrittenTalk], seed: int
) -> list[Pack]:
    encoder, ends = model.encoder, model.ends
    rows = [[row(messages(example), encoder, ends) for example in group] for group in made]
    rows += [[row(talk.messages, encoder, ends, talk.learned)] for talk in written]
    random.Random(seed).shuffle(rows)
    return packs(rows, PACK_TOKENS)


def started_from(adapter: Path | None) -> str:
    """The SHA-256 of the weights that a run began from; nothing where it began anew."""
    if adapter is None:
        return ""
    return hashlib.sha256((adapter / "adapter_model.safetensors").read_bytes()).hexdigest()


def _note(ours: ShippedJob, folder: Path, trees: Sequence[Pack]) -> None:
    """What the run is for; a run on other data in this folder is forgotten."""
    digest = hashlib.sha256(repr(trees).encode()).hexdigest()
    about = {
        "base": str(ours.base),
        "data": digest,
        "prompt": prompt.VERSION,
        "tokens": sum(len(tree.ids) for tree in trees),
        "learned": sum(len(tree.targets) for tree in trees),
        "tuning": asdict(ours.tuning),
        "shares": asdict(ours.shares),
        "start": started_from(ours.start),
    }
    file, text = folder / "job.json", json.dumps(about, indent=2)
    if file.exists() and file.read_text("utf-8") != text:
        for old in ("resume.pt", "best.safetensors", "states.bin", "states.known", "metrics.jsonl"):
            (folder / old).unlink(missing_ok=True)
    file.write_text(text, "utf-8")
