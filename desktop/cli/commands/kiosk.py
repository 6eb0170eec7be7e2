"""`candor kiosk`: one screen for strangers, that nobody leaves."""

from __future__ import annotations

import argparse

from desktop.kiosk.admin.commands import add_subcommands
from desktop.kiosk.heartbeat import is_watched

_EPILOG = """\
examples:
  candor kiosk --profile museum
  candor --home /srv/candor kiosk --profile clinic

It ends at SIGTERM, or by the admin: a long press in the upper left corner. What only the system
can lock is told in docs/kiosk.md.
"""


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "kiosk",
        help="a screen for visitors, full and locked",
        description="Fill every screen for one visitor after the other: nothing of a visit is "
        "kept, and no key, menu or link leaves it. Exit code 1 when there is no display or no "
        "such profile, or when Candor runs already.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--profile", default="kiosk", metavar="NAME", help="as in candor profiles list"
    )
    parser.set_defaults(run=run_command)
    add_subcommands(parser.add_subparsers(title="for the owner", metavar="ACTION"))


def run_command(args: argparse.Namespace) -> int:
    """Show the kiosk and stay: first the watchdog, which runs the same command below it."""
    if not is_watched():
        from desktop.kiosk.watched import run_watched

        return run_watched(args.profile)
    from desktop.kiosk.app import run_kiosk

    return run_kiosk(args.profile)
