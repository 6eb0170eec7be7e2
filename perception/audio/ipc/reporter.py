"""Reports of playback progress to the assistant and of visemes to the window."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from perception.audio.ipc.messages import Viseme
from perception.audio.playback.player import Player
from perception.audio.playback.visemes import CLOSED, follow, mouth

_PERIOD = 0.04
_SETTLE_EVERY = 2
_HOPELESS = 4.0


class Reporter:
    """Settles the player's account a dozen times a second while there is one.

    `stuck_for` says how many seconds the devices' thread has been stuck: a sound server that
    hangs must not leave the mind waiting for the end of a turn.
    """

    def __init__(
        self, player: Player, stuck_for: Callable[[], float], show: Callable[[Viseme], None]
    ) -> None:
        self._player, self._stuck_for, self._show = player, stuck_for, show
        self._shape = CLOSED
        self._wanted = threading.Event()

    def wake(self) -> None:
        """There is something to account for."""
        self._wanted.set()

    def run_loop(self) -> None:
        """Do this for ever; asleep while nothing is played."""
        while True:
            self._wanted.wait()
            self._wanted.clear()
            count = 0
            while self._player.busy or self._shape[0] > 0:
                time.sleep(_PERIOD)
                self._move()
                count += 1
                if count % _SETTLE_EVERY == 0:
                    if self._stuck_for() > _HOPELESS:
                        self._player.abandon()
                    self._player.settle()

    def _move(self) -> None:
        """The mouth of what sounds now."""
        far = self._player.far
        start = int(far.index(time.monotonic()))
        sound = far.read(start, int(_PERIOD * far.rate))
        shape = follow(self._shape, mouth(sound, far.rate))
        if shape[0] > 0 or self._shape[0] > 0:
            self._show(Viseme(*shape))
        self._shape = shape
