"""What a person would feel: gaps between the ticks of a timer while something happens."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

_TICK_S, _EVERY_S, _FELT_MS = 0.016, 0.04, 50


@dataclass(frozen=True, slots=True)
class Gaps:
    """Milliseconds between ticks of a 16 ms timer.

    `work` is the most that the window itself computed between two of them: on a machine that others
    use too, a gap is also what they took.
    """

    what: str
    median: float
    p99: float
    worst: float
    over_50: int
    work: float


def gaps(what: str, add: Callable[[int], None], count: int) -> Gaps:
    """Tick while `add` is called every 40 ms, `count` times."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    ticks, loop, given = list[tuple[float, float]](), QEventLoop(), 0

    def give() -> None:
        nonlocal given
        add(given)
        given += 1
        if given == count:
            loop.quit()

    ticking, giving = QTimer(), QTimer()
    ticking.setTimerType(Qt.TimerType.PreciseTimer)
    ticking.timeout.connect(lambda: ticks.append((time.perf_counter(), time.thread_time())))
    giving.timeout.connect(give)
    ticking.start(round(_TICK_S * 1000))
    giving.start(round(_EVERY_S * 1000))
    loop.exec()
    ticking.stop()
    giving.stop()
    found = sorted((b[0] - a[0]) * 1000 for a, b in itertools.pairwise(ticks))
    work = max((b[1] - a[1]) * 1000 for a, b in itertools.pairwise(ticks))
    p99, over = found[int(len(found) * 0.99) - 1], sum(gap > _FELT_MS for gap in found)
    return Gaps(what, statistics.median(found), p99, found[-1], over, work)
