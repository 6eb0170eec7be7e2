"""`candor` and `candor window`: open the window."""

from __future__ import annotations

import argparse

_EPILOG = """\
examples:
  candor
  CANDOR_HOME=/media/stick/candor candor window
"""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "window",
        help="open the window (the default)",
        description="Open the window. Where Candor runs already, its window comes to the front. "
        "Exit code 1 when there is no display, or the one that runs does not answer.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run_command)


def run_command(args: argparse.Namespace) -> int:
    """Open the window and stay until it is closed."""
    from desktop.app import run_window as open_window

    return open_window()
