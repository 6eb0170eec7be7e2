"""The wire: closed, bounded, in order; only the newest preview."""

from __future__ import annotations

import io
import os
import struct
import threading
from typing import BinaryIO

import numpy as np
import pytest
from typing_extensions import Buffer

from agent.commands import COMMANDS, Close, Say
from agent.events import EVENTS, Failed, Preview
from perception.audio.ipc.messages import (
    FROM_EARS,
    TO_EARS,
    Level,
    Play,
)
from perception.messages import plain
from perception.types import (
    Box,
    Item,
    Quality,
    Scene,
)
from perception.wire import (
    MOST_BYTES,
    BrokenWire,
    Codec,
    Outbox,
    read_frame,
    receive,
    write_frame,
)


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


def test_values_come_back_equal() -> None:
    item = Item("cup", Box(0.1, 0.2, 0.3, 0.4), 0.9, "objects")
    scene = Scene((), (item,), (), (), (), "", Quality(0.5, 90.0), 1.0)
    codec = Codec(EVENTS)
    event = Preview(b"\xff\xd8", scene)
    assert codec.decode(codec.encode(event)) == event


def test_sound_comes_back_equal() -> None:
    codec = Codec(TO_EARS)
    samples = np.linspace(-1, 1, 480, dtype=np.float32)
    back = codec.decode(codec.encode(Play("t", 3, samples, 24_000)))
    assert isinstance(back, Play) and back.samples.dtype == np.float32
    np.testing.assert_array_equal(back.samples, samples)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xc1",
        b"not msgpack at all",
        b"\x92\xa4Evil\x80",
        b"\x92\xa3Say\x81\xa4turn\x01",
        b"\x93\x01\x02\x03",
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenWire):
        Codec(COMMANDS).decode(data)


def test_a_value_of_another_union_cannot_be_sent() -> None:
    with pytest.raises(TypeError, match="union"):
        Codec(COMMANDS).encode(Failed("", plain("a", "b")))


def test_names_are_unique_within_a_union() -> None:
    for union in (COMMANDS, EVENTS, TO_EARS, FROM_EARS):
        assert len({kind.__name__ for kind in union}) == len(union)


def test_a_frame_that_is_too_large_is_refused() -> None:
    with pytest.raises(BrokenWire, match="too large"):
        read_frame(io.BytesIO(struct.pack(">I", MOST_BYTES + 1)))


def test_a_cut_frame_is_the_end() -> None:
    whole = io.BytesIO()
    write_frame(whole, Codec(COMMANDS).encode(Close()))
    cut = io.BytesIO(whole.getvalue()[:-1])
    assert list(receive(cut, Codec(COMMANDS))) == []


def test_the_outbox_keeps_order_and_only_the_newest_level() -> None:
    reading, writing = _pipe()
    gate = threading.Event()
    codec = Codec((*COMMANDS, Level))
    outbox = Outbox(io.BufferedWriter(_Gated(writing, gate)), codec, (Level,), lambda: None, "test")
    outbox.send(Say("first", None, ""))
    for place in range(1000):
        outbox.send(Level(place / 1000, 0.0))
    outbox.send(Say("last", None, ""))
    gate.set()
    outbox.close()
    writing.close()
    got = list(receive(reading, codec))
    reading.close()
    assert [v.turn for v in got if isinstance(v, Say)] == ["first", "last"]
    assert [v.rms for v in got if isinstance(v, Level)] == [0.999]


def test_the_outbox_tells_once_that_the_other_side_is_gone() -> None:
    reading, writing = _pipe()
    reading.close()
    told = threading.Event()
    outbox = Outbox(writing, Codec(COMMANDS), (), told.set, "test")
    outbox.send(Close())
    assert told.wait(5)
    outbox.close()
    with pytest.raises(BrokenPipeError):
        writing.close()


class _Gated(io.RawIOBase):
    """A stream whose first write waits."""

    def __init__(self, stream: BinaryIO, gate: threading.Event) -> None:
        self._stream, self._gate = stream, gate

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        self._gate.wait()
        written = self._stream.write(data)
        self._stream.flush()
        return written
