"""An adapter from elsewhere, checked before anything of it is taken over.

What `candor train export` wrote: a folder, one of its files, or a zip file of it. Its account must
name its base, prompt format and files; only what it names, with the hashes that it names, is taken.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from agent.adapters.files import (
    ABOUT,
    OURS,
    check_files,
    check_name,
    check_size,
    read_account,
)
from agent.adapters.report import About
from agent.adapters.store import Adapter, Adapters, file_hash
from agent.adapters.zip_file import unpacked
from agent.codes import AgentCode
from perception.leftovers import owned_prefix
from perception.regular_file import check_regular, open_regular
from perception.types import UserError


def take_in(source: Path, adapters: Adapters, name: str, identify: Callable[[str], str]) -> Adapter:
    """Add the adapter in `source` under `name`, or under its own; it is not switched on by that.

    `identify` gives the identity of an installed base by its name, or raises UserError. UserError
    with the reason where the adapter is foreign or broken.
    """
    try:
        if not source.exists():
            raise UserError(AgentCode.ADAPTER_SOURCE_MISSING, source=source)
        if source.is_dir():
            return _take(source, adapters, name, identify)
        check_regular(source)
        if source.suffix.lower() != ".zip":
            return _take(source.parent, adapters, name, identify)
        with tempfile.TemporaryDirectory(prefix=owned_prefix()) as scratch:
            return _take(unpacked(source, Path(scratch)), adapters, name, identify)
    except OSError as error:
        raise UserError(
            AgentCode.ADAPTER_SOURCE_NOT_TAKEN, source=source, reason=error.strerror or error
        ) from error


def _take(folder: Path, adapters: Adapters, name: str, identify: Callable[[str], str]) -> Adapter:
    about = _account(folder)
    check_files(about.files)
    check_size(sum(_size(folder, each) for each in about.files))
    own = about.name if about.name != OURS else f"{OURS}-{about.base}"
    about = msgspec.structs.replace(about, name=name or own, cut=False)
    check_name(about.name)
    if problem := adapters.foreign(about, identify(about.base)):
        raise UserError(AgentCode.ADAPTER_DOES_NOT_FIT_HERE, problem=problem)
    with tempfile.TemporaryDirectory(prefix=owned_prefix()) as scratch:
        for each, digest in about.files.items():
            _copy(folder, each, digest, Path(scratch))
        return adapters.add(Path(scratch), about)


def _account(folder: Path) -> About:
    if not (folder / ABOUT).exists():
        raise UserError(AgentCode.ADAPTER_FOLDER_WITHOUT_ACCOUNT, folder=folder, about=ABOUT)
    return read_account(folder)


def _size(folder: Path, name: str) -> int:
    file = folder / name
    if file.is_symlink():
        raise UserError(AgentCode.ADAPTER_FILE_IS_LINK, name=name)
    try:
        return check_regular(file, within=folder).stat().st_size
    except FileNotFoundError as error:
        raise UserError(AgentCode.ADAPTER_FILE_MISSING, name=name) from error


def _copy(folder: Path, name: str, digest: str, into: Path) -> None:
    """Copy first, look then: what is kept is what was looked at."""
    target = into / name
    with open_regular(folder / name, within=folder) as source, target.open("xb") as out:
        shutil.copyfileobj(source, out, 1 << 20)
    if file_hash(target) != digest:
        raise UserError(AgentCode.ADAPTER_FILE_CHANGED, name=name)
