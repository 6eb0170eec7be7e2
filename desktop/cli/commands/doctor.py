"""`candor doctor`: what runs where, why, and what is missing; `--offline` proves the silence."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.codes import DesktopCode

if TYPE_CHECKING:
    from desktop.cli.checkup import Checkup
    from desktop.cli.proof.types import Proof

_EPILOG = """\
examples:
  candor doctor
  candor doctor --json
  candor doctor --offline       run whole turns and show that nobody is contacted
  candor doctor --clean         remove what earlier versions and dead processes left behind

exit codes: 0 all is well, 1 something must be mended (it is named), 2 wrong usage
"""
_GB = 1e9
_WAYS = {
    "namespace": "a network of its own, in which Candor answers every name and address",
    "strace": "strace, because no network of its own may be made here",
    "watch": "watching sockets, because neither a network of its own nor strace may be used here",
}


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
        help="run whole turns where every attempt to reach anybody is seen",
    )
    parser.add_argument(
        "--clean", action="store_true", help="remove what was left behind, and tell what"
    )
    parser.set_defaults(run=run_command)


def run_command(args: argparse.Namespace) -> int:
    """Print the account; 1 when something must be mended."""
    from desktop.cli.checkup import examine_all

    removed = _clean() if args.clean else ()
    checkup = examine_all()
    proofs = _prove() if args.offline else ()
    if args.json:
        _print_json(checkup, proofs, removed)
    else:
        _print(checkup)
        for file in removed:
            print(f"Removed:      {file}")
        for proof in proofs:
            _print_proof(proof)
        if proofs:
            _print_verdict(proofs)
    return 1 if checkup.problems or not all(proof.holds for proof in proofs) else 0


def _clean() -> tuple[str, ...]:
    from perception.leftovers import remove_reports, sweep
    from perception.types import UserError

    try:
        return tuple(str(path) for path in (*remove_reports(), *sweep()))
    except OSError as error:
        raise UserError(
            DesktopCode.FILE_NOT_REMOVED, file=error.filename, reason=error.strerror
        ) from error


def _prove() -> tuple[Proof, ...]:
    from desktop.cli.offline import prove, turns
    from perception.leftovers import owned_prefix
    from perception.types import UserError

    print(
        "Running whole turns and watching whom they try to reach ...", file=sys.stderr, flush=True
    )
    try:
        with tempfile.TemporaryDirectory(prefix=owned_prefix()) as folder:
            return tuple(prove(command) for command in turns(Path(folder)))
    except subprocess.TimeoutExpired as error:
        raise UserError(DesktopCode.PROOF_TIMED_OUT, timeout=f"{error.timeout:.0f}") from error


def _print_json(checkup: Checkup, proofs: Sequence[Proof], removed: Sequence[str]) -> None:
    import msgspec

    from desktop.cli.terminal_text import json_text

    account = msgspec.to_builtins(checkup)
    if proofs:
        runs = [{"holds": proof.holds, **msgspec.to_builtins(proof)} for proof in proofs]
        account["offline"] = {"holds": all(proof.holds for proof in proofs), "runs": runs}
    if removed:
        account["removed"] = list(removed)
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
    if checkup.reports:
        names = ", ".join(checkup.reports)
        print(f"Left behind:  {names}: reports that a library of an earlier version kept for its")
        print("              vendor. candor doctor --clean removes them.")
    for problem in checkup.problems:
        print(f"To mend:      {problem}")
    if not checkup.problems:
        print("All is well.")


def _print_proof(proof: Proof) -> None:
    if proof.code:
        last = proof.output.strip().splitlines()[-2:]
        print(f"Offline:      not proven, a run failed: {' '.join(last)}")
    for contact in proof.contacts:
        who = f"process {contact.pid}" if contact.pid else "a process that had gone"
        named = f" ({contact.process})" if contact.process else ""
        print(f"Offline:      NO: {who}{named}: {contact.event} {contact.host or 'everyone'}")


def _print_verdict(proofs: Sequence[Proof]) -> None:
    if all(proof.holds for proof in proofs):
        print(
            "Offline:      yes. A typed turn, and one heard, seen and spoken, were answered, mind "
            "and ears then waited for a while, and nobody was looked up or contacted."
        )
    for way in {proof.way: proof for proof in proofs}.values():
        print(f"Proof:        by {_WAYS[way.way]}. It sees {way.sees}.")
        print(f"              It cannot see {way.blind}.")
