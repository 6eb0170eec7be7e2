"""When a visit ends by itself: without a sign of life, and never while anybody speaks."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from agent.profiles.profile import IdleTimes


class IdleWatch:
    """Counts the seconds since the last sign of life, by a clock that cannot jump."""

    def __init__(self, times: IdleTimes, clock: Callable[[], float] = time.monotonic) -> None:
        self._times, self._clock = times, clock
        self._since = clock()

    def sign_of_life(self) -> None:
        """Somebody is there: the count begins anew."""
        self._since = self._clock()

    def left(self) -> int | None:
        """The seconds until the end, once it is asked whether anybody is there; None before."""
        quiet = self._clock() - self._since
        if quiet < self._times.ask_after:
            return None
        return max(0, math.ceil(self._times.end_after - quiet))
