"""What the kiosk tells its watchdog: that its event loop turns, and whether somebody is there."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass

WATCHED = "CANDOR_KIOSK_WATCHED"
CUT = "CANDOR_KIOSK_CUT"
RESTARTS = "CANDOR_KIOSK_RESTARTS"
ALONE, VISITED = b"a", b"v"
BEAT_EVERY_S = 0.5
LEFT = 77
"""The exit code of a kiosk that its owner left by PIN; any other end is answered with a start."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """The way to the watchdog; beats go nowhere where there is none."""

    number: int | None

    def beat(self, *, visited: bool) -> bool:
        """Tell one beat, from the event loop; False where the watchdog is gone.

        `visited` says that a session is open: it is then never restarted on purpose.
        """
        if self.number is None:
            return True
        try:
            os.write(self.number, VISITED if visited else ALONE)
        except BlockingIOError:
            return True  # the watchdog is busy; what is in the pipe says enough
        except OSError:
            return False
        return True


def is_watched() -> bool:
    """Whether a watchdog started this process."""
    return os.environ.get(WATCHED, "") == "1"


def open_pulse() -> Pulse:
    """The way to the watchdog that started this process, by its standard output.

    What is printed from now on goes to standard error.
    """
    if os.environ.pop(WATCHED, "") != "1":
        return Pulse(None)
    number = os.dup(1)
    os.dup2(2, 1)
    if hasattr(os, "set_blocking"):
        with contextlib.suppress(OSError):
            os.set_blocking(number, False)
    return Pulse(number)


def cut_by() -> str:
    """What cut the session before this start: `crash`, `hang` or `memory`; empty for none.

    It is to be forgotten, and told, before anything else is shown.
    """
    return os.environ.get(CUT, "")


def restarts() -> int:
    """How often the watchdog had to start the kiosk again."""
    told = os.environ.get(RESTARTS, "0")
    return int(told) if told.isascii() and told.isdigit() else 0
