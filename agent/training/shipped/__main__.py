"""`candor train ours PAIRS...`: make Candor's own adapter for a base, or go on making it.

Stopped with Control-C it keeps the best so far; the same command goes on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Generator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from agent.adapters.store import (
    GGUF,
    About,
    Adapters,
    identity,
)
from agent.dialogue.transformer import weights
from agent.models.store import open_store
from agent.prompting import prompt
from agent.settings import data_folder
from agent.training.chat.gguf_adapter import write_gguf
from agent.training.core.progress import TrainingProgress
from agent.training.shipped import options
from agent.training.shipped.training import ShippedJob, make, usual
from perception.startup import start_private


def main(arguments: Sequence[str]) -> int:
    """The same from the command line of Python."""
    start_private()
    parser = argparse.ArgumentParser(prog="candor train ours", description=__doc__)
    options.add(parser)
    return train_shipped(parser.parse_args(arguments))


def train_shipped(given: argparse.Namespace) -> int:
    """Train until the end, or until it is stopped; returns the exit code."""
    store = open_store()
    known = any(model.id == given.base for model in store.catalog.model)
    base = store.path(given.base) if known else Path(given.base).expanduser()
    name = f"ours-{given.base if known else base.stem}"
    folder = given.folder or data_folder() / "training" / name
    ours = _settings(base, given)
    seconds, whole = _followed(make(ours, folder))
    made = folder / "adapter"
    if not made.exists():
        print("Nothing is kept yet but the checkpoint; the same command goes on.")
        return 130
    write_gguf(made, Path(weights.source(base)), made / GGUF)
    print(f"The adapter is in {made}.")
    if whole:
        _add(made, About(name, given.base, identity(base), prompt.VERSION, seconds=seconds), ours)
    return 0 if whole else 130


def _followed(steps: Generator[TrainingProgress, None, Path]) -> tuple[float, bool]:
    """Seconds that it took, and whether it came to its end."""
    seconds = 0.0
    try:
        for now in steps:
            seconds = now.seconds
            score = f", unseen {now.score.loss:.4f} {now.score.accuracy:.1%}" if now.score else ""
            loss = now.step_loss or now.loss
            print(f"{now.step}/{now.steps} loss {loss:.4f}{score}, {seconds:.0f} s", flush=True)
    except KeyboardInterrupt:
        steps.close()
        return seconds, False
    return seconds, True


def _settings(base: Path, given: argparse.Namespace) -> ShippedJob:
    ours = usual(base, given.pairs)
    shape = {"rank": given.rank, "alpha": 2.0 * given.rank, "layers": given.layers}
    tuning = replace(ours.tuning, seed=given.seed, **shape)
    plan = replace(ours.plan, rate=given.rate, epochs=given.epochs)
    shares = ours.shares.part(given.part).with_amounts(given.shares)
    ours = replace(ours, talks=tuple(given.talks), device=given.device)
    return replace(ours, tuning=tuning, plan=plan, shares=shares, start=given.start)


def _add(made: Path, about: About, ours: ShippedJob) -> None:
    """Put it beside the other adapters, where its name is still free."""
    job = json.loads((made.parent / "job.json").read_bytes())
    whole = _account(about, job, ours)
    adapters = Adapters(data_folder() / "adapters", prompt.VERSION)
    if any(adapter.folder.name == about.name for adapter in adapters.all()):
        print(f"An adapter called {about.name} is there already; this one was not added.")
        return
    adapters.add(made, whole)
    print(f"To use it: candor train switch {about.name}")


def _account(about: About, job: dict[str, object], ours: ShippedJob) -> About:
    """The account with what the run was for."""
    return msgspec.structs.replace(
        about,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        data_hash=str(job["data"]),
        tokens=int(str(job["tokens"])),
        settings={"tuning": asdict(ours.tuning), "plan": asdict(ours.plan)},
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
