"""Tells the mind how far its voice has come, even while the devices hang."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from perception.audio.player import Player

_PERIOD = 0.1
_HOPELESS = 4.0


class Reporter:
    """Settles the player's account ten times a second while there is one.

    `stuck_for` says how many seconds the devices' thread has been stuck: a sound server that
    hangs must not leave the mind waiting for the end of a turn.
    """

    def __init__(self, player: Player, stuck_for: Callable[[], float]) -> None:
        self._player, self._stuck_for = player, stuck_for
        self._wanted = threading.Event()

    def wake(self) -> None:
        """There is something to account for."""
        self._wanted.set()

    def run(self) -> None:
        """Do this for ever; asleep while nothing is played."""
        while True:
            self._wanted.wait()
            self._wanted.clear()
            while self._player.busy:
                time.sleep(_PERIOD)
                if self._stuck_for() > _HOPELESS:
                    self._player.abandon()
                self._player.settle()
