"""An adapter in a zip file: all is looked at before anything is unpacked."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from agent.adapters.files import (
    ABOUT,
    MOST_ACCOUNT,
    MOST_BYTES,
    MOST_FILES,
    check_files,
    check_size,
    is_inside,
    parse_account,
)
from agent.adapters.report import About
from agent.codes import AgentCode
from agent.models import disk
from perception.regular_file import open_regular
from perception.types import UserError

_MOST_MEMBERS = 10 * MOST_FILES
_FREE_RATIO_BYTES = 50_000_000
_MOST_RATIO = 20
"""Weights hardly shrink: what unpacks to more than this, and is not small, is a trap."""
_BLOCK = 1 << 20
_ENCRYPTED = 0x1
_BROKEN = (
    *(OSError, zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error),
    *(EOFError, ValueError, LookupError, RuntimeError, MemoryError, OverflowError),
)


def unpacked(file: Path, into: Path) -> Path:
    """Unpack what the account in `file` names, and nothing else, into `into`.

    UserError where the file is damaged, locked, too large, or not an adapter.
    """
    try:
        with open_regular(file) as stream:
            _unpack(stream, file, into)
    except _BROKEN as error:
        raise UserError(
            AgentCode.ZIP_DAMAGED, file=file.name, reason=f"{str(error)[:200]!r}"
        ) from error
    return into


def _unpack(stream: BinaryIO, file: Path, into: Path) -> None:
    with zipfile.ZipFile(stream) as packed:
        members = _members(packed, file.name)
        account = _account(members, file.name)
        place = account.parent
        data = _read(packed, members[account], MOST_ACCOUNT)
        about = parse_account(data, f"{ABOUT} in {file.name}")
        check_files(about.files)
        wanted = {name: members.get(place / name) for name in about.files}
        found = {name: member for name, member in wanted.items() if member is not None}
        _check_sizes(list(found.values()), about, into)
        (into / ABOUT).write_bytes(data)
        for name, member in found.items():
            _copy(packed, member, into / name)


def _members(packed: zipfile.ZipFile, name: str) -> dict[PurePosixPath, zipfile.ZipInfo]:
    """The files in the zip by their place; UserError where one could do harm."""
    infos = [each for each in packed.infolist() if not each.is_dir()]
    if len(infos) > _MOST_MEMBERS:
        raise UserError(AgentCode.ZIP_TOO_MANY_FILES, name=name, infos=len(infos))
    for each in infos:
        if each.flag_bits & _ENCRYPTED:
            raise UserError(AgentCode.ZIP_LOCKED, name=name)
        if each.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UserError(AgentCode.ZIP_METHOD_UNKNOWN, name=name, method=each.compress_type)
        if not is_inside(each.filename):
            raise UserError(
                AgentCode.ZIP_LEAVES_ITS_FOLDER, name=name, each=f"{each.filename[:200]!r}"
            )
        if stat.S_IFMT(each.external_attr >> 16) not in (0, stat.S_IFREG):
            raise UserError(AgentCode.ZIP_HOLDS_LINK, name=name, each=f"{each.filename[:200]!r}")
    if len({each.filename.casefold() for each in infos}) < len(infos):
        raise UserError(AgentCode.ZIP_FILE_TWICE, name=name)
    return {PurePosixPath(each.filename): each for each in infos}


def _account(members: dict[PurePosixPath, zipfile.ZipInfo], name: str) -> PurePosixPath:
    found = sorted(
        (place for place in members if place.name == ABOUT),
        key=lambda place: (len(place.parts), str(place)),
    )
    if not found:
        raise UserError(AgentCode.ADAPTER_FOLDER_WITHOUT_ACCOUNT, folder=name, about=ABOUT)
    return found[0]


def _check_sizes(members: list[zipfile.ZipInfo], about: About, into: Path) -> None:
    size = sum(each.file_size for each in members)
    packed = sum(each.compress_size for each in members)
    check_size(size)
    if size > _FREE_RATIO_BYTES and size > _MOST_RATIO * packed:
        raise UserError(
            AgentCode.ZIP_BOMB,
            about=f"{about.name[:64]!r}",
            packed=f"{packed / 1000000.0:.0f}",
            size=f"{size / 1000000.0:.0f}",
        )
    disk.need(into, 2 * size)


def _read(packed: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    if member.file_size > most:
        raise UserError(AgentCode.ZIP_ACCOUNT_TOO_LARGE, about=ABOUT)
    with packed.open(member) as stream:
        return stream.read(most)


def _copy(packed: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    left = min(member.file_size, MOST_BYTES)
    with packed.open(member) as source, target.open("xb") as out:
        # A member may hold more than its head says: no more than that is written.
        while left > 0 and (block := source.read(min(_BLOCK, left))):
            out.write(block)
            left -= len(block)
