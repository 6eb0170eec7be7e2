"""The strongest proof: the run has a network of its own, in which Candor answers everyone.

Linux alone. Root may make such a network, and on most systems every user (`unshare -r`).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from desktop.cli.proof.run import run_to_end
from desktop.cli.proof.trace import named
from desktop.cli.proof.types import (
    CALLS,
    CONTACTS,
    MADE,
    Contact,
    Proof,
    environment,
)

_SEES = (
    "every packet, name look-up and open port of every process of the run, native code too; "
    "nothing could leave"
)
_BLIND = (
    "what is handed to another program of this computer over a UNIX socket (the doors of the "
    "known name services were closed)"
)
_MEANS = ((), ("--map-root-user",))


def prove(command: Sequence[str], folder: Path, timeout: float) -> Proof | None:
    """Run a command in there; None where no such network can be made."""
    unshare = _allowed()
    if not unshare:
        return None
    whole = [*unshare, sys.executable, "-m", "desktop.cli.proof.world", str(folder), *command]
    code, output = run_to_end(whole, timeout, environment())
    made = folder / MADE
    if not made.exists():
        return None
    lines = (folder / CONTACTS).read_bytes().splitlines()
    contacts = [msgspec.json.decode(line, type=Contact) for line in lines]
    calls = folder / CALLS
    if calls.exists():
        contacts = list(named(contacts, calls.read_text("ascii", "replace").splitlines()))
    once = tuple(dict.fromkeys(contacts))
    looks = int(made.read_text() or "0")
    return Proof(tuple(command), code, output, "namespace", _SEES, _BLIND, looks, once)


def _allowed() -> list[str]:
    """The words that start a program in a network of its own; none where that is not allowed."""
    program = shutil.which("unshare")
    if sys.platform != "linux" or program is None:
        return []
    for more in _MEANS:
        words = [program, *more, "--net", "--mount", "--kill-child", "--fork"]
        tried = subprocess.run([*words, "true"], capture_output=True, check=False)
        if tried.returncode == 0:
            return words
    return []
