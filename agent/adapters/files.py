"""What an adapter may be called and consist of, looked at before anything of it is read or kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from agent.adapters.report import About
from agent.codes import AgentCode
from perception.regular_file import read_regular
from perception.types import UserError

ABOUT = "about.json"
ON = "on.json"
OURS, BASE = "ours", "base"
MOST_FILES = 64
MOST_BYTES = 20_000_000_000
MOST_ACCOUNT = 1_000_000
"""Bytes of the account."""

_NAME = re.compile(r"[\w][\w.-]{0,63}")
_MOST_NAME_BYTES = 200
"""A file system takes 255, and `.part` comes behind."""
_RESERVED = frozenset(
    {OURS, BASE, "con", "prn", "aux", "nul"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
_ENDINGS = (".json", ".part", ".lock", ".tmp", ".zip", ".")
_PROGRAMS = (".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".py", ".so", ".dll")
_ALLOWED = (
    *("*.safetensors", "*.gguf", "model.bin", "model.safetensors.index.json"),
    *("adapter_config.json", "config.json", "generation_config.json", "preprocessor_config.json"),
    *("tokenizer.json", "tokenizer_config.json", "tokenizer.model", "special_tokens_map.json"),
    *("added_tokens.json", "vocab.json", "vocabulary.json", "vocabulary.txt", "merges.txt"),
    *("chat_template.jinja", "README.md", "curves.svg"),
)


def check_name(name: str) -> None:
    """UserError where an adapter cannot be called so: it names a folder beside files of ours."""
    plain = name.casefold()
    good = (
        _NAME.fullmatch(name)
        and unicodedata.is_normalized("NFC", name)
        and len(name.encode("utf-8", "replace")) <= _MOST_NAME_BYTES
        and plain.split(".")[0] not in _RESERVED
        and not plain.endswith(_ENDINGS)
    )
    if not good:
        raise UserError(AgentCode.BAD_ADAPTER_NAME, name=f"{name[:64]!r}", ours=OURS, base=BASE)


def check_base(base: str) -> None:
    """UserError where a base's name cannot be that of a folder."""
    if not _NAME.fullmatch(base) or base.endswith(_ENDINGS):
        raise UserError(AgentCode.BAD_BASE_NAME, base=f"{base[:64]!r}")


def parse_account(data: bytes, where: str) -> About:
    """The account in these bytes; UserError where they are none."""
    try:
        return msgspec.json.decode(data, type=About)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise UserError(AgentCode.ADAPTER_UNREADABLE, where=where, reason=error) from error


def read_account(folder: Path) -> About:
    """The account of the adapter in `folder`; UserError where there is none that can be read."""
    file = folder / ABOUT
    try:
        return parse_account(read_regular(file, MOST_ACCOUNT, within=folder), str(file))
    except OSError as error:
        raise UserError(
            AgentCode.ADAPTER_UNREADABLE, where=file, reason=error.strerror or error
        ) from error


def check_files(files: Mapping[str, str]) -> None:
    """UserError where an account names files that are not taken from elsewhere."""
    if not files:
        raise UserError(AgentCode.ADAPTER_HAS_NO_FILES)
    if len(files) > MOST_FILES:
        raise UserError(
            AgentCode.ADAPTER_HAS_TOO_MANY_FILES, files=len(files), most_files=MOST_FILES
        )
    for name in files:
        if not is_inside(name):
            raise UserError(AgentCode.ADAPTER_LEAVES_ITS_FOLDER, name=f"{name[:200]!r}")
        if name.lower().endswith(_PROGRAMS) and name != "model.bin":
            raise UserError(AgentCode.ADAPTER_FILE_COULD_RUN, name=name)
        if not any(fnmatchcase(name, pattern) for pattern in _ALLOWED):
            raise UserError(AgentCode.ADAPTER_FILE_DOES_NOT_BELONG, name=name[:200])
    if len({name.casefold() for name in files}) < len(files):
        raise UserError(AgentCode.ADAPTER_NAMES_DIFFER_IN_CASE)


def check_size(size: int) -> None:
    """UserError where an adapter's bytes are too many."""
    if size > MOST_BYTES:
        raise UserError(
            AgentCode.ADAPTER_TOO_LARGE,
            size=f"{size / 1000000000.0:.1f}",
            most=MOST_BYTES // 1000000000,
        )


def is_inside(name: str) -> bool:
    """Whether a name stays in its folder on every system, and can be shown."""
    inside = all(part not in ("", ".", "..") for part in name.split("/"))
    return inside and name.isprintable() and not set(name) & set(":\\")
