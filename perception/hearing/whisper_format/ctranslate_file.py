"""Tuned Whisper weights back in CTranslate2's `model.bin`: a copy with other numbers in it."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from perception.codes import PerceptionCode
from perception.hearing.whisper_format.conversion import state_of
from perception.hearing.whisper_format.weights import Weights, read_weights
from perception.replaced import replaced
from perception.types import UserError

_KINDS = {0: np.float32, 4: np.float16}
_NAMES = (
    ("self_attention/linear_0", "self_attn", "qkv"),
    ("self_attention/linear_1", "self_attn", "o"),
    ("attention/linear_0", "encoder_attn", "q"),
    ("attention/linear_1", "encoder_attn", "kv"),
    ("attention/linear_2", "encoder_attn", "o"),
)
_NORMS = (
    ("ffn/layer_norm", "final_layer_norm"),
    ("self_attention/layer_norm", "self_attn_layer_norm"),
    ("attention/layer_norm", "encoder_attn_layer_norm"),
)

State = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the numbers of an array lie in the file."""

    name: str
    shape: tuple[int, ...]
    kind: int
    start: int
    size: int


def write_weights(base: Path, state: State, file: Path) -> None:
    """Write `file` as a copy of `base` with the parameters of `state` (transformers' names).

    What `state` does not name stays. UserError where the base is in 8 bits, or shapes differ.
    """
    weights = read_weights(base)
    made = arrays_of(weights, state)
    with replaced(file) as draft:
        shutil.copyfile(base, draft)
        with draft.open("r+b") as stream:
            for place in list(_places(stream)):
                if place.name not in made:
                    continue
                array = made[place.name]
                if place.kind not in _KINDS or array.shape != place.shape:
                    raise UserError(
                        PerceptionCode.TUNED_WEIGHTS_OF_ANOTHER_KIND,
                        base=base.name,
                        place=place.name,
                    )
                stream.seek(place.start)
                stream.write(np.ascontiguousarray(array, _KINDS[place.kind]).tobytes())


def arrays_of(weights: Weights, state: State) -> dict[str, NDArray[Any]]:
    """CTranslate2's arrays for parameters of transformers: the inverse of `state_of`."""
    whole = {**state_of(weights), **state}
    found: dict[str, NDArray[Any]] = {}
    for part in ("encoder", "decoder"):
        found |= _norm(whole, f"{part}/layer_norm", f"model.{part}.layer_norm")
        found[f"{part}/position_encodings/encodings"] = whole[
            f"model.{part}.embed_positions.weight"
        ]
        for layer in range(weights.layers(part)):
            name, source = f"{part}/layer_{layer}", f"model.{part}.layers.{layer}"
            found |= _layer(weights, whole, name, source)
    for conv in ("conv1", "conv2"):
        for kind in ("weight", "bias"):
            found[f"encoder/{conv}/{kind}"] = whole[f"model.encoder.{conv}.{kind}"]
    for name in ("embeddings", "projection"):
        found[f"decoder/{name}/weight"] = whole["model.decoder.embed_tokens.weight"]
    return {name: array for name, array in found.items() if name in weights.plain}


def _layer(weights: Weights, whole: State, name: str, source: str) -> dict[str, NDArray[Any]]:
    found: dict[str, NDArray[Any]] = {}
    for number, linear in enumerate(("fc1", "fc2")):
        for kind in ("weight", "bias"):
            found[f"{name}/ffn/linear_{number}/{kind}"] = whole[f"{source}.{linear}.{kind}"]
    for theirs, ours in _NORMS:
        if f"{name}/{theirs}/gamma" in weights.plain:
            found |= _norm(whole, f"{name}/{theirs}", f"{source}.{ours}")
    for theirs, module, letters in _NAMES:
        if f"{name}/{theirs}/weight" in weights.plain:
            for kind in ("weight", "bias"):
                parts = [_linear(whole, f"{source}.{module}", letter, kind) for letter in letters]
                found[f"{name}/{theirs}/{kind}"] = np.concatenate(parts)
    return found


def _linear(whole: State, module: str, letter: str, kind: str) -> NDArray[Any]:
    if (letter, kind) == ("k", "bias"):  # Whisper's keys have none.
        return np.zeros(len(whole[f"{module}.k_proj.weight"]), np.float32)
    return whole[f"{module}.{'out_proj' if letter == 'o' else f'{letter}_proj'}.{kind}"]


def _norm(whole: State, name: str, source: str) -> dict[str, NDArray[Any]]:
    return {f"{name}/gamma": whole[f"{source}.weight"], f"{name}/beta": whole[f"{source}.bias"]}


def _places(stream: BinaryIO) -> Iterator[_Place]:
    """The arrays of a file that `read_weights` has accepted."""

    def number(code: str) -> int:
        value: int = struct.unpack(f"<{code}", stream.read(struct.calcsize(code)))[0]
        return value

    number("I")
    stream.read(number("H"))
    number("I")
    for _ in range(number("I")):
        name = stream.read(number("H")).rstrip(b"\0").decode()
        shape = tuple(number("I") for _ in range(number("B")))
        kind, size = number("B"), number("I")
        yield _Place(name, shape, kind, stream.tell(), size)
        stream.seek(size, 1)
