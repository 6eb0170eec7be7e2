"""The kiosk's log with a limit that holds while it runs for months."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path
from typing import BinaryIO

from desktop.processes.child_log import MOST_BYTES, open_log

_BLOCK = 65_536


class LimitedLog:
    """Copies what a child writes into a log; a full one is put behind.

    It never stops reading: a disk that is full must not block the child. What is written goes to
    standard error as well, for a terminal and the journal of systemd.
    """

    def __init__(self, file: Path, source: BinaryIO) -> None:
        self._file, self._source = file, source
        self._stream: BinaryIO | None = None
        self._written = 0
        self._thread = threading.Thread(target=self._copy, name="kiosk-log", daemon=True)
        self._thread.start()

    def close(self, seconds: float = 1.0) -> None:
        """Wait for the end of what the child wrote."""
        self._thread.join(seconds)

    def _copy(self) -> None:
        with contextlib.suppress(OSError, ValueError), self._source:
            while data := self._source.read1(_BLOCK):  # type: ignore[attr-defined]
                self._append(data)
        if self._stream:
            self._stream.close()

    def _append(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            os.write(2, data)
        try:
            if self._stream is None or self._written + len(data) > MOST_BYTES:
                if self._stream:
                    self._stream.close()
                    self._stream = None
                self._stream = open_log(self._file)
                self._written = self._file.stat().st_size
            self._stream.write(data)
            self._stream.flush()
            self._written += len(data)
        except OSError:
            self._stream = None
