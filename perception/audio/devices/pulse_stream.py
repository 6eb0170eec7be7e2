"""Sound streams to PulseAudio and PipeWire through their own simple interface.

PortAudio reaches these servers only through ALSA's emulation. There a late block, usual while a
model uses every core, ends in a storm of underruns that swallows seconds of speech. The server's
own client has room for lateness, tells the true delay, and can drop what it has not played.
Reference: https://freedesktop.org/software/pulseaudio/doxygen/simple_8h.html
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from perception.audio.devices.ports import PlaybackSource, Port, Take
from perception.codes import PerceptionCode
from perception.types import Samples, UserError

_FLOAT32LE = 5
_PLAYBACK, _RECORD = 1, 2
_BLOCKS_A_SECOND = 50
_ROOM_SECONDS = 0.2  # how late a block may come without a gap
_CHOOSE = 0xFFFFFFFF  # let the server choose


class _Format(ctypes.Structure):
    _fields_ = (
        ("format", ctypes.c_int),
        ("rate", ctypes.c_uint32),
        ("channels", ctypes.c_uint8),
    )


class _Places(ctypes.Structure):
    _fields_ = (("channels", ctypes.c_uint8), ("map", ctypes.c_int * 32))


class _Buffer(ctypes.Structure):
    _fields_ = (
        ("maxlength", ctypes.c_uint32),
        ("tlength", ctypes.c_uint32),
        ("prebuf", ctypes.c_uint32),
        ("minreq", ctypes.c_uint32),
        ("fragsize", ctypes.c_uint32),
    )


def available() -> bool:
    """Whether the server's client library is installed."""
    try:
        _library()
    except OSError:
        return False
    return True


def _library() -> Any:
    library = ctypes.CDLL("libpulse-simple.so.0")
    library.pa_simple_new.restype = ctypes.c_void_p
    library.pa_simple_get_latency.restype = ctypes.c_uint64
    for name in ("write", "read", "flush", "free", "get_latency"):
        first = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]
        kept = {"write": 4, "read": 4, "free": 1}.get(name, 0)
        types = first[:kept] if kept else [ctypes.c_void_p, ctypes.c_void_p]
        getattr(library, f"pa_simple_{name}").argtypes = types
    return library


class _Connection:
    """One stream of the server. Only the thread that made it may use it after `start`."""

    def __init__(self, port: Port, way: int, channels: int) -> None:
        self._library = _library()
        self._error = ctypes.c_int(0)
        second = 4 * channels * port.rate
        block = second // _BLOCKS_A_SECOND
        room = int(_ROOM_SECONDS * _BLOCKS_A_SECOND) * block
        buffer = _Buffer(_CHOOSE, room, block, block, block)
        sample = _Format(_FLOAT32LE, port.rate, channels)
        # There is no default order for many channels; the device's own needs no remixing.
        own = (ctypes.c_int * 32)(*port.places[:channels])
        places = ctypes.byref(_Places(channels, own)) if channels > 1 else None
        target = str(port.target).encode()
        self._handle = self._library.pa_simple_new(
            None, b"Candor", way, target, b"voice", ctypes.byref(sample), places,
            ctypes.byref(buffer), ctypes.byref(self._error),
        )  # fmt: skip
        if not self._handle:
            raise UserError(
                PerceptionCode.DEVICE_REFUSED_BY_SOUND_SERVER, port=port.name, value=self.code
            )

    @property
    def code(self) -> int:
        """The server's last error."""
        return self._error.value

    def write(self, block: Samples) -> bool:
        """Send sound; waits while the buffer is full. False where the stream has ended."""
        data = block.ctypes.data
        return not self._call("write", data, block.nbytes)

    def read(self, block: Samples) -> bool:
        """Fill `block`; waits for sound. False where the stream has ended."""
        return not self._call("read", block.ctypes.data, block.nbytes)

    def flush(self) -> None:
        """Drop what the server has not played."""
        self._call("flush")

    def delay(self) -> float:
        """Seconds between this end and the device."""
        return float(self._call("get_latency")) / 1e6

    def free(self) -> None:
        """End the stream."""
        self._library.pa_simple_free(self._handle)

    def _call(self, name: str, *arguments: object) -> Any:
        function = getattr(self._library, f"pa_simple_{name}")
        return function(self._handle, *arguments, ctypes.addressof(self._error))


class PulseOutput:
    """Plays what `source` gives while its ring has something; asleep otherwise."""

    def __init__(self, port: Port, source: PlaybackSource, ended: Callable[[], None]) -> None:
        self._connection = _Connection(port, _PLAYBACK, 1)
        self._rate, self._source, self._ended = port.rate, source, ended
        self._rewinding = self._closed = False
        self._thread = threading.Thread(target=self._run, name="speaker", daemon=True)
        self._thread.start()

    @property
    def active(self) -> bool:
        """Whether it still plays."""
        return self._thread.is_alive()

    def rewind(self) -> None:
        """Take back what the server has not played, at the next block."""
        self._rewinding = True
        self._source.ring.poke()

    def close(self) -> None:
        """End; what the server has not played is dropped."""
        self._closed = True
        self._source.ring.poke()
        self._thread.join(0.2)  # a server that hangs must not hang us

    def _run(self) -> None:
        count = self._rate // _BLOCKS_A_SECOND
        ring = self._source.ring
        while not self._closed:
            if self._rewinding:
                self._rewinding = False
                unplayed = self._connection.delay()
                self._connection.flush()
                self._source.rewound(unplayed)
            elif ring.wait() and not self._rewinding:
                block = self._source.fill(count, self._connection.delay())
                if not self._connection.write(block):
                    break
        self._connection.flush()
        self._connection.free()
        self._ended()


class PulseInput:
    """Gives every block of the microphone to `take`."""

    def __init__(self, port: Port, channels: int, take: Take, ended: Callable[[], None]) -> None:
        self._connection = _Connection(port, _RECORD, channels)
        self._take, self._ended = take, ended
        self._shape = (port.rate // _BLOCKS_A_SECOND, channels)
        self._rate = port.rate
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="microphone", daemon=True)
        self._thread.start()

    @property
    def active(self) -> bool:
        """Whether it still records."""
        return self._thread.is_alive()

    def close(self) -> None:
        """End. A source that gives nothing lets go with its next block."""
        self._closed = True
        self._thread.join(0.1)

    def _run(self) -> None:
        while not self._closed:
            frames = np.empty(self._shape, np.float32)
            if not self._connection.read(frames):
                break
            if not self._closed:
                self._take(frames, self._connection.delay() + self._shape[0] / self._rate)
        self._connection.free()
        self._ended()
