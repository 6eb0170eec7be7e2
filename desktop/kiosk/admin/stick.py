"""A stick that sets up kiosks: its signed list of files, and how it is made."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

import msgspec
import tomlkit

from agent.settings import config_folder, data_folder, models_folder
from desktop.codes import DesktopCode
from desktop.kiosk.admin.signing import is_signed_by
from perception.regular_file import open_regular, read_regular, write_whole
from perception.types import UserError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

MANIFEST, SIGNATURE, FILES = "manifest.toml", "manifest.sig", "files"
BLOCK = 1 << 20
_MOST_BYTES = 5_000_000
_SAFE = re.compile(r"[^\x00-\x1f\\:]{1,200}")
_SINGLE = ("settings.toml", "policy.toml", "upkeep.toml")
_FOLDERS = ("models", "profiles", "documents")


class StickFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of a stick: of models, profiles or documents, or one of settings."""

    path: str
    size: Annotated[int, msgspec.Meta(ge=0)]
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class StickList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a stick holds."""

    version: Annotated[int, msgspec.Meta(ge=1, le=1)]
    file: tuple[StickFile, ...] = ()


@dataclass(frozen=True, slots=True)
class StickSource:
    """What is put on a stick: folders and files by where they go, None for those left out."""

    models: Path | None
    profiles: Path | None
    documents: Path | None
    config: Path | None


def own_source(documents: Path | None, *, models: bool) -> StickSource:
    """What this computer has."""
    return StickSource(
        models_folder() if models else None,
        data_folder() / "profiles",
        documents,
        config_folder(),
    )


def read_list(folder: Path, key: Ed25519PublicKey) -> StickList:
    """The list of a stick; UserError where it is not signed with this key, or cannot be used."""
    try:
        data = read_regular(folder / MANIFEST, _MOST_BYTES)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(DesktopCode.STICK_UNREADABLE, folder=folder, reason=reason) from error
    try:
        signature = base64.b64decode(read_regular(folder / SIGNATURE, _MOST_BYTES), validate=True)
    except FileNotFoundError as error:
        raise UserError(DesktopCode.STICK_UNSIGNED, folder=folder) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(DesktopCode.STICK_UNREADABLE, folder=folder, reason=reason) from error
    except binascii.Error as error:
        raise UserError(DesktopCode.STICK_SIGNED_BY_OTHERS) from error
    # Not a byte of the list is looked at before it is known whose it is.
    if not is_signed_by(key, data, signature):
        raise UserError(DesktopCode.STICK_SIGNED_BY_OTHERS)
    try:
        listed = msgspec.convert(tomllib.loads(data.decode()), StickList)
    except ValueError as error:
        raise UserError(DesktopCode.STICK_BROKEN, reason=error) from error
    for file in listed.file:
        if not is_place(file.path):
            raise UserError(DesktopCode.STICK_BROKEN, reason=file.path)
    return listed


def is_place(path: str) -> bool:
    """Whether a file may go there: never out of the folders of Candor, never hidden."""
    parts = PurePosixPath(path).parts
    if path in _SINGLE:
        return True
    return (
        str(PurePosixPath(path)) == path
        and len(parts) >= 2
        and parts[0] in _FOLDERS
        and all(_SAFE.fullmatch(part) and not part.startswith(".") for part in parts)
    )


def make_stick(source: StickSource, folder: Path, key: Ed25519PrivateKey) -> Iterator[str]:
    """Copy, list and sign; yields the path of each file as it is copied.

    UserError where the folder is not empty, or does not take all. Close it to cancel: a stick
    without its list is refused everywhere.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UserError(DesktopCode.STICK_EXISTS, folder=folder)
    listed = []
    try:
        for path, place in _found(source):
            yield path
            listed.append(_copied(place, folder / FILES / path, path))
        text = _manifest(StickList(1, tuple(listed)))
        write_whole(folder / MANIFEST, text)
        write_whole(folder / SIGNATURE, base64.b64encode(key.sign(text)))
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(DesktopCode.KIOSK_FILE_NOT_WRITTEN, file=folder, reason=reason) from error


def _found(source: StickSource) -> Iterator[tuple[str, Path]]:
    folders = {
        "models": source.models,
        "profiles": source.profiles,
        "documents": source.documents,
    }
    for name, folder in folders.items():
        if folder is None or not folder.is_dir():
            continue
        for place in sorted(folder.rglob("*")):
            path = f"{name}/{place.relative_to(folder).as_posix()}"
            if place.is_file() and is_place(path):
                yield path, place
    for name in _SINGLE:
        if source.config and (source.config / name).is_file():
            yield name, source.config / name


def _copied(place: Path, target: Path, path: str) -> StickFile:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with open_regular(place) as source, target.open("xb") as out:
        while block := source.read(BLOCK):
            out.write(block)
            digest.update(block)
            size += len(block)
        out.flush()
        os.fsync(out.fileno())
    return StickFile(path, size, digest.hexdigest())


def _manifest(listed: StickList) -> bytes:
    return tomlkit.dumps(msgspec.to_builtins(listed)).encode()


def free_bytes(folder: Path) -> int:
    """The free space where a folder is, or will be."""
    place = folder
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free
