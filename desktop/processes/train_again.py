"""How a training was begun, kept beside it, so that it can be gone on with unasked."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.settings import data_folder
from desktop.codes import DesktopCode
from perception.types import UserError

if TYPE_CHECKING:
    from agent.training.chat.examples import Example

_PATHS = ("data", "check")
_LEFT_OUT = ("run", "json", "steered", "counted")


def asked_for(args: argparse.Namespace, model: str) -> dict[str, Any]:
    """The options as JSON keeps them: whole paths, and the base that was meant."""
    given = {key: value for key, value in vars(args).items() if key not in _LEFT_OUT}
    for key in _PATHS:
        given[key] = str(Path(given[key]).absolute()) if given.get(key) else None
    return {**given, "model": model}


def asked_of(work: Path) -> dict[str, Any]:
    """The options that the training in the folder `work` was begun with; none if unknown."""
    try:
        asked = json.loads((work / "job.json").read_bytes()).get("asked")
    except (OSError, ValueError):
        return {}
    return asked if isinstance(asked, dict) else {}


def go_on(
    args: argparse.Namespace, read: Callable[[argparse.Namespace], Sequence[Example]]
) -> argparse.Namespace:
    """The options to go on with. UserError where there are none, or the examples changed.

    `read` gives the examples to learn from.
    """
    from agent.training.chat.finetune import fingerprint

    work = data_folder() / "training" / args.name
    asked = asked_of(work)
    if not asked:
        raise UserError(DesktopCode.TRAINING_OPTIONS_UNKNOWN, name=args.name)
    paths = {key: Path(asked[key]) for key in _PATHS if asked.get(key)}
    again = argparse.Namespace(**{**asked, **paths, "json": args.json, "steered": args.steered})
    if fingerprint(read(again)) != json.loads((work / "job.json").read_bytes())["data"]:
        raise UserError(DesktopCode.EXAMPLES_CHANGED_SINCE_BEGUN, name=args.name)
    return again
