"""`candor chat`: a conversation in the terminal."""

from __future__ import annotations

import argparse
from dataclasses import replace

_EPILOG = """\
examples:
  candor chat
  candor chat --profile health

while it runs: Ctrl+C stops an answer; /why explains the last one; /wrong [words] marks what was
decided of it as wrong; /look FILE shows a picture with the next question, /read FILE gives a text
file along with it; /quit or Ctrl+D ends
"""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "chat",
        help="talk in the terminal",
        description="Talk in the terminal; answers stream as they are checked.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--profile", default="", help="everyday, health, driving, ...")
    parser.add_argument("--model", default="", help="a model of `candor models list`, or a file")
    parser.add_argument("--private", action="store_true", help="keep nothing on the disk")
    parser.set_defaults(run=run_command)


def run_command(args: argparse.Namespace) -> int:
    """Read questions until the end of input. Exit code 1 where the last one failed."""
    from agent.settings import config_folder, load
    from desktop.cli.chat import converse
    from desktop.cli.commands.ask import as_given
    from desktop.cli.output import print_error

    settings = load(config_folder() / "settings.toml", print_error)
    settings = replace(
        settings,
        profile=as_given(args.profile, "profile") or settings.profile,
        dialogue_model=as_given(args.model, "model") or settings.dialogue_model,
    )
    return 0 if converse(settings, private=args.private) else 1
