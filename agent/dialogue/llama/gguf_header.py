"""The header of a GGUF file: checked before llama.cpp sees it, which may abort on garbage.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from agent.codes import AgentCode
from agent.dialogue.text.control import WELL_KNOWN, looks_like_markup
from perception.regular_file import open_regular
from perception.types import UserError

_SCALARS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
_STRING, _ARRAY = 8, 9
_UNKNOWN, _CONTROL, _USER_DEFINED = 2, 3, 4
# (values in a block, bytes of a block) of the tensor types that are still written.
_BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210),
    15: (256, 292), 16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18),
    21: (256, 110), 22: (256, 82), 23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4),
    27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2), 34: (256, 54), 35: (256, 66),
    39: (32, 17),
}  # fmt: skip
_MOST_ENTRIES = 1_000_000
_CONTEXT = 4096
"""Tokens, where the header does not say."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a chat needs of the header. `control` are the control tokens' ids by spelling."""

    architecture: str
    name: str
    template: str
    context: int
    cache_bytes: int
    """Bytes of key and value cache a token of context, at 16 bits."""
    state_bytes: int
    """Bytes of the running state of a model that mixes attention with it; 0 for all others.

    It cannot be cut: llama.cpp goes back to a copy of it, or reads the prompt anew.
    """
    control: dict[str, int]
    tokens: tuple[str, ...]
    bos: int | None
    """The id that must stand first, or None."""
    spellings: dict[str, str]
    """How templates are told to begin and end: `bos_token` and `eos_token`."""


def read(file: Path) -> Header:
    """The header of `file`; UserError where it is missing, cut short or damaged."""
    try:
        with open_regular(file) as stream:
            values = _read(_HeaderReader(stream, os.fstat(stream.fileno()).st_size))
        return _header(values, file)
    except FileNotFoundError as error:
        raise UserError(AgentCode.GGUF_MISSING, file=file) from error
    except OSError as error:
        raise UserError(AgentCode.GGUF_UNREADABLE, file=file, reason=error.strerror) from error
    except _Foreign as error:
        raise UserError(AgentCode.NOT_A_GGUF, file=file) from error
    except (*_BROKEN, *_BROKEN_TYPES) as error:
        raise UserError(AgentCode.GGUF_DAMAGED, file=file, reason=error) from error


class _Broken(Exception):
    pass


class _Foreign(Exception):
    pass


_BROKEN = (_Broken, struct.error, MemoryError, RecursionError)
_BROKEN_TYPES = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)


class _HeaderReader:
    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream, self.size = stream, size

    def read_bytes(self, count: int) -> bytes:
        if count > self.size - self._stream.tell():
            raise _Broken("it ends too early")
        return self._stream.read(count)

    def number(self, code: str) -> Any:
        return struct.unpack(f"<{code}", self.read_bytes(struct.calcsize(f"<{code}")))[0]

    def string(self) -> str:
        return self.read_bytes(self.number("Q")).decode("utf-8", "replace")

    def value(self, kind: int) -> Any:
        if kind == _STRING:
            return self.string()
        if kind == _ARRAY:
            inner, count = self.number("I"), self.number("Q")
            if inner not in _SCALARS:
                if count > _MOST_ENTRIES:
                    raise _Broken("an array is too long")
                return [self.value(inner) for _ in range(count)]
            code = f"<{count}{_SCALARS[inner]}"
            return struct.unpack(code, self.read_bytes(count * struct.calcsize(_SCALARS[inner])))
        if kind not in _SCALARS:
            raise _Broken(f"no value has type {kind}")
        return self.number(_SCALARS[kind])

    def position(self) -> int:
        return self._stream.tell()


def _read(reader: _HeaderReader) -> dict[str, Any]:
    if reader.read_bytes(4) != b"GGUF":
        raise _Foreign
    version, tensors, entries = (reader.number(code) for code in "IQQ")
    if version not in (2, 3) or max(tensors, entries) > _MOST_ENTRIES:
        raise _Broken(f"unknown version {version}")
    values = {reader.string(): reader.value(reader.number("I")) for _ in range(entries)}
    ends = [_tensor_end(reader) for _ in range(tensors)]
    alignment = values.get("general.alignment", 32)
    data = -(-reader.position() // alignment) * alignment
    if data + max(ends, default=0) > reader.size:
        raise _Broken("its weights end too early")
    return values


def _tensor_end(reader: _HeaderReader) -> int:
    reader.string()
    dimensions = reader.number("I")
    if dimensions > 4:
        raise _Broken("a tensor has too many dimensions")
    count = 1
    for _ in range(dimensions):
        count *= reader.number("Q")
    kind, offset = reader.number("I"), reader.number("Q")
    if kind not in _BLOCKS:
        return int(offset)
    values, size = _BLOCKS[kind]
    return int(offset) + count // values * size


def _header(values: dict[str, Any], file: Path) -> Header:
    architecture = values["general.architecture"]
    tokens = tuple(values.get("tokenizer.ggml.tokens", ()))
    if not tokens:
        raise UserError(AgentCode.FILE_IS_NO_CHAT_MODEL, file=file.name)
    if not values.get("tokenizer.chat_template"):
        raise UserError(AgentCode.FILE_HAS_NO_TEMPLATE, file=file.name)
    sentencepiece = values.get("tokenizer.ggml.model") == "llama"
    wants_bos = values.get("tokenizer.ggml.add_bos_token", sentencepiece)
    return Header(
        architecture=architecture,
        name=values.get("general.name", file.parent.name),
        template=values["tokenizer.chat_template"],
        context=values.get(f"{architecture}.context_length", _CONTEXT),
        cache_bytes=_cache_bytes(values, architecture),
        state_bytes=_state_bytes(values, architecture),
        control=_control(tokens, values.get("tokenizer.ggml.token_type", ())),
        tokens=tokens,
        bos=values.get("tokenizer.ggml.bos_token_id") if wants_bos else None,
        spellings={
            "bos_token": _spelling(tokens, values.get("tokenizer.ggml.bos_token_id"), wants_bos),
            "eos_token": _spelling(tokens, values.get("tokenizer.ggml.eos_token_id"), True),
        },
    )


def _spelling(tokens: tuple[str, ...], index: int | None, wanted: bool) -> str:
    return tokens[index] if wanted and index is not None else ""


def _cache_bytes(values: dict[str, Any], architecture: str) -> int:
    """An architecture that is not known yet may name other things: then 0."""
    heads = _each(values.get(f"{architecture}.attention.head_count", 0))
    heads_kv = _each(values.get(f"{architecture}.attention.head_count_kv", heads))
    size = values.get(f"{architecture}.embedding_length", 0)
    head = values.get(f"{architecture}.attention.key_length", size // max(1, *heads, 1))
    layers = values.get(f"{architecture}.block_count", 0)
    total = sum(heads_kv) if len(heads_kv) > 1 else layers * heads_kv[0]
    return int(4 * total * head) // int(values.get(f"{architecture}.full_attention_interval", 1))


def _state_bytes(values: dict[str, Any], architecture: str) -> int:
    inner = values.get(f"{architecture}.ssm.inner_size", 0)
    state = values.get(f"{architecture}.ssm.state_size", 0)
    return int(4 * inner * state * values.get(f"{architecture}.block_count", 0))


def _each(heads: Any) -> list[int]:
    return [int(each) for each in heads] if isinstance(heads, list | tuple) else [int(heads)]


def _control(tokens: tuple[str, ...], kinds: tuple[int, ...]) -> dict[str, int]:
    marked = {
        token: index
        for index, (token, kind) in enumerate(zip(tokens, kinds, strict=False))
        if kind in (_CONTROL, _UNKNOWN) or (kind == _USER_DEFINED and looks_like_markup(token))
    }
    # Some files mark well-known ones as plain; llama.cpp mends that in itself, so we do too.
    known = {token: index for index, token in enumerate(tokens) if token in WELL_KNOWN}
    return known | marked
