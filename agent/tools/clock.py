"""What rings, and when: a thread that waits for the next timer, alarm or reminder."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.tools.store import STOPWATCH, TIMER, Due, Store
from perception.types import UserError

_log = logging.getLogger("candor.turn")

LATE_S = 120.0
"""What is later than this was missed: the computer slept, or Candor was off."""

_LONGEST_WAIT_S = 20.0
"""The clock is looked at so often at least: it may be set, and the computer may have slept."""

_STEP = {"daily": timedelta(days=1), "weekly": timedelta(weeks=1)}


@dataclass(frozen=True, slots=True)
class Ring:
    """Something is due; `late` is in seconds, `missed` that nobody could hear it in time."""

    due: Due
    late: float
    missed: bool


class Clock:
    """Rings what the store holds. `now` is the wall clock, `monotonic` never goes back.

    A timer that was started while this clock runs goes by `monotonic`, so that setting the wall
    clock moves it not at all; alarms and reminders go by the wall clock. `check` may be called
    without the thread, as tests do.
    """

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        ring: Callable[[Ring], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._now, self._ring, self._monotonic = store, now, ring, monotonic
        self._ends: dict[int, float] = {}
        self._changed, self._closing = threading.Condition(), False
        self._checking = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Ring what was missed, then go on in a thread."""
        self._thread = threading.Thread(target=self._run, name="clock", daemon=True)
        self._thread.start()

    def poke(self) -> None:
        """Something was set or cancelled: look again."""
        with self._changed:
            self._changed.notify()

    def close(self) -> None:
        """End the thread; what waits stays on disk."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def check(self) -> float | None:
        """Ring what is due; the seconds to the next one, None where nothing waits."""
        with self._checking:
            waits = list[float]()
            known = set[int]()
            for due in self._store.due():
                if due.kind == STOPWATCH:
                    continue
                known.add(due.id)
                left = self.left(due)
                if left > 0:
                    waits.append(left)
                    continue
                self._go_off(due, -left)
                if due.repeats:
                    waits.append(0.0)
            self._ends = {one: end for one, end in self._ends.items() if one in known}
            return min(waits, default=None)

    def left(self, due: Due) -> float:
        """Seconds until it rings; below 0 where it is late."""
        now = self._now()
        if due.kind != TIMER:
            return unix(datetime.fromisoformat(due.wall), now) - now.timestamp()
        if due.id not in self._ends:
            # A clock set back must not make it longer than it was.
            left = min(due.at - now.timestamp(), float(due.seconds))
            self._ends[due.id] = self._monotonic() + left
        return self._ends[due.id] - self._monotonic()

    def _go_off(self, due: Due, late: float) -> None:
        missed = late > LATE_S
        if due.repeats:
            self._store.move(due.id, _next(due, self._now()))
        else:
            self._store.set_state(due.id, "missed" if missed else "rang")
        self._ring(Ring(due, late, missed))

    def _run(self) -> None:
        while not self._closing:
            try:
                wait = self.check()
            except UserError as error:
                _log.error("the clock: %s", error)
                wait = None
            except Exception:
                # Were the thread to end here, no alarm would ring any more.
                _log.exception("the clock failed")
                wait = None
            with self._changed:
                if not self._closing:
                    self._changed.wait(min(_LONGEST_WAIT_S, 60.0 if wait is None else wait))


def unix(wall: datetime, now: datetime) -> float:
    """The Unix time of a wall time, in the zone of `now` or the computer's own.

    An hour that summer time leaves out is the one after it; of an hour that comes twice it is the
    first.
    """
    return wall.replace(tzinfo=now.tzinfo, fold=0).timestamp()


def _next(due: Due, now: datetime) -> str:
    wall = datetime.fromisoformat(due.wall)
    while unix(wall, now) <= now.timestamp():
        wall += _STEP[due.repeats]
    return wall.isoformat()
