"""Recordings that the user makes of their own voice: kept as files, and played again."""

from __future__ import annotations

import uuid
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np

from perception.audio.ipc.messages import Play, Recorded
from perception.audio.trial import NAME, RATE
from perception.codes import PerceptionCode
from perception.types import Samples, UserError

_FULL = 32767


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
        write(Path(file), heard)
        peak = float(np.max(np.abs(heard), initial=0.0))
        self._tell(Recorded(file, heard.size / RATE, min(1.0, peak)))

    def play(self, file: str) -> None:
        """Let it be heard."""
        turn = NAME + uuid.uuid4().hex
        self._play(Play(turn, 0, read(Path(file)), RATE))
        self._finish(turn)


def write(file: Path, samples: Samples) -> None:
    """16-bit mono WAV at 16 kHz, whole or not at all."""
    draft = file.with_suffix(".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as out, wave.open(out, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE)
            sound.writeframes(np.int16(np.clip(samples, -1.0, 1.0) * _FULL).tobytes())
        draft.replace(file)
    except OSError as error:
        raise UserError(
            PerceptionCode.RECORDING_NOT_KEPT, reason=error.strerror or error
        ) from error


def read(file: Path) -> Samples:
    """What `write` wrote."""
    try:
        with wave.open(str(file), "rb") as sound:
            data = sound.readframes(sound.getnframes())
    except (OSError, wave.Error, EOFError) as error:
        raise UserError(PerceptionCode.RECORDING_UNREADABLE) from error
    return np.asarray(np.frombuffer(data, np.int16) / _FULL, np.float32)
