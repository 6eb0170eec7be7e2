"""The weakest proof, for where nothing else is allowed: the sockets of the run are watched.

Two witnesses. An audit hook (PEP 578) in every Python process of the child's family sees each
connect, bind, send and name look-up before it happens. The operating system's own list of sockets,
read all the while, also shows what native code opens. Loopback and UNIX sockets are allowed.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import psutil  # type: ignore[import-untyped]

from desktop.cli.proof.run import run_to_end
from desktop.cli.proof.types import (
    Contact,
    Proof,
    environment,
    is_loopback,
)

_LOOK_EVERY = 0.03

_HOOK = '''\
"""Put there by `candor doctor --offline`: tells of every socket that is used."""

import json
import os
import sys

_process = " ".join(getattr(sys, "orig_argv", [sys.executable])[:4])[:120]


def _install():
    out = os.open(os.environ["CANDOR_SOCKET_LOG"], os.O_WRONLY | os.O_APPEND)
    watched = {"socket.connect": 1, "socket.bind": 1, "socket.sendto": 1, "socket.sendmsg": 1,
               "socket.getaddrinfo": 0, "socket.gethostbyname": 0, "socket.gethostbyaddr": 0}

    def hook(event, args):
        if event in watched:
            address = args[watched[event]]
            host = address[0] if isinstance(address, tuple) and address else address
            if isinstance(host, (str, bytes)) and not _local(args, address):
                text = host if isinstance(host, str) else host.decode("utf-8", "replace")
                words = {"event": event, "host": text, "process": _process}
                line = json.dumps({"pid": os.getpid(), **words})
                os.write(out, line.encode() + b"\\n")

    def _local(args, address):
        family = getattr(args[0], "family", None)
        return family is not None and not isinstance(address, tuple)

    sys.addaudithook(hook)
    os.write(out, json.dumps({"pid": os.getpid(), "event": "start", "host": ""}).encode() + b"\\n")


_install()
'''


_SEES = (
    "each use of a socket by a Python process (an audit hook), and what stands in the system's "
    "list of sockets, which was read {looks} times"
)
_BLIND = "a short look-up or connection by native code"


def prove(command: Sequence[str], folder: Path, timeout: float) -> Proof:
    """Run a command and watch its sockets; what it tries is not held back."""
    (folder / "sitecustomize.py").write_text(_HOOK, encoding="utf-8")
    log = folder / "sockets.jsonl"
    log.touch()
    lookouts: list[_Lookout] = []

    def watched(pid: int) -> _Lookout:
        lookouts.append(_Lookout(pid))
        return lookouts[0]

    around = environment(str(folder), CANDOR_SOCKET_LOG=str(log))
    code, output = run_to_end(command, timeout, around, watched)
    told = [msgspec.json.decode(line, type=Contact) for line in log.read_bytes().splitlines()]
    hooked = sum(contact.event == "start" for contact in told)
    outside = [c for c in told if c.event != "start" and not is_loopback(c.host)]
    contacts = tuple(dict.fromkeys([*outside, *lookouts[0].contacts]))
    sees = _SEES.format(looks=lookouts[0].looks)
    return Proof(tuple(command), code, output, "watch", sees, _BLIND, hooked, contacts)


@dataclass
class _Lookout:
    """Reads the system's list of sockets of a process and all its descendants, in a thread."""

    root: int
    contacts: list[Contact] = field(default_factory=list)
    looks: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> _Lookout:
        self._thread = threading.Thread(target=self._run, name="lookout", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(_LOOK_EVERY):
            self.looks += 1
            for process in _family(self.root):
                for contact in _sockets(process):
                    if contact not in self.contacts:
                        self.contacts.append(contact)


def _family(root: int) -> list[psutil.Process]:
    try:
        process = psutil.Process(root)
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def _sockets(process: psutil.Process) -> list[Contact]:
    try:
        found = process.net_connections(kind="inet")
    except (psutil.Error, OSError):
        return []
    ends = [(end, way) for s in found for end, way in ((s.raddr, "remote"), (s.laddr, "local"))]
    return [
        Contact(process.pid, f"{way} end of a socket", end.ip, process.name())
        for end, way in ends
        if end and not is_loopback(end.ip)
    ]
