"""A command in one file: `candor hello NAME`.

Put it into `desktop/cli/commands/`, or install it as a package of its own with this in
pyproject.toml:

    [project.entry-points."candor.command"]
    hello = "hello_command:register"

Every start of `candor` imports it: what is heavy is imported by `run`.
"""

from __future__ import annotations

import argparse

from perception.types import UserError


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("hello", help="greet somebody")
    parser.add_argument("name", metavar="NAME", help="whom to greet")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Greet; returns the exit code. UserError where there is nobody to greet."""
    if not args.name.strip():
        raise UserError.plain("There is nobody to greet.", "Give a name: candor hello Ada.")
    print(f"Hello {args.name}.")
    return 0
