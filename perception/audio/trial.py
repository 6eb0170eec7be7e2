"""Tries microphone and speaker: a short tone, three seconds of listening, and those played back."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import numpy as np

from perception.audio.ipc.messages import Play, Played, Tried
from perception.types import RATE, Samples

_TONE_SECONDS, _LISTEN_SECONDS = 0.35, 3.0
_PITCH = 660.0
_LOUDNESS = 0.25
_LONGEST = 6.0
NAME = "trial-"
"""How the turns of sounds begin that are no answer."""


class Trial:
    """One trial at a time. `reported` must get every `Played`; it says which are a trial's."""

    def __init__(
        self,
        play: Callable[[Play], None],
        finish: Callable[[str], None],
        listen: Callable[[bool], Samples],
        tell: Callable[[Tried], None],
    ) -> None:
        self._play, self._finish, self._listen, self._tell = play, finish, listen, tell
        self._running = threading.Lock()
        self._ended = threading.Event()
        self._turn = ""

    def start(self) -> None:
        """Begin a trial, unless one is going on."""
        if self._running.acquire(blocking=False):
            threading.Thread(target=self._run, name="trial", daemon=True).start()

    def reported(self, played: Played) -> bool:
        """Whether this is about the sound of a trial, which is no answer."""
        if not played.turn.startswith(NAME):
            return False
        if played.finished and played.turn == self._turn:
            self._ended.set()
        return True

    def _run(self) -> None:
        try:
            self._sound(_tone())
            self._listen(True)
            self._ended.wait(_LISTEN_SECONDS)
            heard = self._listen(False)
            if heard.size:
                self._sound(heard)
            peak = float(np.max(np.abs(heard), initial=0.0))
            self._tell(Tried(min(1.0, peak)))
        finally:
            self._running.release()

    def _sound(self, samples: Samples) -> None:
        self._ended.clear()
        self._turn = NAME + uuid.uuid4().hex
        self._play(Play(self._turn, 0, samples, RATE))
        self._finish(self._turn)
        self._ended.wait(samples.size / RATE + _LONGEST)
        self._ended.clear()


def _tone() -> Samples:
    times = np.arange(int(_TONE_SECONDS * RATE)) / RATE
    swell = np.sin(np.pi * times / _TONE_SECONDS)
    return np.asarray(_LOUDNESS * swell * np.sin(2 * np.pi * _PITCH * times), np.float32)
