"""Runs a command in a network where every name and address is Candor's own small server.

`python -m desktop.cli.proof.world FOLDER COMMAND ...`, inside new network and mount namespaces.
It writes each attempt to FOLDER as one line of JSON, and ends with the command's exit code.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from desktop.cli.proof import links, server, trace
from desktop.cli.proof.types import (
    CALLS,
    CONTACTS,
    MADE,
    Contact,
)
from perception.startup import start_private

_CONTROL = "candor-control"
_CONTROL_ADDRESS, _CONTROL_PORT = "192.0.2.99", 9
_CONTROL_PLACE = f"{_CONTROL_ADDRESS} port {_CONTROL_PORT}"
_PATIENCE = 5.0
_AFTERGLOW = 0.5
"""Seconds in which the last packets are still taken."""


class Log:
    """Takes attempts from every thread, once each. `seen` are kinds of our own, to try it out."""

    def __init__(self, file: Path) -> None:
        self._file, self._lock = file, threading.Lock()
        self._known: set[Contact] = set()
        self.seen: set[str] = set()
        file.touch()

    def __call__(self, contact: Contact) -> None:
        """Write an attempt down."""
        with self._lock:
            if _CONTROL in contact.host or contact.host == _CONTROL_PLACE:
                self.seen.add(contact.event)
            elif contact not in self._known:
                self._known.add(contact)
                with self._file.open("ab") as file:
                    file.write(msgspec.json.encode(contact) + b"\n")


def main(arguments: Sequence[str]) -> int:
    """The exit code of the command; 1 where the network could not be made (it is said why)."""
    start_private()
    folder, command = Path(arguments[0]), arguments[1:]
    try:
        links.everything_is_here()
        links.close_name_services(folder)
        log = Log(folder / CONTACTS)
        lookout = server.Lookout(log)
        server.answer_everyone(log)
        server.watch_doors(log)
        _try_out(log)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"No network of its own: {error}", file=sys.stderr)
        return 1
    (folder / MADE).touch()
    # The network sees everything; strace, where it may run, names who has gone too soon.
    whole = [*trace.tracer(folder / CALLS), *command]
    code = subprocess.run(whole, check=False).returncode
    time.sleep(_AFTERGLOW)
    (folder / MADE).write_text(str(lookout.packets), encoding="ascii")
    return code


def _try_out(log: Log) -> None:
    """Reach out in three ways ourselves: OSError where one of them would not be seen."""
    with socket.create_connection((f"{_CONTROL}.invalid", 443), timeout=_PATIENCE) as door:
        door.sendall(f"GET / HTTP/1.1\r\nHost: {_CONTROL}\r\n\r\n".encode())
        door.settimeout(_PATIENCE)
        door.recv(1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as packet:
        packet.sendto(b"", (_CONTROL_ADDRESS, _CONTROL_PORT))
    end = time.monotonic() + _PATIENCE
    while len(log.seen) < 3:
        if time.monotonic() > end:
            raise OSError(f"only {len(log.seen)} of 3 attempts of our own were seen")
        time.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
