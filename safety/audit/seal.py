"""Seals of the log: a key of its own, and lines and a head that only its holder can write."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perception.regular_file import read_regular, write_whole

START = "0" * 64
"""Stands in the first line for the hash of a line before it."""

_SEAL = re.compile(rb',"seal":"([0-9a-f]{64})"\}$')
_HEX = re.compile(r"[0-9a-f]{64}")
_MOST_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class Head:
    """The last line as it is kept beside the log: its number, its hash, the policy in force.

    `number` is 0 in a head of an older version, which bears no seal.
    """

    number: int
    hash: str
    policy: str = ""


def hash_of(line: bytes) -> str:
    """The hash by which the next line names this one."""
    return hashlib.sha256(line).hexdigest()


def sealed(record: Mapping[str, Any], key: bytes) -> bytes:
    """A line of the log: the record with its seal as the last field."""
    body = json.dumps(record, separators=(",", ":")).encode()
    return body[:-1] + f',"seal":"{_seal(body, key)}"}}'.encode()


def is_sealed(line: bytes) -> bool:
    """Whether a line bears a seal, right or wrong."""
    return _SEAL.search(line) is not None


def seal_fits(line: bytes, key: bytes) -> bool:
    """Whether a line is as the holder of the key wrote it."""
    found = _SEAL.search(line)
    if found is None:
        return False
    body = line[: found.start()] + b"}"
    return hmac.compare_digest(_seal(body, key), found[1].decode())


def read_key(file: Path) -> bytes | None:
    """The key; None where there is none. OSError also where the file holds something else."""
    if not file.exists():
        return None
    text = read_regular(file, _MOST_BYTES).decode("ascii", "replace").strip()
    if not _HEX.fullmatch(text):
        raise OSError(0, f"{file.name} holds no key")
    return bytes.fromhex(text)


def make_key(file: Path) -> bytes:
    """A new key, on disk for the user alone."""
    file.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_bytes(32)
    write_whole(file, key.hex().encode())
    return key


def write_head(file: Path, head: Head, key: bytes) -> None:
    """Put the head in the place of the old one."""
    record = {"n": head.number, "hash": head.hash, "policy": head.policy}
    write_whole(file, sealed(record, key))


def read_head(file: Path, key: bytes | None) -> Head | None:
    """The head; None where there is none, or where it is not the key holder's."""
    if not file.exists():
        return None
    data = read_regular(file, _MOST_BYTES)
    if key is None:
        text = data.decode("ascii", "replace").strip()
        return Head(0, text) if _HEX.fullmatch(text) else None
    if not seal_fits(data, key):
        return None
    record = json.loads(data)
    return Head(int(record["n"]), str(record["hash"]), str(record["policy"]))


def _seal(body: bytes, key: bytes) -> str:
    return hmac.new(key, body, hashlib.sha256).hexdigest()
