"""`candor`: the window, and everything that works without one."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence

from agent.private_files import make_private
from desktop.cli import commands
from desktop.cli.options import add_options, apply_options
from desktop.cli.output import drop_output
from desktop.cli.terminal_text import marked_output, print_error
from perception.discovery import offers
from perception.leftovers import sweep
from perception.logs import start_logging
from perception.startup import start_private
from perception.types import UserError
from safety.log_redaction import redact_logs

_log = logging.getLogger("candor.processes")

_EPILOG = """\
examples:
  candor                                   open the window
  candor ask "What is a QR code?"          one answer, in the terminal
  candor ask --listen question.wav --look scene.jpg --speak answer.wav
  candor chat                              talk in the terminal
  candor doctor                            what runs where, and why

exit codes: 0 done, 1 failed (the reason is on standard error), 2 wrong usage, 130 cancelled
"""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    start_private()
    sweep()
    for stream in (sys.stdout, sys.stderr):
        # A Windows console's code page would fail on the first “ or 你.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if hasattr(sys.stdin, "reconfigure"):
        # In the C locale bytes that are no text would pass, as lone surrogates.
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")
    with marked_output():
        return _run(words)


def _run(words: Sequence[str] | None) -> int:
    try:
        args = _parser().parse_args(words)
        apply_options(args)
        start_logging(logging.DEBUG if args.verbose else logging.WARNING)
        redact_logs()
        make_private()
        code = int(args.run(args))
        # A reader that has gone shows itself here, not in a traceback at the very end.
        sys.stdout.flush()
        return code
    except UserError as error:
        print_error(error)
        return 1
    except KeyboardInterrupt:
        print("Cancelled.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        drop_output()
        return 1
    except Exception as error:
        # Told here, where what it quotes is marked; the interpreter would print it as it is.
        _log.exception("unexpected: %s", error)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="candor",
        description="A private companion that listens, looks, answers and explains itself.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_options(parser)
    parser.set_defaults(run=_open_window)
    subcommands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for offer in offers(commands.__name__, "register", "candor.command"):
        try:
            offer.load()(subcommands)
        except Exception as error:
            if not offer.installed:
                raise
            _log.error("the command of %s is left out: %r", offer.where, error)
    return parser


def _open_window(args: argparse.Namespace) -> int:
    from desktop.cli.commands import window

    return window.run_command(args)


if __name__ == "__main__":
    sys.exit(main())
