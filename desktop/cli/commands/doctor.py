"""`candor doctor`: what runs where, why, and what is missing; `--offline` proves the silence."""

from __future__ import annotations

import argparse
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.cli.checkup import Checkup
    from desktop.cli.offline import Proof

_EPILOG = """\
examples:
  candor doctor
  candor doctor --json
  candor doctor --offline       run a whole turn and show that nobody is contacted

exit codes: 0 all is well, 1 something must be mended (it is named), 2 wrong usage
"""
_GB = 1e9


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "doctor",
        help="what runs where, why, and what is missing",
        description="Examine this installation. Loads no model and opens no device.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--offline",
        action="store_true",
        help="run a typed turn in a child process and watch every socket that it opens",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the account; 1 when something must be mended."""
    from desktop.cli.checkup import examine_all

    checkup = examine_all()
    proof = _prove() if args.offline else None
    if args.json:
        _print_json(checkup, proof)
    else:
        _print(checkup)
        if proof:
            _print_proof(proof)
    return 1 if checkup.problems or (proof and not proof.holds) else 0


def _prove() -> Proof:
    from desktop.cli.offline import typed_turn, watch
    from perception.types import UserError

    print("Running a typed turn and watching its sockets ...", file=sys.stderr, flush=True)
    try:
        return watch(typed_turn())
    except subprocess.TimeoutExpired as error:
        raise UserError(
            f"The turn did not end within {error.timeout:.0f} s, so nothing is proven.",
            "Close other programs and try again.",
        ) from error


def _print_json(checkup: Checkup, proof: Proof | None) -> None:
    import msgspec

    from desktop.cli.terminal_text import json_text

    account = msgspec.to_builtins(checkup)
    if proof:
        account["offline"] = {"holds": proof.holds, **msgspec.to_builtins(proof)}
    print(json_text(account))


def _print(checkup: Checkup) -> None:
    hardware, choice = checkup.hardware, checkup.choice
    versions = ", ".join(f"{name} {known or 'missing'}" for name, known in checkup.packages.items())
    gpu = hardware.gpu
    card = f"{gpu.name}, {gpu.free / _GB:.1f} of {gpu.memory / _GB:.1f} GB free" if gpu else "none"
    here = [model.id for model in checkup.models if not model.problem]
    sound = checkup.sound
    rows = [
        ("Candor", f"{checkup.candor or 'not installed as a package'}, Python {checkup.python}"),
        ("packages", versions),
        ("computer", f"{hardware.system}, {hardware.processor}, {hardware.cores} cores"),
        ("memory", f"{hardware.free / _GB:.1f} of {hardware.memory / _GB:.1f} GB free"),
        ("NVIDIA card", card),
        ("dialogue", f"{choice.model}, {choice.engine} on {choice.device}" if choice else "none"),
        ("because", choice.reason if choice else ""),
        ("models here", ", ".join(here) or "none"),
        *((f"{name} in", place) for name, place in checkup.folders.items()),
        ("free disk", f"{checkup.free_disk / _GB:.1f} GB"),
        ("microphones", ", ".join(sound.microphones) or sound.note or "none"),
        ("speakers", ", ".join(sound.speakers) or sound.note or "none"),
        ("cameras", ", ".join(checkup.cameras) or "none seen"),
        ("display", "yes" if checkup.display else "none: the commands work, the window does not"),
    ]
    for name, text in rows:
        print(f"{name + ':':<14}{text}")
    for problem in checkup.problems:
        print(f"To mend:      {problem}")
    if not checkup.problems:
        print("All is well.")


def _print_proof(proof: Proof) -> None:
    if proof.code:
        last = proof.output.strip().splitlines()[-2:]
        print(f"Offline:      not proven, the turn failed: {' '.join(last)}")
    for contact in proof.contacts:
        print(f"Offline:      NO: process {contact.pid}, {contact.event}: {contact.host or 'all'}")
    if proof.holds:
        print(
            "Offline:      yes. A whole turn was answered; no socket but loopback was used "
            f"({proof.hooked} Python processes under an audit hook, the system's socket list "
            f"read {proof.looks} times)."
        )
