"""`candor ask`: one question, typed, spoken or shown, and its checked answer."""

from __future__ import annotations

import argparse
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.codes import DesktopCode
from perception.types import UserError

if TYPE_CHECKING:
    from agent.settings import Settings
    from desktop.cli.ask import Asking

_EPILOG = """\
examples:
  candor ask "Why is the sky blue?"
  candor ask --look label.jpg --why "How many tablets a day?"
  candor ask "What was decided?" --file minutes.txt --file letter.md
  candor ask --listen question.wav --look label.jpg --speak answer.wav
  echo "Summarise this" | candor ask - --json

--json prints one object: heard, scene, reply, sentences, why, timings_ms, model, device,
server (who got the words; empty: nobody); and errors, where something failed. With --why,
why.causes holds what each sentence rests on, or unmeasured why that is not known.

exit codes: 0 answered or refused with a reason, 1 failed, 2 wrong usage, 130 cancelled
"""
_MOST_BYTES = 50_000_000


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "ask",
        help="ask one question and get one answer",
        description="Ask one question by text, sound, pictures and text files.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("text", nargs="?", default="", help="the question; - reads standard input")
    parser.add_argument("--listen", type=Path, metavar="SOUND", help="a spoken question")
    parser.add_argument(
        "--look", type=Path, metavar="PICTURE", action="append", default=[], help="a picture"
    )
    parser.add_argument(
        "--file",
        type=Path,
        metavar="TEXT",
        action="append",
        default=[],
        help="a text file to answer from",
    )
    parser.add_argument("--speak", type=Path, metavar="WAV", help="write the spoken answer here")
    parser.add_argument("--why", action="store_true", help="also measure what the answer rests on")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--profile", default="", help="everyday, health, driving, ...")
    parser.add_argument("--model", default="", help="a model of `candor models list`, or a file")
    parser.add_argument("--engine", default="", help="gguf, local or remote")
    parser.add_argument("--private", action="store_true", help="keep nothing on the disk")
    parser.set_defaults(run=run_command)


def run_command(args: argparse.Namespace) -> int:
    """Ask, wait for the one reply, print it. Exit code 1 when the turn failed."""
    from agent.events import Failed
    from desktop.cli.ask import (
        Outcome,
        answer,
        as_json,
        as_text,
    )
    from desktop.cli.output import own_output
    from desktop.cli.why import lines

    with own_output() as out:
        shown = as_text(None if args.json else out, sys.stderr)
        try:
            outcome = answer(_asking(args), _settings(args), shown)
        except UserError as error:
            if args.json:
                print(as_json(Outcome(failures=[Failed("", error.notice)])), file=out)
            raise
        if args.json:
            print(as_json(outcome), file=out)
        elif args.why and outcome.reply is not None:
            print("", *lines(outcome.reply.why), sep="\n", file=out)
            if outcome.unmeasured is not None:
                print(outcome.unmeasured, file=sys.stderr)
    return 0 if outcome.succeeded else 1


def _asking(args: argparse.Namespace) -> Asking:
    from agent.attached_text import MOST_TEXTS
    from agent.codes import AgentCode
    from desktop.cli.ask import Asking

    text = _from_input() if args.text == "-" else as_given(args.text, "question")
    if not (text.strip() or args.listen or args.file):
        raise UserError(DesktopCode.NO_QUESTION)
    if len(args.file) > MOST_TEXTS:
        raise UserError(AgentCode.TOO_MANY_TEXTS, most=MOST_TEXTS)
    files = tuple(args.file)
    return Asking(text, args.listen, tuple(args.look), args.speak, args.private, args.why, files)


def _settings(args: argparse.Namespace) -> Settings:
    from agent.settings import config_folder, load
    from desktop.cli.output import print_error

    settings = load(config_folder() / "settings.toml", print_error)
    return replace(
        settings,
        profile=as_given(args.profile, "profile") or settings.profile,
        dialogue_model=as_given(args.model, "model") or settings.dialogue_model,
        dialogue_engine=as_given(args.engine, "engine") or settings.dialogue_engine,
    )


def as_given(word: str, what: str) -> str:
    """A word of the command line; UserError where its bytes, lone surrogates here, are no text."""
    try:
        return word.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError as error:
        raise UserError(DesktopCode.ARGUMENT_IS_NOT_TEXT, what=what) from error


def _from_input() -> str:
    data = sys.stdin.buffer.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise UserError(DesktopCode.INPUT_TOO_LONG, most=_MOST_BYTES // 1000000)
    try:
        # Windows writes UTF-16 with a mark, and UTF-8 with one.
        return data.decode("utf-16" if data[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(DesktopCode.INPUT_IS_NO_TEXT_OR_PICTURE) from error
