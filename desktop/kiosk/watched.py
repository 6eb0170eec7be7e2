"""The kiosk as its owner starts it: a watchdog, and the kiosk below it."""

from __future__ import annotations

import os
import signal
import sys

from agent.profiles.profile import load
from agent.settings import data_folder
from desktop.kiosk.admin.provision import finish_provision, own_places
from desktop.kiosk.admin.system_files import this_program
from desktop.kiosk.forgetting.wiping import wiping_environment
from desktop.kiosk.heartbeat import LEFT
from desktop.kiosk.systemd import this_service
from desktop.kiosk.upkeep import load_upkeep
from desktop.kiosk.watchdog import Watchdog


def run_watched(profile: str) -> int:
    """Keep the kiosk of a profile running until its owner leaves it; returns the exit code.

    UserError where there is no such profile, the owner's settings are wrong, or a set-up from a
    stick cannot be finished.
    """
    load(profile)
    finish_provision(own_places())
    upkeep, service = load_upkeep(), this_service()
    program = this_program()
    # It holds for the kiosk, its mind and its ears: what they free is overwritten at once.
    os.environ.update(wiping_environment())
    watchdog = Watchdog(
        (*program, "kiosk", "--profile", profile),
        data_folder() / "logs" / "kiosk.log",
        upkeep.rests,
        () if getattr(sys, "frozen", False) else (sys.executable, "-m", "desktop.kiosk.calm_page"),
        service=service,
        must_start=not service.address,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: watchdog.stop())
    code = watchdog.keep_running()
    # The unit knows by this code that it was left by PIN; a terminal has no use for it.
    return code if code == LEFT and service.address else 0
