"""`candor train safety`: the harm classifier, from safety data and Candor's own examples."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.cli.training.report import PAUSED, Report
from desktop.codes import DesktopCode
from perception.messages import notice


def add(parser: argparse.ArgumentParser) -> None:
    """Add its options to a parser."""
    parser.add_argument(
        "--data", type=Path, action="append", default=[], metavar="FOLDER",
        help="a folder of safety data, as docs/training.md lists them; may be given again",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, help="the file to write; else in the run's folder")
    parser.add_argument("--folder", type=Path, help="where the run is kept, to go on with it")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=0.0, help="stop after so long")


def train_safety(args: argparse.Namespace, report: Report) -> int:
    """Train it, and write one file."""
    from agent.models.store import open_store
    from agent.settings import data_folder
    from agent.training.harm.run import SafetyJob, learn

    folder = args.folder or data_folder() / "training" / "safety"
    file = args.out or folder / "harm.safetensors"
    minilm = open_store().path("minilm")
    job = SafetyJob(tuple(args.data), minilm, file, folder, args.epochs, args.minutes)
    try:
        made = report.follow(learn(job))
    except KeyboardInterrupt:
        report.say(notice(DesktopCode.SAFETY_STOPPED))
        return PAUSED
    report.done(notice(DesktopCode.SAFETY_TRAINED, file=made))
    return 0
