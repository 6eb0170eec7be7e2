"""`candor train` as a child process: a thread reads its lines, and nothing waits for it."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.processes import training_events as events
from desktop.processes.child_log import STARTED, open_log
from desktop.processes.dispatch import quiet_start
from perception.messages import plain

_LAST_LINES = 12


def command() -> list[str]:
    """What starts `candor train`."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "train"]
    return [sys.executable, "-m", "desktop", "train"]


class Trainer(QObject):
    """One child at a time. `told` carries an event, `ended` the exit code when all were told.

    The child goes on while no page shows it. At the end of the window its input closes: it
    saves where it stands and ends by itself.
    """

    told = Signal(object)
    ended = Signal(int)
    _line = Signal(int, bytes)
    _gone = Signal(int, int)

    def __init__(
        self, log: Path, start: Sequence[str] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._log, self._start = log, list(start or command())
        self._process: subprocess.Popen[bytes] | None = None
        self._count, self._closed = 0, False
        self.action = ""
        self._line.connect(self._take)
        self._gone.connect(self._end)

    @property
    def running(self) -> bool:
        """Whether a child is at work."""
        return self._process is not None

    def start(self, words: Sequence[str]) -> bool:
        """Run `candor train` with these words; False while another runs."""
        if self.running or self._closed:
            return False
        self._count += 1
        self.action = words[0]
        try:
            with open_log(self._log) as errors:
                self._process = subprocess.Popen(
                    [*self._start, *words, "--json", "--steered"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    **quiet_start(),
                )
        except OSError as error:
            self.told.emit(events.Wrong(plain(self._broken(), str(error))))
            self.ended.emit(1)
            return False
        arguments = (self._count, self._process)
        threading.Thread(target=self._read, args=arguments, name="trainer", daemon=True).start()
        return True

    def stop(self) -> None:
        """End the training and keep the best of it."""
        self._say(b"stop\n")

    def pause(self) -> None:
        """Save where it stands and end; the same words go on from there."""
        self._say(b"pause\n")

    def close(self) -> None:
        """Let it save and end by itself; nothing of it is shown any more."""
        self._closed = True
        if self._process is not None:
            with contextlib.suppress(OSError):
                cast(BinaryIO, self._process.stdin).close()

    def _say(self, word: bytes) -> None:
        if self._process is None:
            return
        pipe = cast(BinaryIO, self._process.stdin)
        # A child that has just ended tells so itself.
        with contextlib.suppress(OSError, ValueError):
            pipe.write(word)
            pipe.flush()

    def _read(self, count: int, process: subprocess.Popen[bytes]) -> None:
        with cast(BinaryIO, process.stdout) as lines:
            for line in lines:
                with contextlib.suppress(RuntimeError):
                    self._line.emit(count, line)
        code = process.wait()
        with contextlib.suppress(OSError):
            cast(BinaryIO, process.stdin).close()
        # The window may be gone by now, and this object with it.
        with contextlib.suppress(RuntimeError):
            self._gone.emit(count, code)

    def _take(self, count: int, line: bytes) -> None:
        if count != self._count:
            return
        try:
            self.told.emit(events.decode(line))
        except msgspec.MsgspecError:
            self.told.emit(events.Said(plain(line.decode(errors="replace").strip())))

    def _end(self, count: int, code: int) -> None:
        if count != self._count or self._process is None:
            return
        self._process = None
        if code not in (0, 1, 130):
            self.told.emit(events.Wrong(plain(self._broken(), self._advice(code))))
        self.ended.emit(code)

    def _broken(self) -> str:
        return self.tr("The training broke off.")

    def _advice(self, code: int) -> str:
        if code in (-9, 137):
            return self.tr(
                "The system ended it, most likely because memory ran out. Close other programs, "
                "or choose the quick way; what was learned up to the last save is kept."
            )
        with contextlib.suppress(OSError):
            lines = deque(self._log.read_text("utf-8", "replace").splitlines(), _LAST_LINES)
            # The line that says when it began is none of its own words.
            if lines and not lines[-1].startswith(STARTED):
                hint = self.tr("Start it again; it goes on from its last save. It said: {reason}")
                return hint.format(reason=lines[-1][:300])
        return self.tr("Start it again; it goes on from its last save.")
