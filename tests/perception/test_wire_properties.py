"""The wire for any value, any bytes and any cut."""

from __future__ import annotations

import dataclasses
import io
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.commands import COMMANDS
from agent.events import EVENTS
from perception.audio.ipc.messages import FROM_EARS, TO_EARS
from perception.messages import Notice
from perception.wire import BrokenWire, Codec, read_frame, write_frame
from tests.properties import PROPERTY

UNIONS = {"commands": COMMANDS, "events": EVENTS, "to ears": TO_EARS, "from ears": FROM_EARS}
_FLOATS = st.floats(allow_nan=False)
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=20),
    int: st.integers(-(2**63), 2**63 - 1),
    float: _FLOATS,
    bool: st.booleans(),
    bytes: st.binary(max_size=40),
    NoneType: st.none(),
}
_FLAT = st.builds(
    Notice,
    st.text(max_size=20),
    st.dictionaries(st.text(max_size=8), st.one_of(st.text(max_size=20), _FLOATS), max_size=2),
)
# A message may hold messages.
_PLAIN[Notice] = st.one_of(
    _FLAT,
    st.builds(
        Notice, st.text(max_size=20), st.dictionaries(st.text(max_size=8), _FLAT, max_size=2)
    ),
)
_SOUND = st.lists(st.floats(-1, 1, width=32), max_size=20).map(lambda s: np.array(s, np.float32))


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that can travel."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.builds(kind, **{name: values(hint) for name, hint in hints.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    return _several(get_origin(kind), get_args(kind))


def _several(origin: Any, parts: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if origin is np.ndarray:
        return _SOUND
    if origin is dict:
        return st.dictionaries(values(parts[0]), values(parts[1]), max_size=3)
    if origin is tuple and parts[-1] is Ellipsis:
        return st.lists(values(parts[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(values, parts))
    return st.one_of(*map(values, parts))


def any_of(union: tuple[type, ...]) -> st.SearchStrategy[Any]:
    return st.sampled_from(union).flatmap(values)


@pytest.mark.parametrize("union", UNIONS)
@PROPERTY
@given(data=st.data())
def test_every_value_comes_back(union: str, data: st.DataObject) -> None:
    codec = Codec(UNIONS[union])
    value = data.draw(any_of(UNIONS[union]))
    frame = codec.encode(value)
    back = codec.decode(frame)
    assert type(back) is type(value) and codec.encode(back) == frame


@PROPERTY
@given(
    value=any_of(COMMANDS),
    at=st.integers(0, 200),
    byte=st.integers(0, 255),
    keep=st.integers(0, 200),
)
def test_damaged_values_are_refused_or_values(value: Any, at: int, byte: int, keep: int) -> None:
    codec = Codec(COMMANDS)
    frame = bytearray(codec.encode(value))
    frame[at % len(frame)] = byte
    for damaged in (bytes(frame), bytes(frame[:keep])):
        try:
            assert isinstance(codec.decode(damaged), COMMANDS)
        except BrokenWire:
            continue


@PROPERTY
@given(frames=st.lists(st.binary(max_size=30), max_size=5), cut=st.integers(0, 200))
def test_a_stream_that_is_cut_gives_its_whole_frames(frames: list[bytes], cut: int) -> None:
    stream = io.BytesIO()
    for frame in frames:
        write_frame(stream, frame)
    left = io.BytesIO(stream.getvalue()[:cut])
    got = list(iter(lambda: read_frame(left), None))
    assert got == frames[: len(got)]
    assert len(got) == len(frames) or cut < len(stream.getvalue())
