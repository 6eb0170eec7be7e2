"""Proof that a run of Candor talks to nobody: it runs in a child whose sockets are watched.

Two witnesses. An audit hook (PEP 578) in every Python process of the child's family sees each
connect, bind, send and name look-up before it happens. The operating system's own list of sockets,
read all the while, also shows what native code opens. Loopback and UNIX sockets are allowed.
"""

from __future__ import annotations

import ipaddress
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import psutil  # type: ignore[import-untyped]

_LOOK_EVERY = 0.03

_HOOK = '''\
"""Put there by `candor doctor --offline`: tells of every socket that is used."""

import json
import os
import sys


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
                line = json.dumps({"pid": os.getpid(), "event": event, "host": text})
                os.write(out, line.encode() + b"\\n")

    def _local(args, address):
        family = getattr(args[0], "family", None)
        return family is not None and not isinstance(address, tuple)

    sys.addaudithook(hook)
    os.write(out, json.dumps({"pid": os.getpid(), "event": "start", "host": ""}).encode() + b"\\n")


_install()
'''


@dataclass(frozen=True, slots=True)
class Contact:
    """A use of a socket that is not loopback. `host` is an address or the name looked up."""

    pid: int
    event: str
    host: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What was seen. `hooked` is how many Python processes reported for duty."""

    command: tuple[str, ...]
    code: int
    output: str
    hooked: int
    looks: int
    contacts: tuple[Contact, ...]

    @property
    def holds(self) -> bool:
        """Whether the run succeeded and nobody was contacted."""
        return self.code == 0 and self.hooked > 0 and not self.contacts


def typed_turn() -> tuple[str, ...]:
    """The command of a whole typed turn with the user's own models, kept out of the history."""
    question = "How many legs has a spider?"
    return (sys.executable, "-m", "desktop", "ask", "--private", "--json", question)


def watch(command: Sequence[str], timeout: float = 300.0) -> Proof:
    """Run a command to its end and tell whom it contacted; subprocess.TimeoutExpired if too long.

    The command's Python processes must honour PYTHONPATH (no -I, no -E).
    """
    with tempfile.TemporaryDirectory(prefix="candor-offline-") as name:
        folder = Path(name)
        (folder / "sitecustomize.py").write_text(_HOOK, encoding="utf-8")
        log = folder / "sockets.jsonl"
        log.touch()
        paths = [name, str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path for path in paths if path),
            "CANDOR_SOCKET_LOG": str(log),
        }
        with (
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                env=environment,
            ) as process,
            _Lookout(process.pid) as lookout,
        ):
            try:
                output, _ = process.communicate(timeout=timeout)
            except BaseException:
                process.kill()
                raise
        told = [msgspec.json.decode(line, type=Contact) for line in log.read_bytes().splitlines()]
    hooked = sum(contact.event == "start" for contact in told)
    outside = [c for c in told if c.event != "start" and not is_loopback(c.host)]
    contacts = tuple(dict.fromkeys([*outside, *lookout.contacts]))
    return Proof(tuple(command), process.returncode, output, hooked, lookout.looks, contacts)


def is_loopback(host: str) -> bool:
    """Whether an address or a name means this machine only; 0.0.0.0 and "" mean everyone."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


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
        Contact(process.pid, f"{way} end of a socket", end.ip)
        for end, way in ends
        if end and not is_loopback(end.ip)
    ]
