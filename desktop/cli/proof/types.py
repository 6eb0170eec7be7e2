"""What a proof of silence consists of."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CONTACTS = "contacts.jsonl"
"""The file of attempts in the folder of a proof: a `Contact` a line."""
CALLS = "calls"
"""What strace saw of the run, where it may run."""
MADE = "made"
"""Is there once the network stood; in it, in the end, how many packets were looked at."""


@dataclass(frozen=True, slots=True)
class Contact:
    """An attempt to reach what is not this computer. `host` is an address or the name looked up.

    `process` is the name of the process; with a `pid` of 0 it had gone before it could be named.
    """

    pid: int
    event: str
    host: str
    process: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was seen. `way` is how it was looked at, `sees` and `blind` what that can and cannot.

    `looks` is how much was looked at, in the unit that `sees` names.
    """

    command: tuple[str, ...]
    code: int
    output: str
    way: str
    sees: str
    blind: str
    looks: int
    contacts: tuple[Contact, ...]

    @property
    def holds(self) -> bool:
        """Whether the run succeeded, was looked at, and nobody was contacted."""
        return self.code == 0 and self.looks > 0 and not self.contacts


def is_loopback(host: str) -> bool:
    """Whether an address or a name means this machine only; 0.0.0.0 and "" mean everyone."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def environment(*paths: str, **more: str) -> Mapping[str, str]:
    """The environment of a run: `paths`, then Candor's own, go first where Python looks."""
    whole = [*paths, str(Path(__file__).parents[3]), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(each for each in whole if each), **more}
