"""The link between mind and ears: frames over a local socket or named pipe, never pickle."""

from __future__ import annotations

import os
import queue
import secrets
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path

from perception.trace import traced
from perception.wire import MOST_BYTES, BrokenWire, Codec

ADDRESS = "CANDOR_EARS_ADDRESS"
KEY = "CANDOR_EARS_KEY"


def meeting_place(folder: Path) -> dict[str, str]:
    """Where mind and ears find each other, as environment variables for both.

    `folder` is open to the user alone and has a short path: a socket's may have about 100
    characters, so it is none of the data folder's.
    """
    if sys.platform == "win32":
        address = rf"\\.\pipe\candor-{secrets.token_hex(16)}"
    else:
        address = str(folder / "ears")
    return {ADDRESS: address, KEY: secrets.token_hex(32)}


class Link:
    """One end of an open connection: a thread reads, a thread writes, nobody waits.

    `on_message` gets each value, `on_end` is called once when the other side is gone. Both run
    in the reading thread. `sides` names this end and the other in a trace; only one end gives it.
    """

    def __init__(
        self,
        connection: Connection,
        codec: Codec,
        on_message: Callable[[object], None],
        on_end: Callable[[], None],
        sides: tuple[str, str] | None = None,
    ) -> None:
        self._connection, self._codec = connection, codec
        self._on_message, self._on_end = on_message, on_end
        self._outgoing: queue.SimpleQueue[object | None] = queue.SimpleQueue()
        self._put: Callable[[object], None] = self._outgoing.put
        if sides:
            own, other = sides
            self._on_message = traced(on_message, other, own)
            self._put = traced(self._put, own, other)
        self._woken, self._waker = Pipe(duplex=False)
        self._writer = threading.Thread(target=self._write, name="link-out", daemon=True)
        self._reader = threading.Thread(target=self._read, name="link-in", daemon=True)

    def start(self) -> None:
        """Begin to read and write."""
        self._writer.start()
        self._reader.start()

    def send(self, value: object) -> None:
        """Queue a value; lost if the other side goes before it is read."""
        self._put(value)

    def close(self) -> None:
        """End the link; `on_end` follows."""
        try:
            self._waker.send_bytes(b"x")
        except OSError:
            return  # it has ended already

    def _read(self) -> None:
        try:
            while self._woken not in wait([self._connection, self._woken]):
                self._on_message(self._codec.decode(self._connection.recv_bytes(MOST_BYTES)))
        except (OSError, EOFError, BrokenWire) as error:
            if isinstance(error, BrokenWire):
                print(f"mind link: {error}", file=sys.stderr)
        finally:
            self._outgoing.put(None)
            self._on_end()
            self._connection.close()
            self._woken.close()
            self._waker.close()

    def _write(self) -> None:
        while (value := self._outgoing.get()) is not None:
            try:
                self._connection.send_bytes(self._codec.encode(value))
            except (OSError, ValueError):
                return  # the reader sees the end too


def remove_stale(address: str) -> None:
    """Remove the socket that a dead process left, so that the next can listen there."""
    if sys.platform != "win32" and os.path.exists(address):
        os.unlink(address)
