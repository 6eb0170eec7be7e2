"""Teaches the hearing one person's speech: a folder of recordings in, a tuned Whisper out."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from agent.adapters.store import (
    About,
    Adapter,
    Adapters,
    Measured,
    identity,
)
from agent.codes import AgentCode
from agent.training.core import curves
from agent.training.core.loop import train
from agent.training.core.metrics_log import MetricsLog, read
from agent.training.core.progress import TrainingPlan, TrainingProgress
from agent.training.voice.data import Recording, word_errors
from agent.training.voice.model import Kind, VoiceLearner, VoiceModel
from perception.hearing.whisper_format.ctranslate_file import write_weights
from perception.replaced import replaced
from perception.types import UserError

BASE = "whisper-base"
PLAN = TrainingPlan(epochs=6, rate=2e-4, accumulate=4, watch="loss", patience=2)
ENCODER_RATE = 2e-5
"""All weights of the encoder learn ten times more slowly than LoRA's matrices."""


@dataclass(frozen=True, slots=True)
class VoiceJob:
    """What to learn. `others` are recordings of other people, who must not be heard worse."""

    name: str
    folder: Path
    train: Sequence[Recording]
    dev: Sequence[Recording]
    others: Sequence[Recording] = ()
    language: str = "en"
    kinds: tuple[Kind, ...] = ("lora", "encoder")
    plan: TrainingPlan = PLAN


def learn(
    job: VoiceJob, adapters: Adapters, work: Path
) -> Generator[TrainingProgress, None, Adapter]:
    """Train each kind, keep the one with fewer word errors on the dev part, and add it.

    It is not switched on by that. Closing the generator cancels; the same job goes on.
    """
    before = _errors(VoiceModel(job.folder, "lora", job.language), job)
    tried: dict[Kind, tuple[float, float]] = {}
    for kind in job.kinds:
        place = work / kind
        model = VoiceModel(job.folder, kind, job.language)
        plan = job.plan if kind == "lora" else _slower(job.plan)
        log = MetricsLog(place / "metrics.jsonl")
        place.mkdir(parents=True, exist_ok=True)
        learner = VoiceLearner(model, job.train, job.dev, seed=plan.seed)
        with closing(train(learner, plan, place)) as steps:
            for now in steps:
                log.add(now)
                yield now
        tried[kind] = _errors(model, job)
        _write(model, job.folder, place / "model")
        picture = curves.draw(f"{job.name}, {kind}", read(place / "metrics.jsonl"))
        (place / "model" / "curves.svg").write_text(picture, "utf-8")
    best = min(tried, key=lambda kind: tried[kind])
    return adapters.add(work / best / "model", _about(job, best, before, tried))


def _errors(model: VoiceModel, job: VoiceJob) -> tuple[float, float]:
    """Word errors on the person's dev part and on other people."""
    model.training(False)
    rates = [
        word_errors([r.text for r in part], [model.hear(r.samples) for r in part])
        for part in (job.dev, job.others)
    ]
    return rates[0], rates[1]


def _write(model: VoiceModel, base: Path, folder: Path) -> None:
    """A folder for the engine `whisper`, whole or not at all."""
    try:
        with replaced(folder) as draft:
            draft.mkdir()
            write_weights(base / "model.bin", model.state(), draft / "model.bin")
            for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
                shutil.copy(base / name, draft)
    except OSError as error:
        raise UserError(AgentCode.TUNED_HEARING_NOT_WRITTEN, folder=folder, reason=error) from error


def _about(
    job: VoiceJob,
    best: Kind,
    before: tuple[float, float],
    tried: dict[Kind, tuple[float, float]],
) -> About:
    measured = [
        Measured("word errors, you", before[0], tried[best][0], True, guarded=True, allowed=0.0)
    ]
    if job.others:
        after = tried[best][1]
        measured.append(
            Measured("word errors, others", before[1], after, True, guarded=True, allowed=0.02)
        )
    measured += [
        Measured(f"word errors, you, {kind}", before[0], rates[0], True)
        for kind, rates in tried.items()
    ]
    digest = sha256()
    for recording in job.train:
        digest.update(recording.samples.tobytes() + recording.text.encode())
    return About(
        name=job.name,
        base=BASE,
        base_hash=identity(job.folder),
        prompt_version=0,
        kind="voice",
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        data_hash=digest.hexdigest(),
        examples=len(job.train),
        settings={"kind": best, "plan": asdict(job.plan), "language": job.language},
        measured=tuple(measured),
    )


def _slower(plan: TrainingPlan) -> TrainingPlan:
    return replace(plan, rate=plan.rate * ENCODER_RATE / PLAN.rate)
