"""The proof by strace, where no network namespace can be made: each call to the system is read."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from desktop.cli.proof.packets import asked_name
from desktop.cli.proof.run import run_to_end
from desktop.cli.proof.types import (
    Contact,
    Proof,
    environment,
    is_loopback,
)

_SEES = "{looks} calls about sockets by every process of the run, native code too"
_BLIND = (
    "what is handed to another program over a UNIX socket (asking a known name service is seen); "
    "what is tried is not held back"
)
_CALL = re.compile(r"^(?P<pid>\d+) +(?P<call>\w+)\((?P<rest>.*)")
_PLACE = re.compile(
    r"sin6?_port=htons\((?P<port>\d+)\).*?(?:inet_addr\(|inet_pton\(AF_INET6, )"
    r'"(?P<host>[^"]+)"'
)
_SAID = re.compile(r'"((?:\\x[0-9a-f]{2})+)"')
_STARTED = re.compile(r"^(?P<pid>\d+) +(?:<\.\.\. )?(?:clone3?|v?fork)\b.* = (?P<child>\d+)$")
_BECAME = re.compile(r'^(?P<pid>\d+) +execve\("[^"]*", \[(?P<words>[^\]]*)')
_CALLS = "trace=network,execve,clone,clone3,fork,vfork"
_OUTWARD = ("connect", "sendto", "sendmsg", "sendmmsg", "bind")
_NAME_SERVICES = ("io.systemd.Resolve", "nscd/socket", "avahi-daemon/socket")
_DNS = b"\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"


def prove(command: Sequence[str], folder: Path, timeout: float) -> Proof | None:
    """Run a command under strace; None where there is none, or it may not trace."""
    out = folder / "calls"
    strace = tracer(out)
    if not strace:
        return None
    code, output = run_to_end([*strace, *command], timeout, environment())
    lines = out.read_text("ascii", "replace").splitlines()
    contacts = tuple(dict.fromkeys(attempts(lines)))
    sees = _SEES.format(looks=len(lines))
    whole = tuple(command)
    return Proof(whole, code, output, "strace", sees, _BLIND, len(lines), contacts)


def tracer(out: Path) -> list[str]:
    """The words that run a command under strace, which writes to `out`; none where it may not."""
    strace = shutil.which("strace")
    if strace is None:
        return []
    for fast in (["--seccomp-bpf"], []):
        words = [strace, "-f", *fast, "-qq", "-x", "-s", "300", "-e", _CALLS, "-o"]
        tried = subprocess.run([*words, "/dev/null", "true"], capture_output=True, check=False)
        if tried.returncode == 0:
            return [*words, str(out)]
    return []


def named(contacts: Iterable[Contact], lines: Iterable[str]) -> Iterator[Contact]:
    """The contacts, each whose process had gone named after the call that made it."""
    known = {each.host: each for each in attempts(lines)}
    for contact in contacts:
        place = contact.host.partition(" (")[0]
        if contact.pid == 0 and place in known:
            yield replace(contact, pid=known[place].pid, process=known[place].process)
        else:
            yield contact


def attempts(lines: Iterable[str]) -> Iterator[Contact]:
    """What in the output of strace reaches for something that is not this computer."""
    family = ProcessTree()
    for line in lines:
        family.read_line(line)
        call = _CALL.match(line)
        if call is None or call["call"] not in _OUTWARD:
            continue
        pid = int(call["pid"])
        for event, host in _reached(call["call"], call["rest"]):
            yield Contact(pid, event, host, family.name(pid))


def _reached(call: str, rest: str) -> Iterator[tuple[str, str]]:
    """What one call reaches for: the event and the host."""
    if name := _looked_up(rest):
        yield "look-up of the name", name
    for place in _PLACE.finditer(rest):
        if not is_loopback(place["host"]):
            yield call, f"{place['host']} port {place['port']}"
    if call == "connect" and rest.endswith("= 0"):
        yield from (("question to a name service", each) for each in _NAME_SERVICES if each in rest)


class ProcessTree:
    """The programs of the run: strace names threads and processes by number alone."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._parents: dict[int, int] = {}

    def read_line(self, line: str) -> None:
        """Learn from one line of strace."""
        if begun := _STARTED.match(line):
            self._parents[int(begun["child"])] = int(begun["pid"])
        elif became := _BECAME.match(line):
            words = re.findall(r'"([^"]*)"', became["words"])[:4]
            self._names[int(became["pid"])] = " ".join(words)[:120]

    def name(self, pid: int) -> str:
        """The command of a process, or of the one that it is a thread of; as far as known."""
        while pid not in self._names and pid in self._parents:
            pid = self._parents[pid]
        return self._names.get(pid, "")


def _looked_up(rest: str) -> str:
    """The name in a DNS query that is sent, if one is."""
    for said in _SAID.findall(rest):
        data = bytes.fromhex(said.replace("\\x", ""))
        if data[2:12] == _DNS:
            return asked_name(data)
    return ""
