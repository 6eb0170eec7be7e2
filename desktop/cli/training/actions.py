"""What `candor train` does with examples and recordings."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.training.adapters import adapters, base
from desktop.cli.training.report import PAUSED, Report
from desktop.codes import DesktopCode
from desktop.processes.train_again import asked_for, go_on
from perception.messages import notice
from perception.types import RATE, UserError

if TYPE_CHECKING:
    from agent.training.chat.examples import Example
    from agent.training.chat.prepare import Prepared
    from agent.training.chat.run import Request
    from agent.training.chat.sources import DataProblem


def prepare(args: argparse.Namespace, report: Report) -> int:
    """Check the examples, and whether there is memory and disk to learn from them."""
    from agent.training.chat.run import measure, refuse

    prepared = _prepared(args)
    if prepared.fatal:
        report.prepared(prepared, None)
        return 1
    job = _request(args, prepared, report).job
    read, needs = measure(job)
    report.prepared(prepared, read)
    report.expected(0.0, needs)
    refuse(job, needs)
    return 0


def estimate(args: argparse.Namespace, report: Report) -> int:
    """Tell what a training would take: memory by counting, time from a few steps tried."""
    from agent.settings import data_folder
    from agent.training.chat.run import expect, measure, refuse

    prepared = _prepared(args)
    if prepared.fatal:
        report.prepared(prepared, None)
        return 1
    job = _request(args, prepared, report).job
    needs = measure(job)[1]
    report.expected(0.0, needs)
    refuse(job, needs)
    if args.counted:
        return 0
    work = data_folder() / "training"
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="estimate-", dir=work) as scratch:
        report.expected(expect(job, Path(scratch)), needs)
    return 0


def run_training(args: argparse.Namespace, report: Report) -> int:
    """Train, and compare with the base."""
    from agent.settings import data_folder
    from agent.training.chat.finetune import fingerprint
    from agent.training.chat.run import counts
    from agent.training.chat.run import train_adapter as train

    prepared = _prepared(args)
    if prepared.fatal:
        report.prepared(prepared, None)
        return 1
    request = _request(args, prepared, report)
    read = counts(request.job)
    report.prepared(prepared, read)
    known, work = adapters(), data_folder() / "training" / args.name
    known.check_free(args.name, fingerprint(prepared.train))
    try:
        expected = train(
            request, known, work, report.say, lambda seconds: report.expected(seconds, None)
        )
        made = report.follow(expected)
    except KeyboardInterrupt:
        return _stopped(request, work, read.tokens, report)
    if made is not None:
        report.made(made.about)
    return 0


def resume(args: argparse.Namespace, report: Report) -> int:
    """Go on with a training that was begun, with the options that it was begun with."""
    return run_training(go_on(args, lambda again: _prepared(again).train), report)


def _stopped(request: Request, work: Path, tokens: int, report: Report) -> int:
    """Make the adapter from the best so far, and say how to go on."""
    from agent.training.chat.finetune import output
    from agent.training.chat.run import finish

    if not output(request.job, work).exists():
        report.say(notice(DesktopCode.TRAINING_STOPPED_EARLY))
        return PAUSED
    report.say(notice(DesktopCode.TRAINING_STOPPED_COMPARING))
    try:
        made = finish(request, adapters(), work, tokens, cut=True)
    except KeyboardInterrupt:
        report.say(notice(DesktopCode.TRAINING_STOPPED_WITHOUT_ADAPTER, work=work))
        return PAUSED
    report.made(made.about)
    report.say(notice(DesktopCode.TRAINING_CAN_GO_ON))
    return 0


def voice(args: argparse.Namespace, report: Report) -> int:
    """Teach the hearing how one person speaks."""
    from dataclasses import replace

    from agent.models.store import open_store
    from agent.settings import data_folder
    from agent.training.voice import data
    from agent.training.voice import run as voice

    recordings, problems = data.read(args.folder)
    train, dev = data.split(recordings)
    seconds = sum(len(r.samples) for r in recordings) / RATE
    report.recordings(problems, len(train), len(dev), seconds)
    fatal = any(problem.fatal for problem in problems)
    if args.check_only or fatal:
        return int(fatal)
    others = data.read(args.others)[0] if args.others else ()
    known = adapters()
    known.check_free(args.name)
    job = voice.VoiceJob(
        args.name,
        open_store().path(voice.BASE),
        train,
        dev,
        others,
        args.language,
        ("lora", "encoder") if args.kind == "both" else (args.kind,),
        replace(voice.PLAN, epochs=args.epochs),
    )
    made = report.follow(voice.learn(job, known, data_folder() / "training" / args.name))
    report.made(made.about)
    return 0


def _prepared(args: argparse.Namespace) -> Prepared:
    from agent.memory.feedback import FeedbackStore
    from agent.settings import data_folder
    from agent.training.chat import sources
    from agent.training.chat.prepare import prepare

    if args.data is None and not args.history:
        raise UserError(DesktopCode.NOTHING_TO_LEARN_FROM)
    examples: list[Example] = []
    problems: list[DataProblem] = []
    if args.data is not None:
        examples, problems = sources.read(args.data)
    if args.history:
        more, told = sources.from_history(FeedbackStore(data_folder() / "history.db"))
        examples, problems = examples + more, problems + told
    dev = sources.read(args.check)[0] if args.check else ()
    return prepare(examples, problems, args.seed, not args.no_augment, dev)


def _request(args: argparse.Namespace, prepared: Prepared, report: Report) -> Request:
    from agent.training.chat.finetune import Job
    from agent.training.chat.run import Request, device
    from agent.training.core.progress import TrainingPlan
    from agent.training.core.tuning import Tuning

    name, path = base(args.model)
    tuning = Tuning(
        kind="full" if args.full else "lora",
        rank=args.rank,
        alpha=2.0 * args.rank,
        layers=args.layers,
        cached=not args.no_cache,
        batch=args.batch,
        most_tokens=args.most_tokens,
        checkpointing=args.checkpointing,
        seed=args.seed,
        dtype=args.dtype,
    )
    plan = TrainingPlan(
        epochs=args.epochs,
        rate=args.rate,
        accumulate=args.accumulate,
        patience=args.patience,
        check_every=args.check_every,
        watch="loss",
        most_seconds=args.minutes * 60,
    )
    start = adapters().find(args.start).folder if args.start else None
    where, note = device(args.device)
    if note:
        report.say(note)
    asked = asked_for(args, name)
    job = Job(path, prepared.train, prepared.dev, tuning, plan, where, start, asked)
    return Request(args.name, name, job)
