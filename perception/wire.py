"""Messages between processes: length-prefixed msgpack of one closed union, without pickle.

A frame is four bytes of length (big endian), then the msgpack pair [name of the type, value].
Two kinds of array travel: sound (float32, one axis) and pictures (uint8, height, width, RGB).
"""

from __future__ import annotations

import queue
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import prod
from typing import Any, BinaryIO, get_args, get_origin

import msgspec
import numpy as np

MOST_BYTES = 256 * 1024 * 1024
_LENGTH = struct.Struct(">I")
_BROKEN = (
    *(msgspec.MsgspecError, LookupError, TypeError, ValueError),
    *(ArithmeticError, RecursionError, MemoryError),
)


class BrokenWire(Exception):
    """The other side sent something that is not of the union, or too large."""


def _to_plain(value: object) -> object:
    if isinstance(value, np.ndarray):
        dtype = "<f4" if value.dtype == np.float32 else "|u1"
        if value.dtype not in (np.float32, np.uint8) or not _fits(dtype, value.shape):
            raise TypeError(f"an array of {value.dtype} and shape {value.shape} cannot travel")
        return (dtype, value.shape, np.ascontiguousarray(value, dtype).tobytes())
    raise TypeError(f"{type(value).__name__} cannot travel")


def _from_plain(kind: Any, value: Any) -> object:
    """The array of a frame. The field's own type says of what, the frame only how much."""
    if (get_origin(kind) or kind) is not np.ndarray:
        raise TypeError(f"{kind} cannot travel")
    dtype, shape, data = value
    sizes = tuple(shape)
    if dtype != _dtype(kind) or not isinstance(data, bytes) or not _fits(dtype, sizes):
        raise ValueError("an array of another kind")
    if prod(sizes) * np.dtype(dtype).itemsize != len(data):
        raise ValueError("an array of another length")
    return np.frombuffer(data, dtype=dtype).reshape(sizes)


def _dtype(kind: Any) -> str:
    scalars = {scalar for inner in get_args(kind) for scalar in get_args(inner)}
    return "<f4" if np.float32 in scalars else "|u1"


def _fits(dtype: str, shape: tuple[object, ...]) -> bool:
    """Whether sound has one axis, and a picture three with three colours."""
    whole = all(type(size) is int and size >= 0 for size in shape)
    return whole and (len(shape) == 1 if dtype == "<f4" else len(shape) == 3 and shape[2] == 3)


class Codec:
    """Encodes and decodes the values of a closed set of types."""

    def __init__(self, kinds: tuple[type, ...]) -> None:
        self._encoder = msgspec.msgpack.Encoder(enc_hook=_to_plain)
        self._envelope = msgspec.msgpack.Decoder(tuple[str, msgspec.Raw])
        self._decoders: dict[str, msgspec.msgpack.Decoder[Any]] = {
            kind.__name__: msgspec.msgpack.Decoder(kind, dec_hook=_from_plain) for kind in kinds
        }

    def encode(self, value: object) -> bytes:
        """The frame of `value`; TypeError when it is not of the union."""
        name = type(value).__name__
        if name not in self._decoders:
            raise TypeError(f"{name} is not of this union")
        return self._encoder.encode((name, value))

    def decode(self, data: bytes) -> object:
        """The value of a frame; `BrokenWire` when it is not of the union."""
        try:
            name, raw = self._envelope.decode(data)
            value: object = self._decoders[name].decode(raw)
        except _BROKEN as error:
            raise BrokenWire(str(error)) from error
        return value


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame, or None where the stream ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > MOST_BYTES:
        raise BrokenWire(f"a frame of {length} bytes is too large")
    body = stream.read(length)
    return body if len(body) == length else None


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Write one frame and flush it."""
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO, codec: Codec) -> Iterator[object]:
    """Values until the stream ends."""
    while (data := read_frame(stream)) is not None:
        yield codec.decode(data)


@dataclass(frozen=True, slots=True)
class _End:
    pass


class Outbox:
    """A thread that writes: in order, except that of the `newest` kinds only the latest is kept.

    A reader that stalls therefore never blocks the sender. `gone` is called once when the other
    side has closed.
    """

    def __init__(
        self,
        stream: BinaryIO,
        codec: Codec,
        newest: tuple[type, ...],
        gone: Callable[[], None],
        name: str,
    ) -> None:
        self._stream, self._codec, self._newest, self._gone = stream, codec, newest, gone
        self._queue: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._latest: dict[type, object] = {}
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def send(self, value: object) -> None:
        """Queue a value; never blocks."""
        kind = type(value)
        if kind in self._newest:
            with self._lock:
                waiting = kind in self._latest
                self._latest[kind] = value
            if waiting:
                return
            self._queue.put(kind)
            return
        self._queue.put(value)

    def close(self, timeout: float = 2.0) -> None:
        """Write what is queued, then end."""
        self._queue.put(_End())
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout)

    def _run(self) -> None:
        while not isinstance(value := self._queue.get(), _End):
            if isinstance(value, type):
                with self._lock:
                    value = self._latest.pop(value)
            try:
                write_frame(self._stream, self._codec.encode(value))
            except (OSError, ValueError):
                self._gone()
                return
