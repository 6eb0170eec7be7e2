"""`candor train`: teach the dialogue model from your own examples, compare, switch, go back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from agent.training.shipped import options as ours_options
from desktop.cli.output import own_output
from desktop.cli.training import actions as actions_of
from desktop.cli.training import adapters as adapters_of
from desktop.cli.training import safety as safety_of
from desktop.cli.training.report import Lines, Report, Terminal
from perception.types import UserError

Act: TypeAlias = Callable[[argparse.Namespace, Report], int]

_EPILOG = """\
examples:
  candor train prepare examples.csv              check the data, and see some of it
  candor train prepare --history                 the answers that you marked for training
  candor train run examples.csv --name garden    train, and compare with the base
  candor train run examples.csv --name garden    the same again: goes on where it was cut
  candor train resume garden                     goes on as it was begun, without its options
  candor train switch garden                     use it, unless it is worse where it must not be
  candor train back                              use what was on before
  candor train switch base                       use no adapter; `ours` is Candor's own
  candor train export garden /tmp/garden         safetensors and GGUF, for other programs
  candor train import /tmp/garden                what was exported elsewhere
  candor train voice recordings/ --name me       learn how you speak
  candor train safety --data data/safety         the harm classifier, from safety data
  torchrun --nproc-per-node 2 -m desktop train run examples.csv --name garden

exit codes: 0 done, 1 failed (the reason is on standard error), 2 wrong usage, 130 cancelled
"""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "train",
        help="teach the models from your own examples, and go back",
        description="Fine-tune the dialogue model or the hearing on this machine.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _set(parser, adapters_of.listing)
    parser.set_defaults(json=False, steered=False)
    actions = parser.add_subparsers(title="actions", metavar="ACTION")
    for name, text, run in (
        ("prepare", "check examples and see what would be learned", actions_of.prepare),
        ("estimate", "tell time, memory and disk before a training", actions_of.estimate),
        ("run", "train an adapter, or go on with it", actions_of.run_training),
    ):
        action = _action(actions, name, text, run)
        _data_options(action, named=name == "run")
        if name == "estimate":
            action.add_argument("--counted", action="store_true", help="only memory and disk")
    again = _action(actions, "resume", "go on with a training as it was begun", actions_of.resume)
    again.add_argument("name", metavar="NAME", help="what it was called")
    _action(actions, "list", "the adapters, and which is on", adapters_of.listing)
    for name, text, run in (
        ("evaluate", "compare an adapter with its base again", adapters_of.evaluate),
        ("switch", "use an adapter", adapters_of.switch),
        ("delete", "delete an adapter", adapters_of.delete),
        ("export", "copy an adapter to a folder", adapters_of.export),
    ):
        action = _action(actions, name, text, run)
        action.add_argument("name", metavar="NAME", help=_NAMES.get(name, _NAME))
        if name == "switch":
            action.add_argument("--anyway", action="store_true", help="also if it is worse")
            action.add_argument("--model", default="", help="the base of `ours` and `base`")
        if name == "export":
            action.add_argument("folder", type=Path, nargs="?", help="a new folder")
            action.add_argument("--shipped", action="store_true", help="into the program itself")
        action.add_argument("--device", default="cpu", help="cpu or cuda")
    taken = _action(actions, "import", "take over an exported adapter", adapters_of.take_in)
    taken.add_argument("source", type=Path, help="its folder, a file in it, or a zip file of it")
    taken.add_argument("--name", default="", help="what to call it; its own name if left out")
    back = _action(actions, "back", "use what was on before", adapters_of.back)
    back.add_argument("--model", default="", help="the base; the one in use if left out")
    voice = _action(actions, "voice", "teach the hearing how you speak", actions_of.voice)
    voice.add_argument("folder", type=Path, help="recordings, each with a .txt of its name")
    voice.add_argument("--name", required=True, help="what to call it")
    voice.add_argument("--others", type=Path, help="recordings of others, to be heard no worse")
    voice.add_argument("--language", default="en", help="two letters")
    voice.add_argument("--kind", choices=("both", "lora", "encoder"), default="both")
    voice.add_argument("--epochs", type=int, default=6)
    voice.add_argument("--check-only", action="store_true", help="only check the recordings")
    safety = _action(actions, "safety", "train the harm classifier anew", safety_of.train_safety)
    safety_of.add(safety)
    ours = _action(actions, "ours", "make Candor's own adapter for a base", _ours)
    ours_options.add(ours)


_NAME = "see `candor train list`"
_NAMES = {
    "switch": "see `candor train list`; `ours` is Candor's own adapter, `base` none at all",
    "export": "an adapter, or the folder of a run of `candor train ours`",
}


def _set(parser: argparse.ArgumentParser, act: Act) -> None:
    parser.set_defaults(run=lambda args: _told(args, act))


def _told(args: argparse.Namespace, act: Act) -> int:
    """Do it, telling a person or a window."""
    if not args.json:
        return act(args, Terminal())
    with own_output() as out:
        lines = Lines(out, sys.stdin, args.steered)
        try:
            return act(args, lines)
        except UserError as error:
            short = getattr(error, "short", 0)
            lines.wrong(error.notice, isinstance(error, adapters_of.Worse), short)
            return 1
        except KeyboardInterrupt:
            return 130


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, run: Act
) -> argparse.ArgumentParser:
    parser = actions.add_parser(
        name,
        help=text,
        description=text[0].upper() + text[1:] + ".",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _set(parser, run)
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument(
        "--steered",
        action="store_true",
        help="with --json: obey `stop` and `pause` on standard input; its end pauses",
    )
    return parser


def _data_options(parser: argparse.ArgumentParser, named: bool) -> None:
    add = parser.add_argument
    add("data", nargs="?", type=Path, help="a file or folder: jsonl, json, csv, tsv, txt, md")
    add("--history", action="store_true", help="the answers that you marked for training")
    add("--check", type=Path, help="your own examples to check with")
    add("--model", default="", help="the base: an id of `candor models list`, a path, a hub name")
    add("--no-augment", action="store_true", help="add no variants of questions to small sets")
    add("--seed", type=int, default=0)
    add("--most-tokens", type=int, default=1024, help="tokens of a row that are read")
    add("--name", required=named, default="", help="what to call the adapter")
    add("--full", action="store_true", help="train all weights (small models)")
    add("--rank", type=int, default=8, help="of the LoRA matrices")
    add("--layers", type=int, default=0, help="train only so many of the upper layers (faster)")
    add("--no-cache", action="store_true", help="with --layers: keep no states on disk")
    add("--epochs", type=int, default=3)
    add("--rate", type=float, default=2e-4, help="the highest learning rate")
    add("--batch", type=int, default=1, help="rows computed together")
    add("--accumulate", type=int, default=4, help="batches a step")
    add("--check-every", type=int, default=0, help="steps between checks; 0: each epoch")
    add("--patience", type=int, default=2, help="checks without a better one until it ends")
    add("--minutes", type=float, default=0.0, help="stop after so long")
    add("--dtype", choices=("bfloat16", "float16", "float32"), default="bfloat16")
    add("--checkpointing", action="store_true", help="less memory, a third slower")
    add("--device", default="auto", help="auto, cpu or cuda")
    add("--from", dest="start", default="", metavar="ADAPTER", help="begin from this adapter")


def _ours(args: argparse.Namespace, report: Report) -> int:
    from agent.training.shipped.__main__ import train_shipped

    return train_shipped(args)
