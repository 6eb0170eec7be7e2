"""The options of `candor train ours`, apart from what they start: nothing heavy is imported."""

from __future__ import annotations

import argparse
from pathlib import Path

BASE = "qwen2.5-coder-1.5b-instruct"


def add(parser: argparse.ArgumentParser) -> None:
    """Add them to a parser."""
    parser.add_argument("pairs", type=Path, nargs="+", help="JSON lines of pairs to rehearse")
    parser.add_argument(
        "--talks", type=Path, nargs="+", default=[], help="JSON lines of whole conversations"
    )
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--base", default=BASE, help="catalogue model, GGUF file or folder")
    parser.add_argument("--folder", type=Path, help="where the run is kept")
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--layers", type=int, default=14, help="upper layers that learn; 0 is all")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--part", type=float, default=1.0, help="of the data, for a quick try")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--shares", default="", metavar="SKILL=N,...", help="other amounts than the usual"
    )
    parser.add_argument(
        "--from", dest="start", type=Path, help="folder of an adapter of ours to begin from"
    )
