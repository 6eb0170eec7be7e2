"""Frames that nobody of ours would send: each is `BrokenWire`, or a value of the union."""

from __future__ import annotations

import dataclasses
import random
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import numpy as np
import pytest

from agent.commands import COMMANDS
from agent.events import EVENTS
from perception.audio.ipc.messages import FROM_EARS, TO_EARS, Play
from perception.types import Snapshot
from perception.wire import BrokenWire, Codec
from tests.faults.conftest import Record, Tries
from tests.faults.hostile import mutated

UNIONS: dict[str, tuple[type, ...]] = {
    "commands": COMMANDS,
    "events": EVENTS,
    "to ears": TO_EARS,
    "from ears": FROM_EARS,
    "pictures": (Snapshot,),
}


def value(kind: Any, chance: random.Random) -> Any:  # noqa: PLR0911
    """Some value of this type, as a program would send it."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is np.ndarray:
        if np.float32 in get_args(inner[1]):
            return np.zeros(chance.randrange(9), np.float32)
        return np.zeros((2, chance.randrange(1, 4), 3), np.uint8)
    if origin in (Union, UnionType):
        return value(chance.choice(inner), chance)
    if origin is tuple and inner[-1] is not Ellipsis:
        return tuple(value(each, chance) for each in inner)
    if origin is tuple:
        return tuple(value(inner[0], chance) for _ in range(chance.randrange(3)))
    if origin is dict:
        return {str(n): value(inner[1], chance) for n in range(chance.randrange(3))}
    if dataclasses.is_dataclass(kind):
        make: Any = kind
        hints = get_type_hints(kind)
        return make(**{f.name: value(hints[f.name], chance) for f in dataclasses.fields(kind)})
    return plain(kind, chance)


def plain(kind: Any, chance: random.Random) -> Any:
    if hasattr(kind, "__members__"):
        return chance.choice(list(kind))
    simple: dict[Any, Any] = {
        str: "words", int: chance.randrange(9), float: chance.random(), bool: True, bytes: b"\xff",
        type(None): None,
    }  # fmt: skip
    return simple.get(kind, "")


def frames(kinds: tuple[type, ...], chance: random.Random) -> bytes:
    codec = Codec(kinds)
    kind = chance.choice(kinds)
    if chance.random() < 0.2:
        return chance.randbytes(chance.randrange(200))
    if chance.random() < 0.3:
        plain: Any = [kind.__name__, tree(chance, 4)]
        return msgspec.msgpack.encode(plain)
    return mutated(codec.encode(value(kind, chance)), chance)


def tree(chance: random.Random, depth: int) -> Any:
    """Any nesting of anything, with names that fields really have."""
    names = ("turn", "samples", "rate", "text", "chat", "pictures", "pixels", "why", "phase")
    leaves = (None, -1, 2**63, 1.5, float("nan"), "x", b"", b"\0" * 16, True, "<f4", [1, 2, 3])
    if depth == 0 or chance.random() < 0.3:
        return chance.choice(leaves)
    if chance.random() < 0.5:
        return {name: tree(chance, depth - 1) for name in chance.sample(names, 3)}
    return [tree(chance, depth - 1) for _ in range(chance.randrange(5))]


@pytest.mark.parametrize("name", list(UNIONS))
def test_a_hostile_frame_is_refused_or_a_value(name: str, tries: Tries, record: Record) -> None:
    kinds = UNIONS[name]
    codec, chance = Codec(kinds), random.Random(name)
    count, refused, escaped = tries(1500, 20_000), 0, []
    for _ in range(count):
        frame = frames(kinds, chance)
        try:
            assert isinstance(codec.decode(frame), kinds)
        except BrokenWire:
            refused += 1
        except Exception as error:
            escaped.append((frame, repr(error)))
    assert refused > count // 3 and escaped[:3] == []
    record(f"hostile frames, {name}", count, len(escaped), "BrokenWire")


def test_every_kind_travels(tries: Tries) -> None:
    chance = random.Random(7)
    for kinds in UNIONS.values():
        codec = Codec(kinds)
        for kind in kinds:
            assert isinstance(codec.decode(codec.encode(value(kind, chance))), kind)


ARRAYS: tuple[Any, ...] = (
    ["<f8", [4], b"\0" * 32],
    ["<f4", [-1], b"\0" * 16],
    ["<f4", [-2, -2], b"\0" * 16],
    ["<f4", [2, 2], b"\0" * 16],
    ["<f4", [5], b"\0" * 16],
    ["<f4", [4], b"\0" * 15],
    ["<f4", [2**62], b""],
    ["<f4", [4.0], b"\0" * 16],
    ["<f4", [True], b"\0" * 4],
    ["<f4", 4, b"\0" * 16],
    ["<f4", [4], "0000000000000000"],
    ["<f4", [4], [0] * 16],
    ["|u1", [4], b"\0" * 4],
    [">f4", [4], b"\0" * 16],
    ["O", [2], b"\0" * 16],
    ["V" * 1000, [1], b""],
    ["<f4,<f4", [2], b"\0" * 16],
    [["<f4"], [4], b"\0" * 16],
    [[["a", "<f4"]], [4], b"\0" * 16],
    [{"names": []}, [4], b""],
    [4, [4], b"\0" * 16],
    [None, [4], b""],
    ["<f4", [4]],
    ["<f4", [4], b"\0" * 16, 1],
    {"<f4": 1},
    None,
    "abc",
    b"abc",
    [],
)


@pytest.mark.parametrize("array", ARRAYS, ids=lambda array: repr(array)[:30])
def test_another_array_is_refused(array: Any) -> None:
    body = {"turn": "t", "sentence": 1, "samples": array, "rate": 16_000}
    with pytest.raises(BrokenWire):
        Codec((Play,)).decode(msgspec.msgpack.encode(["Play", body]))
    with pytest.raises(BrokenWire):
        Codec((Snapshot,)).decode(msgspec.msgpack.encode(["Snapshot", {"pixels": array, "at": 1}]))


def test_other_arrays_cannot_be_sent() -> None:
    codec = Codec((Play,))
    for samples in (np.zeros(4, np.float64), np.zeros((2, 2), np.float32), np.zeros(4, np.uint8)):
        with pytest.raises(TypeError, match="cannot travel"):
            codec.encode(Play("t", 1, samples, 16_000))  # type: ignore[arg-type]


def test_depth_is_no_way_out() -> None:
    for opening in (b"\x91", b"\x81\xa4turn"):
        deep = b"\x92\xa4Play" + opening * 200_000
        with pytest.raises(BrokenWire):
            Codec((Play,)).decode(deep)
