"""The microphone: open only while it is wanted, watched while it is open."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from perception.audio.devices.capture import Converter
from perception.audio.devices.complaints import TroubleReports
from perception.audio.devices.device import open_microphone
from perception.audio.devices.ports import DeviceStream, Port, Take
from perception.codes import PerceptionCode
from perception.messages import notice
from perception.types import AudioChunk, UserError

_DEAD_AFTER = 1.5  # seconds without a single block
_RETRY = 0.5


@dataclass(frozen=True, slots=True)
class Block:
    """What the device gave: shape (n, channels), and the monotonic time of its first sample."""

    frames: NDArray[np.float32]
    at: float
    converter: Converter

    def chunk(self) -> AudioChunk | None:
        """The sound at 16 kHz mono. Blocks must be converted in order."""
        return self.converter.convert(self.frames, self.at)


def joint(blocks: list[Block]) -> Block:
    """Blocks of one stream as one."""
    if len(blocks) == 1:
        return blocks[0]
    frames = np.concatenate([block.frames for block in blocks])
    return Block(frames, blocks[0].at, blocks[0].converter)


class Microphone:
    """One input stream at a time; its blocks go to `take`. One thread minds it."""

    def __init__(
        self,
        take: Callable[[Block], None],
        ended: Callable[[], None],
        complaints: TroubleReports,
    ) -> None:
        self._take, self._ended, self._complaints = take, ended, complaints
        self._stream: DeviceStream | None = None
        self._port: Port | None = None
        self._opened_at = self._heard_at = 0.0
        self._next_try = 0.0

    @property
    def open(self) -> bool:
        """Whether a stream is open and has not ended by itself."""
        return self._stream is not None and self._stream.active

    def mind(self, port: Port | None, wanted: bool, moved: bool) -> None:
        """Make it as it should be: recording from `port` while `wanted`, else closed.

        `moved` says that the server has moved our stream to something that is no microphone.
        """
        if not wanted:
            self.stop()
            self._next_try = 0.0
            return
        now = time.monotonic()
        if self._stream is not None and not self._is_well(port, moved, now):
            self.stop()
        if self._stream is None and now >= self._next_try:
            self._next_try = now + _RETRY
            self._start(port)

    def stop(self) -> None:
        """Close the device."""
        if self._stream is not None:
            self._stream.close()
            self._stream, self._port = None, None

    def _is_well(self, port: Port | None, moved: bool, now: float) -> bool:
        name = self._port.name if self._port else ""
        if moved or not self.open:
            self._complaints.make(
                "microphone", notice(PerceptionCode.MICROPHONE_DISCONNECTED, name=name)
            )
            return False
        if now - self._heard_at > _DEAD_AFTER:
            # It may wake up by itself, and opening it again would not make it.
            self._complaints.make("microphone", notice(PerceptionCode.MICROPHONE_SILENT, name=name))
        elif self._heard_at > self._opened_at:
            self._complaints.solved("microphone")
        return port == self._port

    def _start(self, port: Port | None) -> None:
        if port is None:
            self._complaints.make("microphone", notice(PerceptionCode.NO_MICROPHONE_FOUND))
            return
        self._opened_at = self._heard_at = time.monotonic()
        try:
            self._stream = open_microphone(port, self._taker, self._ended)
        except UserError as error:
            self._complaints.make("microphone", error.notice)
            return
        self._port = port

    def _taker(self, rate: int, channels: int) -> Take:
        converter = Converter(rate, channels)

        def take(frames: NDArray[np.float32], age: float) -> None:
            self._heard_at = now = time.monotonic()
            self._take(Block(frames, now - age, converter))

        return take
