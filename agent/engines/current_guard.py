"""The guard under the policy as its files are now: who changes one need not start Candor again."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

from safety.guard import Guard, known_rules
from safety.policy_in_force import policy_in_force
from safety.policy_lock import administrator_file


class CurrentGuard:
    """Loads the guard's rules once, and reads the policy again when a file of it has changed."""

    def __init__(self, own: Path, load: Callable[[Path | None], Guard]) -> None:
        """`own` is where the user's policy may lie; `load` loads the guard with it."""
        self._own, self._load = own, load
        self._lock = threading.Lock()
        self._guard: Guard | None = None
        self._stamps: tuple[object, ...] = ()

    def __call__(self) -> Guard:
        """The guard as it is to judge now."""
        with self._lock:
            stamps = (_stamp(self._own), _stamp(administrator_file()))
            own = self._own if os.path.lexists(self._own) else None
            if self._guard is None:
                self._guard = self._load(own)
            elif stamps != self._stamps:
                self._guard = self._guard.under(policy_in_force(own, known_rules()))
            self._stamps = stamps
            return self._guard


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        found = file.lstat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
