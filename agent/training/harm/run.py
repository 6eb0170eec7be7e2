"""`candor train safety`: folders of safety data in, one small file out.

The words and the Chinese characters are learned one after the other by the one loop; then the
points are chosen on what was kept apart.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from agent.training.core.loop import train
from agent.training.core.progress import TrainingProgress
from agent.training.harm import characters
from agent.training.harm.calibrate import CHARACTERS, Points, points
from agent.training.harm.characters import CharacterLearner
from agent.training.harm.classify import PLAN, HarmLearner
from agent.training.harm.contrast import chinese, contrasts
from agent.training.harm.data import LABELS, REQUESTS, LabelledText, read_chinese, read_folder
from agent.training.harm.model import ALPHA, LOWEST, RANK, TOKENS, HarmModel
from perception.replaced import replaced
from safety.export import FORMAT

logger = logging.getLogger("candor.training")


@dataclass(frozen=True, slots=True)
class SafetyJob:
    """What to learn from and where to put it; without folders the project's own examples do."""

    data: tuple[Path, ...]
    minilm: Path
    file: Path
    folder: Path
    """For checkpoints: a run that was cut goes on."""
    epochs: int = PLAN.epochs
    minutes: float = 0.0


def learn(job: SafetyJob) -> Generator[TrainingProgress, None, Path]:
    """Train both halves and write the file, whole or not at all."""
    examples = [*_read(job.data), *contrasts()]
    words = HarmLearner(HarmModel(job.minilm), examples)
    plan = replace(PLAN, epochs=job.epochs, most_seconds=job.minutes * 60)
    yield from train(words, plan, job.folder / "words")
    said = [example for folder in job.data for example in read_chinese(folder)]
    signs = CharacterLearner([*chinese(), *said])
    yield from train(signs, characters.PLAN, job.folder / "characters")
    save(words, signs, job.file)
    return job.file


def save(words: HarmLearner, signs: CharacterLearner, file: Path) -> None:
    """Write weights in float16 with label names and points."""
    from safetensors.numpy import save_file

    parameters = {**words.parameters(), **signs.parameters()}
    tensors = {name: p.detach().numpy().astype(np.float16) for name, p in parameters.items()}
    about = {
        "format": FORMAT,
        "base": "sentence-transformers/all-MiniLM-L6-v2",
        "labels": json.dumps(LABELS),
        "asked": json.dumps(REQUESTS),
        "points": _told(points(words.dev, words.predictions())),
        "character_points": _told(points(signs.dev, signs.predictions(), CHARACTERS)),
        "lowest_layer": str(LOWEST),
        "scale": str(ALPHA / RANK),
        "tokens": str(TOKENS),
    }
    with replaced(file) as draft:
        save_file(tensors, draft, about)


def _told(found: Points) -> str:
    return json.dumps({label: list(pair) for label, pair in found.items()})


def _read(folders: Sequence[Path]) -> list[LabelledText]:
    return [example for folder in folders for example in read_folder(folder)]
