"""Recordings that the user makes of their own voice: kept as files, and played again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import numpy as np

from perception.audio import files
from perception.audio.ipc.messages import Play, Recorded
from perception.audio.trial import NAME
from perception.types import RATE, Samples


class Recorder:
    """One recording at a time. UserError where a file cannot be written or read."""

    def __init__(
        self,
        play: Callable[[Play], None],
        finish: Callable[[str], None],
        listen: Callable[[bool], Samples],
        tell: Callable[[Recorded], None],
    ) -> None:
        self._play, self._finish, self._listen, self._tell = play, finish, listen, tell
        self._on = False

    def record(self, on: bool, file: str) -> None:
        """Begin; or end, and keep it in `file` (nowhere where that is empty)."""
        if on == self._on:
            return
        self._on = on
        heard = self._listen(on)
        if on or not file:
            return
        files.write(Path(file), heard, RATE)
        peak = float(np.max(np.abs(heard), initial=0.0))
        self._tell(Recorded(file, heard.size / RATE, min(1.0, peak)))

    def play(self, file: str) -> None:
        """Let it be heard."""
        turn = NAME + uuid.uuid4().hex
        self._play(Play(turn, 0, files.samples(Path(file)), RATE))
        self._finish(turn)
