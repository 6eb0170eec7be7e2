"""`candor ask`: one question, typed, spoken or shown, and its checked answer."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from perception.types import UserError

_EPILOG = """\
examples:
  candor ask "Why is the sky blue?"
  candor ask --listen question.wav --look label.jpg --speak answer.wav
  echo "Summarise this" | candor ask - --json
"""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "ask",
        help="ask one question and get one answer",
        description="Ask one question by text, sound and pictures.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("text", nargs="?", default="", help="the question; - reads standard input")
    parser.add_argument("--listen", type=Path, metavar="SOUND", help="a spoken question")
    parser.add_argument(
        "--look", type=Path, metavar="PICTURE", action="append", default=[], help="a picture"
    )
    parser.add_argument("--speak", type=Path, metavar="WAV", help="write the spoken answer here")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--profile", default="", help="everyday, health, driving, ...")
    parser.add_argument("--model", default="", help="a model of `candor models list`, or a file")
    parser.add_argument("--engine", default="", help="gguf, local or remote")
    parser.add_argument("--private", action="store_true", help="keep nothing in the history")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ask, wait for the one reply, print it. Exit code 1 when the turn failed."""
    from agent.settings import config_folder, load
    from desktop.asking import Asking, answer, as_json, as_text

    asking = Asking(_text(args.text), args.listen, tuple(args.look), args.speak, args.private)
    if not (asking.text.strip() or asking.listen):
        raise UserError("There is no question.", 'Try: candor ask "What is a QR code?"')
    settings = load(config_folder() / "settings.toml")
    settings = replace(
        settings,
        profile=args.profile or settings.profile,
        dialogue_model=args.model or settings.dialogue_model,
        dialogue_engine=args.engine or settings.dialogue_engine,
    )
    shown = None if args.json else as_text(sys.stdout, sys.stderr)
    outcome = answer(asking, settings, shown)
    if args.json:
        print(as_json(outcome))
    return 0 if outcome.succeeded else 1


def _text(word: str) -> str:
    if word != "-":
        return word
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError(
            "Standard input is not text.", "Give it as UTF-8, or show a picture with --look."
        ) from error
