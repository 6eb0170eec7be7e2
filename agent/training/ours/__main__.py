"""`python -m agent.training.ours BASE FOLDER PAIRS...`: make our adapter, or go on making it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from agent.training.ours.training import make, usual


def main(arguments: Sequence[str]) -> int:
    """Train until the end, or until it is stopped; the same command goes on."""
    parser = argparse.ArgumentParser(prog="python -m agent.training.ours", description=__doc__)
    parser.add_argument("base", type=Path, help="GGUF file, or a folder with safetensors")
    parser.add_argument("folder", type=Path, help="where the run is kept")
    parser.add_argument("pairs", type=Path, nargs="+", help="JSON lines of pairs to rehearse")
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--layers", type=int, default=14, help="upper layers that learn; 0 is all")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--part", type=float, default=1.0, help="of the data, for a quick try")
    given = parser.parse_args(arguments)
    ours = usual(given.base, given.pairs)
    ours = replace(ours, shares=ours.shares.part(given.part))
    tuning = replace(ours.tuning, rank=given.rank, alpha=2.0 * given.rank, layers=given.layers)
    plan = replace(ours.plan, rate=given.rate, epochs=given.epochs)
    for now in make(replace(ours, tuning=tuning, plan=plan), given.folder):
        score = f" dev {now.score.loss:.4f} {now.score.accuracy:.4f}" if now.score else ""
        print(
            f"{now.step}/{now.steps} loss {now.step_loss:.4f} mean {now.loss:.4f}"
            f" {now.seconds:.0f} s{score}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
