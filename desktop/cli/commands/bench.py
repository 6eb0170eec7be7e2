"""`candor bench`: measure on this machine, with your own data if you like."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import inspect
import pkgutil
from pathlib import Path

from desktop.codes import DesktopCode
from perception.types import UserError

_EPILOG = """\
examples:
  candor bench turn question.wav
  candor bench hearing manifest.jsonl --json
  candor bench seeing gold.json
  candor bench grounding paragraphs.jsonl --adapter adapter.gguf
  candor bench everyday talks.jsonl --adapter none --out answers.jsonl
  candor bench safety prompts.csv --text prompt --label label --harmful unsafe --group type
  candor bench safety pii.jsonl --text full_text --spans spans --json

Each prints one table, or with --json one object. Data files have the format that docs/bench.md
describes. The yardsticks of the hearing bench are installed by `./candor bench`.
"""

_OPTIONS = (
    "mix", "reference", "model", "adapter", "out", "text", "label", "harmful", "expect", "group",
    "stage", "context", "category", "spans", "region", "explanations", "seed", "no_cascade",
    "answers",
)  # fmt: skip


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "bench",
        help="measure speed and quality on this machine",
        description="Measure speed and quality on this machine, as ratios from one run.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", metavar="NAME", help=", ".join(_names()))
    parser.add_argument("files", metavar="FILE", type=Path, nargs="*", help="data files")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--limit", type=int, default=0, help="use at most so many items")
    parser.add_argument("--mix", action="store_true", help="hearing: add noise and rooms")
    parser.add_argument("--reference", action="store_true", help="hearing: also openai-whisper")
    parser.add_argument(
        "--model", default="", help="talk, everyday, grounding, tools, safety: which"
    )
    parser.add_argument(
        "--adapter",
        default="",
        help="grounding, tools: a GGUF file; everyday: also a name, on (what is on), or none",
    )
    parser.add_argument("--out", default="", help="everyday: a file to go on from after a cut")
    _add_safety(parser)
    parser.set_defaults(run=run_command)


def _add_safety(parser: argparse.ArgumentParser) -> None:
    """The options of the safety bench."""
    add = parser.add_argument_group("safety").add_argument
    add("--text", default="", metavar="COLUMN", help="the texts; guessed where it is not said")
    add("--label", default="", metavar="COLUMN", help="says which are harmful (several: A,B)")
    add("--harmful", default="", metavar="VALUES", help="the labels that mean so, or >=0.5")
    add("--expect", default="", choices=("harmful", "harmless"), help="all texts are")
    add("--group", default="", metavar="COLUMN", help="compare groups of texts")
    add("--stage", default="", choices=("prompt", "reply", "data"), help="what the texts are")
    add("--context", default="", metavar="COLUMN", help="the questions that replies answer")
    add("--category", default="", metavar="NAMES", help="only scores of these categories count")
    add("--spans", default="", metavar="COLUMN", help="marked personal data: [start, end, type]")
    add("--region", default="", help="for telephone numbers without a country code (ISO 3166)")
    add("--explanations", type=int, default=0, metavar="N", help="try the reasons of N blocks")
    add("--no-cascade", action="store_true", help="ask no dialogue model (--model) where in doubt")
    add("--answers", type=int, default=0, metavar="N", help="also N answers of the model itself")
    add("--seed", type=int, default=0, help="draws the texts of --limit")


def run_command(args: argparse.Namespace) -> int:
    """Run one bench."""
    if args.name not in _names():
        raise UserError(DesktopCode.BENCH_UNKNOWN, name=args.name, names=", ".join(_names()))
    for file in args.files:
        if not file.exists():
            raise UserError(DesktopCode.BENCH_FILE_MISSING, file=file)
    given = {name: getattr(args, name) for name in _OPTIONS}
    given = {name: value for name, value in given.items() if value}
    module = importlib.import_module(f"benchmarks.{args.name}")
    for name in given:
        if name not in inspect.signature(module.run_bench).parameters:
            raise UserError(DesktopCode.BENCH_OPTION_UNKNOWN, name=args.name, name_2=name)
    return int(module.run_bench(args.files, as_json=args.json, limit=args.limit, **given))


def _names() -> list[str]:
    """The benches by file name; found, not imported, because they stand above the window."""
    spec = importlib.util.find_spec("benchmarks")
    folders = spec.submodule_search_locations if spec else None
    found = pkgutil.iter_modules(folders or ())
    return sorted(module.name for module in found if not module.ispkg)
