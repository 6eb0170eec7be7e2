"""`candor talk`: a spoken conversation in the terminal, hands-free."""

from __future__ import annotations

import argparse
from dataclasses import replace

_EPILOG = """\
examples:
  candor talk
  candor talk --wake hey_jarvis
  candor talk --patience 2        for those who speak slowly

while it runs: speak; speak again to interrupt; Ctrl+C stops an answer, and ends when there is none
"""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "talk",
        help="talk aloud, without a window",
        description="Talk aloud, hands-free. It stays on this machine unless you chose a server.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--wake", metavar="WORD", default="", help="answer only after this word")
    parser.add_argument(
        "--patience", type=float, default=None, help="seconds of silence more than usual, 0 to 5"
    )
    parser.set_defaults(run=run_command)


def run_command(args: argparse.Namespace) -> int:
    """Talk until the user ends it."""
    from agent.settings import config_folder, limits, load
    from desktop.cli.commands.ask import as_given
    from desktop.cli.output import print_error
    from desktop.cli.talk import talk
    from perception.audio.ipc.messages import Mode

    settings = load(config_folder() / "settings.toml", print_error)
    least, most = limits("patience")
    wanted = settings.patience if args.patience is None else args.patience
    patience = max(least, min(most, wanted))
    word = as_given(args.wake, "wake word") or settings.wake_word
    mode = Mode.WAKE if args.wake else Mode.OPEN
    talk(replace(settings, wake_word=word, patience=patience), mode)
    return 0
