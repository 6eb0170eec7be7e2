"""The speaker: opened when there is something to say, closed when it has been quiet for a while."""

from __future__ import annotations

import time
from collections.abc import Callable

from perception.audio.devices.complaints import TroubleReports
from perception.audio.devices.device import open_speaker
from perception.audio.devices.ports import OutputStream, PlaybackSource, Port
from perception.audio.playback.player import Player
from perception.codes import PerceptionCode
from perception.messages import notice
from perception.types import Samples, UserError

_DEAD_AFTER = 1.5  # seconds without a request for sound
_RETRY = 0.3
_GIVE_UP = 3.0
_IDLE = 20.0


class Speaker:
    """One output stream at a time, fed by `player`. One thread minds it."""

    def __init__(
        self, player: Player, ended: Callable[[], None], complaints: TroubleReports
    ) -> None:
        self._player, self._ended, self._complaints = player, ended, complaints
        self._source = PlaybackSource(self._fill, player.rewound, player.ring)
        self._stream: OutputStream | None = None
        self._port: Port | None = None
        self._filled_at = 0.0
        self._wanted_at = 0.0
        self._next_try = 0.0
        self._without_since: float | None = None
        self._hopeless = False

    @property
    def open(self) -> bool:
        """Whether a stream is open and has not ended by itself."""
        return self._stream is not None and self._stream.active

    def mind(self, port: Port | None, expected: bool) -> None:
        """Make it as it should be: playing what there is, ready where sound is `expected`.

        Sound waits a few seconds for a speaker that went away; then it is given up as unheard.
        """
        now = time.monotonic()
        sounding = self._player.ring.sounding
        if expected or not self._player.ring.empty:
            self._wanted_at = now
        if not sounding:
            self._filled_at = now  # nothing is asked of it
        if self._stream is not None and not self._is_well(port, now):
            self.stop()
        if self._stream is None and (sounding or expected) and now >= self._next_try:
            self._next_try = now + _RETRY
            self._start(port)
        if sounding and self._stream is None:
            self._wait(now)

    def rewind(self) -> None:
        """Let what the player wishes now be heard at once. From any thread."""
        stream = self._stream
        if stream is not None and stream.active:
            stream.rewind()
        else:
            self._player.rewound(0.0)

    def stop(self) -> None:
        """Close the device at once."""
        if self._stream is not None:
            self._stream.close()
            self._stream, self._port = None, None

    def _is_well(self, port: Port | None, now: float) -> bool:
        name = self._port.name if self._port else ""
        if not self.open or now - self._filled_at > _DEAD_AFTER:
            if self._player.busy:
                self._complaints.make("speaker", notice(PerceptionCode.SPEAKER_STOPPED, name=name))
            return False
        return port == self._port and now - self._wanted_at < _IDLE

    def _start(self, port: Port | None) -> None:
        if port is None:
            self._complaints.make("speaker", notice(PerceptionCode.NO_SPEAKER_FOUND))
            return
        self._filled_at = time.monotonic()
        try:
            self._stream = open_speaker(port, self._source, self._ended)
        except UserError as error:
            self._complaints.make("speaker", error.notice)
            return
        self._port, self._without_since, self._hopeless = port, None, False
        self._complaints.solved("speaker")

    def _wait(self, now: float) -> None:
        if self._without_since is None:
            self._without_since = now
        if self._hopeless or now - self._without_since > _GIVE_UP:
            self._hopeless = True
            self._player.abandon()

    def _fill(self, count: int, delay: float) -> Samples:
        self._filled_at = time.monotonic()
        return self._player.fill(count, delay)
