"""A kiosk without a window, for tests of the watchdog: it notes its start and does as it is told.

Words: a file of notes, then what to do in each life; the last holds for all that follow.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from desktop.kiosk.heartbeat import LEFT, cut_by, open_pulse, restarts


def main() -> int:
    """Live one life."""
    notes, plans = Path(sys.argv[1]), sys.argv[2:]
    pulse = open_pulse()
    plan = plans[min(restarts(), len(plans) - 1)]
    with notes.open("a") as stream:
        stream.write(f"{time.monotonic()} {plan} cut={cut_by()}\n")
    print("printed", flush=True)
    if plan == "die":
        return 1
    for _ in range(4):
        pulse.beat(visited="visited" in plan)
        time.sleep(0.02)
    if "kill" in plan:
        os.kill(os.getpid(), signal.SIGKILL)
    if "leave" in plan:
        return LEFT
    while "hang" in plan:
        time.sleep(60)
    while pulse.beat(visited=False):
        time.sleep(0.05)
    return 0


if __name__ == "__main__":
    sys.exit(main())
