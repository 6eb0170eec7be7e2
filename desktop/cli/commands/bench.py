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

Each prints one table, or with --json one object. Data files have the format that docs/bench.md
describes. The yardsticks of the hearing bench are installed by `./candor bench`.
"""


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
    parser.add_argument("--model", default="", help="talk, everyday, grounding, tools: the model")
    parser.add_argument(
        "--adapter",
        default="",
        help="grounding, tools: a GGUF file; everyday: also a name, on (what is on), or none",
    )
    parser.add_argument("--out", default="", help="everyday: a file to go on from after a cut")
    parser.set_defaults(run=run_command)


def run_command(args: argparse.Namespace) -> int:
    """Run one bench."""
    if args.name not in _names():
        raise UserError(DesktopCode.BENCH_UNKNOWN, name=args.name, names=", ".join(_names()))
    for file in args.files:
        if not file.exists():
            raise UserError(DesktopCode.BENCH_FILE_MISSING, file=file)
    given = {name: getattr(args, name) for name in ("mix", "reference", "model", "adapter", "out")}
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
