"""One thread that owns the devices: lists, opens, watches, reopens and closes them."""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Callable
from dataclasses import dataclass

from perception.audio.devices import device, pulse
from perception.audio.devices.complaints import TroubleReports
from perception.audio.devices.microphone import Block, Microphone
from perception.audio.devices.ports import (
    NOTHING,
    Listing,
    Port,
    find,
)
from perception.audio.devices.speaker import Speaker
from perception.audio.ipc.messages import ChooseDevices, Devices, Trouble
from perception.audio.playback.player import Player
from perception.codes import PerceptionCode
from perception.messages import notice
from perception.types import UserError

_log = logging.getLogger("candor.audio")
_TICK = 0.1
_OPEN_TICK = 0.5  # the microphone is always open
_IDLE_TICK = 1.0
_LOOK_AGAIN = 5.0
_CHEAP = 0.02  # seconds that a look at the devices may take for it to be repeated at rest


@dataclass(frozen=True, slots=True)
class _Wake:
    changed: bool = False


_NOT_CONNECTED = {
    "microphone": PerceptionCode.CHOSEN_MICROPHONE_NOT_CONNECTED,
    "speaker": PerceptionCode.CHOSEN_SPEAKER_NOT_CONNECTED,
}


class DeviceSupervisor:
    """The supervisor of microphone and speaker. Its methods return at once."""

    def __init__(
        self,
        player: Player,
        take: Callable[[Block], None],
        tell: Callable[[Devices | Trouble], None],
    ) -> None:
        self._player, self._tell = player, tell
        self._wanted = self._expected = False
        self._jobs: queue.SimpleQueue[_Wake | ChooseDevices] = queue.SimpleQueue()
        self._complaints = TroubleReports(tell)
        self._microphone = Microphone(take, self.wake, self._complaints)
        self._speaker = Speaker(player, self.wake, self._complaints)
        self._chosen = ChooseDevices("", "")
        self._listing: Listing = NOTHING
        self._told: Devices | None = None
        self._listed_at, self._cost = 0.0, 0.0
        self._busy_since: float | None = None

    def wake(self) -> None:
        """Something may have to be opened or closed."""
        self._jobs.put(_Wake())

    def want(self, microphone: bool, speaker: bool) -> None:
        """Whether the microphone must be open, and the speaker ready."""
        self._wanted, self._expected = microphone, speaker
        self.wake()

    def flush(self, turn: str = "") -> None:
        """Silence at once, and no more of `turn`."""
        self._player.flush(turn)
        self._speaker.rewind()

    def duck(self) -> None:
        """Play quietly."""
        self._player.duck()
        self._speaker.rewind()

    def hold(self) -> None:
        """Play nothing and keep the place; what comes later waits too."""
        self._player.hold()
        self._speaker.rewind()

    def release(self) -> None:
        """Go on as before `duck` or `hold`."""
        self._player.release()

    def changed(self) -> None:
        """Devices came, went or changed."""
        self._jobs.put(_Wake(changed=True))

    def choose(self, wanted: ChooseDevices) -> None:
        """Use these devices from now on."""
        self._jobs.put(wanted)

    def stuck_for(self) -> float:
        """Seconds that the thread has been at one job: more than one or two, and a driver hangs."""
        since = self._busy_since
        return 0.0 if since is None else time.monotonic() - since

    def run_loop(self) -> None:
        """Do all this for ever."""
        self._look()
        while True:
            try:
                job: _Wake | ChooseDevices = self._jobs.get(timeout=self._patience())
            except queue.Empty:
                job = _Wake()
            self._busy_since = time.monotonic()
            changed = isinstance(job, ChooseDevices) or job.changed
            if isinstance(job, ChooseDevices):
                self._chosen = job
            if changed or self._must_look():
                self._look()
            self._mind(changed)
            self._busy_since = None

    def _mind(self, changed: bool) -> None:
        moved = changed and self._microphone.open and pulse.hears_a_monitor()
        self._microphone.mind(self._port_in(), self._wanted, moved)
        self._speaker.mind(self._port_out(), self._expected)

    def _patience(self) -> float | None:
        if self._expected or self._player.busy:
            return _TICK
        if self._wanted:
            return _OPEN_TICK if self._microphone.open else _TICK
        if self._speaker.open:
            return _IDLE_TICK
        return None if self._is_served() or self._cost > _CHEAP else _LOOK_AGAIN

    def _is_served(self) -> bool:
        """Whether a sound server tells us of changes."""
        return any(port.on_server for port in self._listing.microphones + self._listing.speakers)

    def _must_look(self) -> bool:
        """PortAudio's own list changes only when it restarts, which no stream survives."""
        if self._is_served() or self._microphone.open or self._speaker.open:
            return False
        wanted = self._wanted or self._player.busy
        pause = _LOOK_AGAIN if not wanted or self._port_in() else _TICK * 5
        return time.monotonic() - self._listed_at > pause

    def _look(self) -> None:
        began = time.monotonic()
        try:
            self._listing = device.listing(self._microphone.open or self._speaker.open)
            self._complaints.solved("sound")
        except UserError as error:
            self._listing = NOTHING
            self._complaints.make("sound", error.notice)
        self._listed_at = time.monotonic()
        self._cost = self._listed_at - began
        self._announce()

    def _announce(self) -> None:
        microphone, speaker = self._port_in(), self._port_out()
        self._warn("microphone", self._chosen.microphone, microphone)
        self._warn("speaker", self._chosen.speaker, speaker)
        devices = Devices(
            tuple(port.name for port in self._listing.microphones),
            tuple(port.name for port in self._listing.speakers),
            microphone.name if microphone else "",
            speaker.name if speaker else "",
        )
        if devices != self._told:
            _log.debug("%s", devices)
            self._told = devices
            self._tell(devices)

    def _warn(self, kind: str, wanted: str, port: Port | None) -> None:
        if port is None or not wanted or wanted in (port.name, port.target):
            self._complaints.solved(f"chosen {kind}")
            return
        code = _NOT_CONNECTED[kind]
        self._complaints.make(f"chosen {kind}", notice(code, wanted=wanted, used=port.name))

    def _port_in(self) -> Port | None:
        found = self._listing
        return find(found.microphones, found.microphone, self._chosen.microphone)

    def _port_out(self) -> Port | None:
        found = self._listing
        return find(found.speakers, found.speaker, self._chosen.speaker)
