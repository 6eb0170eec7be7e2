"""The weights of a Whisper model, read from CTranslate2's `model.bin`.

The format is CTranslate2's binary version 6 (python/ctranslate2/specs/model_spec.py): names,
shapes and plain numbers, nothing that could run.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from perception.codes import PerceptionCode
from perception.types import UserError

_TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
_VERSION = 6


@dataclass(frozen=True, slots=True)
class Weights:
    """Arrays by CTranslate2's names, for example `encoder/layer_0/self_attention/linear_0/weight`.

    They stay as they are on disk (float16, or int8 with factors) until one is asked for.
    """

    plain: dict[str, NDArray[np.generic]]
    heads: int

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        array = self.plain[name].astype(np.float32)
        scale = self.plain.get(f"{name}_scale")
        return array if scale is None else array / scale.astype(np.float32).reshape(-1, 1)

    def names(self) -> list[str]:
        """The names of the arrays."""
        return [
            name
            for name, array in self.plain.items()
            if array.size > 1 and not name.endswith("_scale")
        ]

    def layers(self, part: str) -> int:
        """How many layers `encoder` or `decoder` has."""
        marks = {name.split("/")[1] for name in self.plain if name.startswith(f"{part}/layer_")}
        return len(marks - {"layer_norm"})


def read_weights(file: Path, only: Collection[str] | None = None) -> Weights:
    """Read `model.bin`, or `only` the arrays of these names.

    UserError where it is missing, cut, or of another version.
    """
    try:
        with file.open("rb") as stream:
            plain = _variables(stream, only)
            heads = int(plain["encoder/num_heads"].reshape(-1)[0])
    except (OSError, struct.error, ValueError, KeyError) as error:
        raise UserError(PerceptionCode.HEARING_MODEL_UNREADABLE, file=file) from error
    return Weights(plain, heads)


def _number(stream: BinaryIO, code: str) -> int:
    size = struct.calcsize(code)
    value: int = struct.unpack("<" + code, stream.read(size))[0]
    return value


def _string(stream: BinaryIO) -> str:
    return stream.read(_number(stream, "H")).rstrip(b"\0").decode()


def _variables(stream: BinaryIO, only: Collection[str] | None) -> dict[str, NDArray[np.generic]]:
    if _number(stream, "I") != _VERSION:
        raise ValueError("another binary version")
    if _string(stream) != "WhisperSpec":
        raise ValueError("not a Whisper model")
    _number(stream, "I")
    found: dict[str, NDArray[np.generic]] = {}
    for _ in range(_number(stream, "I")):
        name = _string(stream)
        shape = [_number(stream, "I") for _ in range(_number(stream, "B"))]
        kind = np.dtype(_TYPES[_number(stream, "B")])
        size = _number(stream, "I")
        if only is not None and name not in only:
            stream.seek(size, os.SEEK_CUR)
            continue
        data = stream.read(size)
        if len(data) < size:
            raise ValueError("cut short")
        found[name] = np.frombuffer(data, kind).reshape(shape)
    for _ in range(_number(stream, "I")):
        alias, name = _string(stream), _string(stream)
        if name in found:
            found[alias] = found[name]
    return found
