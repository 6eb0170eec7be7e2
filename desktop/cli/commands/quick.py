"""`candor quick`: the bar for a quick question."""

from __future__ import annotations

import argparse

_EPILOG = """\
examples:
  candor quick
  candor --home /media/stick/candor quick
"""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "quick",
        help="ask a quick question in a small bar over any program",
        description="Open the bar for a quick question. Where Candor runs, the bar comes from "
        "there; else Candor is started. Give this command a key in the keyboard settings of your "
        "system. Exit code 1 when there is no display, or the one that runs does not answer.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run_command)


def run_command(args: argparse.Namespace) -> int:
    """Open the bar."""
    from desktop.app import run_window

    return run_window(quick=True)
