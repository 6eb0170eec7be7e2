"""The parent of the kiosk: it starts it, sees that it died or hangs, and starts it again."""

from __future__ import annotations

import logging
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from desktop.kiosk.heartbeat import CUT, LEFT, RESTARTS, VISITED, WATCHED
from desktop.kiosk.limited_log import LimitedLog
from desktop.kiosk.systemd import Service, this_service
from desktop.processes.dispatch import quiet_start

_log = logging.getLogger("candor.processes")
_VMSTAT = Path("/proc/vmstat")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that the watchdog waits for things."""

    beat: float = 3.0
    """Without one, the window hangs."""
    start: float = 60.0
    """Until the first beat: Python, Qt and a slow disk."""
    look: float = 0.25
    close: float = 5.0
    """For a window that was asked to close."""
    lived: float = 30.0
    """One that lived shorter died at once."""
    longest_pause: float = 60.0


@dataclass(slots=True)
class Watchdog:
    """Keeps `command` running. `rests` says whether now is the hour of the nightly restart."""

    command: Sequence[str]
    log: Path
    rests: Callable[[datetime], bool] = lambda now: False
    calm: Sequence[str] = ()
    """A command that shows a calm page until it is ended, while the kiosk cannot start."""
    patience: Patience = Patience()
    service: Service = field(default_factory=this_service)
    must_start: bool = False
    """Give up where its very first life does not come to a beat: somebody sits there and reads."""
    restarts: int = 0
    _deaths: int = 0
    _stopped: threading.Event = field(default_factory=threading.Event)
    _rested: str = ""

    def stop(self) -> None:
        """End the kiosk and the watchdog; from any thread or a signal."""
        self._stopped.set()

    def keep_running(self) -> int:
        """Start and restart it until its owner leaves by PIN or `stop` is called.

        Returns `LEFT` after the first, else 0, or what a first life that had to start ended with.
        """
        cut = ""
        while not self._stopped.is_set():
            ended = self._one_run(cut)
            if ended.left:
                self.service.note_left()
                return LEFT
            if self._stopped.is_set():
                break
            if self.must_start and not self.restarts and not ended.began:
                return ended.code or 1
            cut = ended.cut
            self.restarts += 1
            _log.warning("the kiosk ended (%s) and is started again", ended.why)
            self._pause(ended)
        return 0

    def _one_run(self, cut: str) -> _Ended:
        run = _Run(self.command, {CUT: cut, RESTARTS: str(self.restarts)}, self.log, self.patience)
        self.service.notify("READY=1")
        before, asked = _killed_for_memory(), False
        try:
            while run.alive and not self._stopped.wait(self.patience.look):
                self.service.notify("WATCHDOG=1")
                run.look()
                if not asked and self._may_rest(run):
                    asked = True
                    run.end()
        finally:
            run.end()
        if run.code == LEFT:
            return _Ended("left", left=True)
        if asked:
            return _Ended("rest", lived=True, began=True)
        why = "hang" if run.hung else "memory" if _killed_for_memory() > before else "crash"
        lived = time.monotonic() - run.started >= self.patience.lived
        # One that died before its first beat has not yet told of the cut before it.
        told = cut if not run.began else why if run.visited else ""
        return _Ended(why, told, lived, run.began, run.code or 0)

    def _may_rest(self, run: _Run) -> bool:
        now = datetime.now()
        day = f"{now:%Y-%m-%d}"
        old = run.began and time.monotonic() - run.started >= self.patience.lived
        if run.visited or not old or self._rested == day or not self.rests(now):
            return False
        self._rested = day
        return True

    def _pause(self, ended: _Ended) -> None:
        """None after a death now and then; longer each time where it dies at once again."""
        self._deaths = 0 if ended.lived else self._deaths + 1
        if self._deaths < 3:
            return
        seconds = min(self.patience.longest_pause, 2.0 ** min(self._deaths - 2, 10))
        page = subprocess.Popen(self.calm, **quiet_start()) if self.calm else None
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self._stopped.wait(self.patience.look):
            self.service.notify("WATCHDOG=1")
        if page:
            page.kill()
            page.wait()


@dataclass(frozen=True, slots=True)
class _Ended:
    why: str
    cut: str = ""
    """Why a session was cut, where one was open."""
    lived: bool = False
    began: bool = False
    code: int = 0
    left: bool = False


class _Run:
    """One life of the kiosk."""

    def __init__(
        self, command: Sequence[str], told: dict[str, str], log: Path, patience: Patience
    ) -> None:
        self._patience = patience
        self.started = self._beat = self._looked = time.monotonic()
        self.hung = self.began = self.visited = False
        self._beats: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, WATCHED: "1", **told},
            **quiet_start(),
        )
        self._log = LimitedLog(log, cast(BinaryIO, self._process.stderr))
        self._reader = threading.Thread(target=self._read, name="heartbeat", daemon=True)
        self._reader.start()

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    @property
    def code(self) -> int | None:
        """How it ended."""
        return self._process.poll()

    def look(self) -> None:
        """Take the beats that came, and kill it where they stay away."""
        now = time.monotonic()
        # The whole computer slept or was too busy to look: the kiosk could not beat either.
        if now - self._looked > self._patience.beat / 2:
            self._beat = now
        self._looked = now
        self._take_beats()
        limit = self._patience.beat if self.began else self._patience.start
        if now - self._beat > limit and self.alive:
            self.hung = True
            self._process.kill()
            self._process.wait()

    def end(self) -> None:
        """Let it close, then make it; nothing of it is left."""
        if self.alive:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(self._patience.close)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._reader.join(1.0)
        self._take_beats()
        self._log.close()
        if not self._reader.is_alive():
            cast(BinaryIO, self._process.stdout).close()

    def _take_beats(self) -> None:
        while not self._beats.empty():
            self.began, self._beat = True, time.monotonic()
            self.visited = self._beats.get() == VISITED

    def _read(self) -> None:
        number = cast(BinaryIO, self._process.stdout).fileno()
        while data := os.read(number, 4096):
            self._beats.put(data[-1:])


def _killed_for_memory() -> int:
    """How many processes this system has killed because memory ran out."""
    try:
        lines = _VMSTAT.read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("oom_kill ")), 0)
