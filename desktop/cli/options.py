"""Options before the command: what a developer sees of a run, and where it keeps its things."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from agent.settings import models_folder
from perception.logs import ALL, DEBUG, TOPICS, unknown
from perception.trace import TRACE, begin_trace
from perception.types import UserError


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that every command has."""
    parser.add_argument("--verbose", action="store_true", help="log more to standard error")
    parser.add_argument(
        "--debug",
        type=_topics,
        metavar="TOPIC[,TOPIC]",
        help=f"log everything about these: {', '.join((ALL, *TOPICS))}",
    )
    parser.add_argument(
        "--trace",
        type=Path,
        metavar="FILE",
        help="write every command and event as a line of JSON; it holds what was said",
    )
    parser.add_argument(
        "--home",
        type=Path,
        metavar="FOLDER",
        help="keep settings, history and logs there; models stay where they are",
    )


def apply_options(args: argparse.Namespace) -> None:
    """Put the options where this process and its children look; UserError where one cannot be."""
    if args.home:
        _move_home(args.home.expanduser().absolute())
    if args.debug:
        os.environ[DEBUG] = args.debug
    if args.trace:
        os.environ[TRACE] = str(begin_trace(args.trace))


def _move_home(home: Path) -> None:
    """Everything goes under `home`; models only where it has its own."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The folder {home} cannot be made: {error.strerror}.",
            "Name another folder with --home.",
        ) from error
    own = home / "models"
    os.environ["CANDOR_MODELS"] = str(own if own.is_dir() else models_folder())
    os.environ["CANDOR_HOME"] = str(home)


def _topics(names: str) -> str:
    if wrong := unknown(names):
        known = ", ".join((ALL, *TOPICS))
        raise argparse.ArgumentTypeError(f"{', '.join(wrong)} is no topic; there are {known}")
    return names
