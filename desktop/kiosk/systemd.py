"""What a service tells systemd: that it is ready, and that it lives."""

from __future__ import annotations

import contextlib
import os
import socket
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Service:
    """The socket on which systemd listens; nothing is told where there is none."""

    address: str
    runtime: str = ""
    """The service's folder of this run; empty for none."""

    def notify(self, state: str) -> None:
        """Tell a state such as `READY=1` or `WATCHDOG=1`; no error where nobody listens."""
        if not self.address or not hasattr(socket, "AF_UNIX"):
            return
        # "@" stands for the abstract namespace of Linux.
        place = "\0" + self.address[1:] if self.address[0] == "@" else self.address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
                told.connect(place)
                told.send(state.encode())
        except OSError:
            return

    def note_left(self) -> None:
        """Say that the kiosk was left by PIN: the unit then does not start it again."""
        if self.runtime:
            with contextlib.suppress(OSError):
                (Path(self.runtime) / "left").touch(0o600)


def this_service() -> Service:
    """The service that this process belongs to."""
    runtime = os.environ.get("RUNTIME_DIRECTORY", "").split(":")[0]
    return Service(os.environ.get("NOTIFY_SOCKET", ""), runtime)
