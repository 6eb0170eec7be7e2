"""One child process: a thread that reads what it tells, and one that writes what it is told."""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from desktop.processes.child_log import open_log
from desktop.processes.dispatch import quiet_start
from perception.trace import traced
from perception.wire import (
    BrokenWire,
    Codec,
    Outbox,
    receive,
)

_log = logging.getLogger("candor.processes")


@dataclass(frozen=True, slots=True)
class ChildEnded:
    """The child `name` ended. `start` counts its starts, so that an old end is told from a new."""

    name: str
    start: int
    code: int


class Child:
    """A running child. `deliver` is called in the reading thread, last with a `ChildEnded`."""

    def __init__(
        self,
        name: str,
        *,
        start: int,
        command: Sequence[str],
        environment: Mapping[str, str],
        codecs: tuple[Codec, Codec],
        log: Path,
        deliver: Callable[[object], None],
    ) -> None:
        self.name, self.start = name, start
        self._deliver, self._incoming = traced(deliver, name, "desktop"), codecs[1]
        with open_log(log) as errors:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, **environment},
                **quiet_start(),
            )
        self._outbox = Outbox(
            cast(BinaryIO, self._process.stdin), codecs[0], (), lambda: None, f"to-{name}"
        )
        self._send = traced(self._outbox.send, "desktop", name)
        _log.debug("%s started, start %d, process %d", name, start, self._process.pid)
        self._reader = threading.Thread(target=self._read, name=f"from-{name}", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def send(self, value: object) -> None:
        """Queue a value for the child; never blocks, and is no error when the child is gone."""
        self._send(value)

    def kill(self) -> None:
        """End it at once; `ChildEnded` follows."""
        self._process.kill()

    def wait(self, seconds: float) -> bool:
        """Whether it has ended within this time."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def close(self, seconds: float) -> None:
        """Let it end by itself within this time, then make it; no thread is left."""
        if not self.wait(seconds):
            self._process.terminate()
            if not self.wait(1.0):
                self._process.kill()
                self._process.wait()
        self._outbox.close()
        self._reader.join(2.0)
        with contextlib.suppress(OSError):
            cast(BinaryIO, self._process.stdin).close()
        cast(BinaryIO, self._process.stdout).close()

    def _read(self) -> None:
        try:
            for value in receive(cast(BinaryIO, self._process.stdout), self._incoming):
                self._deliver(value)
        except BrokenWire:
            self._process.kill()
        code = self._process.wait()
        _log.debug("%s ended with exit code %d", self.name, code)
        self._deliver(ChildEnded(self.name, self.start, code))
